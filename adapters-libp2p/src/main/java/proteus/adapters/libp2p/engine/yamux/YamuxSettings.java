package proteus.adapters.libp2p.engine.yamux;

import java.time.Duration;

/** The limits of a yamux session. */
public record YamuxSettings(StreamLimits streams, FlowControl flow, Pings pings, AbuseLimits abuse) {

    /** What each side may send on a new stream, in bytes, as the protocol has it. */
    public static final int INITIAL_WINDOW = 262_144;

    /** What fits a node with some hundred connections, and talks to rust and go with their defaults. */
    public static YamuxSettings defaults() {
        return new YamuxSettings(
                new StreamLimits(256, 256, 256),
                new FlowControl(16 << 20, 64L << 20, 65_507),
                new Pings(Duration.ofSeconds(10), Duration.ofSeconds(30)),
                new AbuseLimits(1_024, 16_384, 1_024, 1_024, Duration.ofSeconds(10)));
    }

    /** These settings with other limits on streams. */
    public YamuxSettings with(StreamLimits other) {
        return new YamuxSettings(other, flow, pings, abuse);
    }

    /** These settings with another flow control. */
    public YamuxSettings with(FlowControl other) {
        return new YamuxSettings(streams, other, pings, abuse);
    }

    /** These settings with other pings. */
    public YamuxSettings with(Pings other) {
        return new YamuxSettings(streams, flow, other, abuse);
    }

    /** These settings with other limits on abuse. */
    public YamuxSettings with(AbuseLimits other) {
        return new YamuxSettings(streams, flow, pings, other);
    }

    /**
     * How many streams there may be at a time, by who opened them. A stream counts until its channel is closed.
     *
     * @param inbound opened by the remote; more are reset
     * @param outbound opened by us; more are refused
     * @param unacknowledged opened by us, and the remote has said nothing on them yet; more are refused, for rust and go
     *     reset what exceeds their backlog of 256
     */
    public record StreamLimits(int inbound, int outbound, int unacknowledged) {

        /** Checks that none is negative. */
        public StreamLimits {
            atLeast(0, inbound, "inbound streams");
            atLeast(0, outbound, "outbound streams");
            atLeast(0, unacknowledged, "unacknowledged streams");
        }
    }

    /**
     * How much may be on the way and in memory, in bytes.
     *
     * <p>A receive window starts at {@link #INITIAL_WINDOW} and doubles when the application has read half of it in less
     * than two round trips, for then the window and not the application sets the pace. So a session holds at most its
     * number of streams times the initial window, and {@code budget}, in received bytes that were not read.
     *
     * @param maxWindow how far the receive window of one stream grows; at 16 MiB, the default, a stream fills 2 Gbit/s
     *     over a round trip of 60 ms
     * @param budget how much all receive windows of a session together grow beyond their initial sizes
     * @param maxFrameBody the greatest body of a Data frame that is sent; the default fills one Noise message of 65,519
     *     bytes together with its header. rust takes no more than 1 MiB
     */
    public record FlowControl(int maxWindow, long budget, int maxFrameBody) {

        /** Checks the ranges. */
        public FlowControl {
            atLeast(INITIAL_WINDOW, maxWindow, "greatest window");
            if (maxWindow > 1 << 30) {
                throw new IllegalArgumentException("greatest window of " + maxWindow + " bytes, above 1 GiB");
            }
            atLeast(0, budget, "window budget");
            atLeast(1, maxFrameBody, "greatest frame body");
            if (maxFrameBody > 1 << 20) {
                throw new IllegalArgumentException("greatest frame body of " + maxFrameBody + " bytes, above 1 MiB");
            }
        }
    }

    /**
     * Pings measure the round trip, and find connections that are dead.
     *
     * @param interval from an answer to the next ping; the first goes out at once
     * @param timeout how long a remote may neither answer nor send anything. An answer can stand behind all bytes that
     *     are in the buffers on the way, so on a slow line it is late without anything being wrong
     */
    public record Pings(Duration interval, Duration timeout) {

        /** Checks that both are positive. */
        public Pings {
            atLeast(1, interval.toNanos(), "nanoseconds between pings");
            atLeast(1, timeout.toNanos(), "nanoseconds for an answer");
        }
    }

    /**
     * How often the remote may do what is allowed but costs us; more ends the connection.
     *
     * @param pendingControlFrames frames without a body that wait to be written, because the remote asks for them and
     *     does not read
     * @param ignoredFrames frames for streams that are not there, in one {@code period}. Some are always on the way when
     *     we reset a stream: its whole window, in frames as small as the remote likes
     * @param refusedStreams streams above the limit, in one {@code period}
     * @param remoteResets streams that the remote has reset, in one {@code period}: each has cost us a channel
     */
    public record AbuseLimits(
            int pendingControlFrames, int ignoredFrames, int refusedStreams, int remoteResets, Duration period) {

        /** Checks the ranges. */
        public AbuseLimits {
            atLeast(1, pendingControlFrames, "pending control frames");
            atLeast(0, ignoredFrames, "ignored frames");
            atLeast(0, refusedStreams, "refused streams");
            atLeast(0, remoteResets, "resets by the remote");
            atLeast(1, period.toNanos(), "nanoseconds of a period");
        }
    }

    private static void atLeast(long least, long value, String what) {
        if (value < least) {
            throw new IllegalArgumentException(what + ": " + value + ", below " + least);
        }
    }
}
