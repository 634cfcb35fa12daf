package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.StreamMuxer;
import proteus.adapters.libp2p.engine.upgrade.StreamRefusedException;

/**
 * A QUIC connection whose remote is proven, and the muxer of its streams.
 *
 * <p>Nothing keeps an idle connection alive here: quiche's Java side cannot send a PING. rust and go send theirs every few
 * seconds; between two of this engine the ping protocol must run more often than the idle time-out.
 *
 * <p>Safe for use by many threads.
 */
public final class QuicConnection implements StreamMuxer {

    /** How long a remote may put off an acknowledgement (25 ms by the standard), and time to handle it on a busy machine. */
    private static final long ACKNOWLEDGEMENT_NANOS = 100_000_000;

    /** What {@link #id} says. */
    public static final String ID = "quic";

    private final QuicChannel channel;
    private final Role role;
    private final InetSocketAddress remote;
    private final SecureSession session;
    private final int maxResets;
    private final AtomicInteger open = new AtomicInteger();
    private final ReadBatches batches;
    private int resets;
    private long roundTripNanos = 100_000_000;
    private long writes;
    private long room = 1;

    QuicConnection(
            QuicChannel channel,
            Role role,
            InetSocketAddress remote,
            SecureSession session,
            int maxResets,
            ReadBatches batches) {
        this.channel = channel;
        this.role = role;
        this.remote = remote;
        this.session = session;
        this.maxResets = maxResets;
        this.batches = batches;
        channel.collectPathStats(0).addListener(collected -> {
            if (collected.isSuccess() && collected.getNow() instanceof QuicConnectionPathStats path) {
                roundTripNanos = path.rtt();
            }
        });
    }

    @Override
    public String id() {
        return ID;
    }

    /** What the handshake has proven. */
    public SecureSession session() {
        return session;
    }

    /** Which side opened it. */
    public Role role() {
        return role;
    }

    /** Where the remote was when the handshake was done. */
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    /** The channel of the connection, the parent of its streams. */
    public Channel channel() {
        return channel;
    }

    /** Closes it with code 0, and resets its streams. Done when the remote was told. */
    public ChannelFuture close() {
        // Not of the application: see PoliteClose.
        return channel.close(false, 0, Unpooled.EMPTY_BUFFER);
    }

    @Override
    public Future<DuplexChannel> openStream(ChannelHandler initializer) {
        Promise<DuplexChannel> promise = channel.eventLoop().newPromise();
        try {
            // Never at once: while a packet is being handled, Netty does not know yet how many the remote allows.
            channel.eventLoop().execute(() -> open(initializer, promise));
        } catch (RejectedExecutionException stopping) {
            promise.setFailure(new StreamRefusedException("the event loop is stopping"));
        }
        return promise;
    }

    private void open(ChannelHandler initializer, Promise<DuplexChannel> promise) {
        if (promise.isCancelled()) {
            return;
        }
        if (!channel.isActive()) {
            promise.tryFailure(new StreamRefusedException("the connection to " + remote + " has ended"));
            return;
        }
        // Asked first because an attempt too many would use up the id of a stream, and with it the remote's allowance.
        if (channel.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL) <= 0) {
            promise.tryFailure(new StreamRefusedException(
                    remote + " allows no more streams; " + open.get() + " are open in both directions"));
            return;
        }
        Future<QuicStreamChannel> created =
                channel.createStream(QuicStreamType.BIDIRECTIONAL, new QuicStreamBridge(this, initializer, stream -> {
                    if (!promise.trySuccess(stream)) {
                        stream.reset();
                    }
                }));
        created.addListener(done -> {
            @Nullable Throwable cause = done.cause();
            if (cause != null) {
                promise.tryFailure(new StreamRefusedException("no stream to " + remote + ": " + cause.getMessage()));
            }
        });
    }

    @Override
    public void reset(DuplexChannel stream) {
        if (!(stream instanceof QuicStream own) || !channel.equals(own.parent())) {
            throw new IllegalArgumentException("not a stream of this connection: " + stream);
        }
        own.reset();
    }

    @Override
    public int openStreams() {
        return open.get();
    }

    void streamOpened() {
        open.incrementAndGet();
    }

    void streamClosed() {
        open.decrementAndGet();
    }

    // ---- For streams that end their output. On the event loop.

    /** A stream has written; as many bytes could be sent at once after it. */
    void wrote(long left) {
        writes++;
        room = left;
    }

    long writes() {
        return writes;
    }

    /**
     * Whether something can be sent at once: there was room after the last write, or a batch went by since without one. In
     * the second case only one may try it, and the outcome of its write tells for the others.
     */
    boolean hasRoom(long seenWrites) {
        if (room > 0) {
            return true;
        }
        boolean first = writes == seenWrites;
        writes++;
        return first;
    }

    /** For how many nanoseconds more bytes that were written then may not be acknowledged, if none is lost. */
    long stillOnTheWay(long writtenAtNanos) {
        long gone = channel.eventLoop().ticker().nanoTime() - writtenAtNanos;
        return 2 * roundTripNanos + ACKNOWLEDGEMENT_NANOS - gone;
    }

    void afterNextBatch(Runnable task) {
        batches.afterNext(task);
    }

    // Netty's codec forgets a stream only when it has read its end.
    void streamLeftBehind() {
        resets++;
        if (resets == maxResets) {
            System.getLogger(QuicConnection.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "peer {0}: {1} streams ended by a reset, closing",
                            session.remotePeer(),
                            resets);
            var _ = close();
        }
    }

    @Override
    public String toString() {
        return "QUIC connection to " + session.remotePeer() + " at " + remote;
    }
}
