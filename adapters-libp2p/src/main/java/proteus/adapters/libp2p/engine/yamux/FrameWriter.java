package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;

/**
 * Writes the frames of a session: those without a body at once, and Data in turns, one frame for each stream that has
 * some, while the connection is writable.
 *
 * <p>There is one flush for all that is written while the connection reads, or else until the event loop has done what
 * waits. For the event loop only.
 */
final class FrameWriter {

    private final ChannelHandlerContext ctx;
    private final int maxFrameBody;
    private final ArrayDeque<YamuxStreamChannel> turns = new ArrayDeque<>(4);
    private boolean reading;
    private boolean scheduled;
    private boolean taking;
    private boolean unflushed;
    private boolean ended;

    FrameWriter(ChannelHandlerContext ctx, int maxFrameBody) {
        this.ctx = ctx;
        this.maxFrameBody = maxFrameBody;
    }

    int maxFrameBody() {
        return maxFrameBody;
    }

    /** Gives {@code stream}, which has something to send and no turn yet, its turn after the others. */
    void queue(YamuxStreamChannel stream) {
        if (!ended) {
            turns.add(stream);
            schedule();
        }
    }

    void write(FrameHeader frame) {
        if (!ended) {
            var _ = ctx.write(frame);
            unflushed = true;
            schedule();
        }
    }

    /** Writes a whole frame, which the caller must have had its turn for. */
    void write(ByteBuf frame) {
        if (ended) {
            frame.release();
            return;
        }
        var _ = ctx.write(frame);
        unflushed = true;
    }

    void strike(Strike strike) {
        if (!ended) {
            var _ = ctx.write(strike, ctx.voidPromise());
        }
    }

    /** What is written from here on waits for {@link #readComplete}. */
    void readBegins() {
        reading = true;
    }

    void readComplete() {
        reading = false;
        takeTurns();
    }

    /** Writes what may be written now. */
    void takeTurns() {
        if (taking || ended) {
            return;
        }
        taking = true;
        try {
            while (!turns.isEmpty() && ctx.channel().isWritable()) {
                turns.remove().takeTurn();
            }
            flush();
        } finally {
            taking = false;
        }
        if (unflushed || (!turns.isEmpty() && ctx.channel().isWritable())) {
            schedule();
        }
    }

    private void flush() {
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
    }

    private void schedule() {
        if (!scheduled && !reading && !taking && !ended) {
            scheduled = true;
            ctx.executor().execute(this::tick);
        }
    }

    private void tick() {
        scheduled = false;
        takeTurns();
    }

    /** Sends {@code last} with all that was written before, and nothing after. */
    void end(FrameHeader last) {
        if (!ended) {
            var _ = ctx.writeAndFlush(last);
            end();
        }
    }

    /** Sends nothing any more. */
    void end() {
        ended = true;
        turns.clear();
    }
}
