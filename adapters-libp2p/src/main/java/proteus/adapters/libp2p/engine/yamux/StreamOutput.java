package proteus.adapters.libp2p.engine.yamux;

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.PromiseNotifier;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** What a stream sends, in its turns and within the credit that the remote has given. */
final class StreamOutput {

    /** The index of writability by credit among the user-defined ones of Netty. */
    private static final int BY_CREDIT = 1;

    private final YamuxStreamChannel stream;
    private final FrameWriter writer;

    /** SYN or ACK until our first frame has carried it. */
    private int opening;

    private long credit = YamuxSettings.INITIAL_WINDOW;
    private boolean queued;
    private boolean finSent;
    private boolean endHeld;
    private @Nullable ChannelPromise end;

    StreamOutput(YamuxStreamChannel stream, int opening, FrameWriter writer) {
        this.stream = stream;
        this.opening = opening;
        this.writer = writer;
    }

    boolean isKnownToRemote() {
        return opening != FrameHeader.SYN;
    }

    boolean isFinSent() {
        return finSent;
    }

    long credit() {
        return credit;
    }

    void receiveCredit(long more) {
        credit += more;
        ChannelOutboundBuffer out = stream.unsafe().outboundBuffer();
        if (out == null || credit == 0) {
            return;
        }
        out.setUserDefinedWritability(BY_CREDIT, true);
        if (!out.isEmpty()) {
            queueForTurn();
        }
    }

    void giveCredit(long update) {
        writer.write(FrameHeader.windowUpdate(takeOpening(), stream.streamId(), update));
    }

    /** Makes the stream known to the remote in the next turn, if it is not. */
    void announce() {
        if (!isKnownToRemote()) {
            queueForTurn();
        }
    }

    void queueForTurn() {
        if (!queued) {
            queued = true;
            writer.queue(stream);
        }
    }

    /** Sends what it can in one frame. */
    void takeTurn() {
        queued = false;
        if (!stream.isActive()) {
            return;
        }
        stream.writeNow();
        // Whoever was told of a write may have closed the stream.
        if (!stream.isOpen()) {
            return;
        }
        ChannelOutboundBuffer out = stream.unsafe().outboundBuffer();
        boolean empty = out == null || out.isEmpty();
        if (empty && end != null && !endHeld && !finSent) {
            finSent = true;
            writer.write(FrameHeader.data(takeOpening() | FrameHeader.FIN, stream.streamId(), 0));
        }
        if (!isKnownToRemote()) {
            writer.write(FrameHeader.windowUpdate(takeOpening(), stream.streamId(), 0));
        }
        if (!empty && credit > 0) {
            queueForTurn();
        }
        if (finSent && end != null) {
            ChannelPromise sent = end;
            end = null;
            stream.outputEnded(sent);
        }
    }

    void holdEnd(boolean held) {
        endHeld = held;
        if (!held && end != null) {
            queueForTurn();
        }
    }

    /** Sends one frame of what was flushed. The end goes in a frame of its own: js looks at the flag before the body. */
    void writeFrame(ChannelOutboundBuffer out) {
        DataFrame frame = new DataFrame(stream.alloc(), (int) Math.min(credit, writer.maxFrameBody()));
        try {
            out.forEachFlushedMessage(frame);
        } catch (Exception e) {
            frame.release();
            throw new IllegalStateException("a frame of " + stream + " could not be made", e);
        }
        if (frame.length() == 0) {
            frame.release();
        } else {
            credit -= frame.length();
            writer.write(frame.finish(takeOpening(), stream.streamId()));
        }
        frame.removeFrom(out);
        if (credit == 0) {
            out.setUserDefinedWritability(BY_CREDIT, false);
        }
    }

    /** Ends the output after what was written, and tells {@code promise} when that has been sent. */
    void end(ChannelPromise promise) {
        if (end != null) {
            var _ = end.addListener(new PromiseNotifier<>(promise));
        } else if (finSent) {
            promise.setSuccess();
        } else if (!stream.isOpen()) {
            promise.setFailure(new ClosedChannelException());
        } else {
            end = promise;
            stream.unsafe().flush();
            queueForTurn();
        }
    }

    void close(boolean reset) {
        if (reset) {
            writer.write(FrameHeader.reset(stream.streamId()));
        }
        if (end != null) {
            end.tryFailure(new ClosedChannelException());
            end = null;
        }
    }

    private int takeOpening() {
        int flag = opening;
        opening = 0;
        return flag;
    }
}
