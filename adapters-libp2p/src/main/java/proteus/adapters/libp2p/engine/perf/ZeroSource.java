package proteus.adapters.libp2p.engine.perf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes a number of zero bytes as fast as the stream takes them, and no faster.
 *
 * <p>All chunks are views of one buffer, so the bytes cost nothing but their way out, and a queue full of them takes no
 * more memory than one. For the stream's event loop.
 */
final class ZeroSource {

    /** The length of a chunk in bytes: a muxer's usual window holds four of them. */
    static final int CHUNK_BYTES = 65_536;

    /** How many chunks one turn of the event loop may write before other streams have theirs. */
    static final int CHUNKS_PER_TURN = 32;

    private final Runnable whenWritten;
    private final ChannelFutureListener lastWritten = this::onLastWritten;
    private @Nullable ByteBuf zeros;
    private long remaining;
    private boolean pumping;

    /** A source that runs {@code whenWritten} when the stream has taken all its bytes. */
    ZeroSource(Runnable whenWritten) {
        this.whenWritten = whenWritten;
    }

    /**
     * Begins to write {@code bytes} zeros. To be called once.
     *
     * @param before what was written last before them; of no zeros, it is what has to be taken
     */
    void start(ChannelHandlerContext ctx, long bytes, ChannelFuture before) {
        remaining = bytes;
        if (bytes == 0) {
            var _ = before.addListener(lastWritten);
            return;
        }
        zeros = ctx.alloc().directBuffer(CHUNK_BYTES, CHUNK_BYTES).writeZero(CHUNK_BYTES);
        pump(ctx);
    }

    /** Goes on, if the stream takes more. To be called when its writability has changed. */
    void pump(ChannelHandlerContext ctx) {
        // A flush tells of new writability from within, which the loop below sees by itself.
        if (pumping || zeros == null) {
            return;
        }
        pumping = true;
        try {
            writeTurn(ctx, zeros);
        } finally {
            pumping = false;
        }
        if (remaining == 0) {
            release();
        } else if (zeros != null && ctx.channel().isWritable()) {
            ctx.executor().execute(() -> pump(ctx));
        }
    }

    private void writeTurn(ChannelHandlerContext ctx, ByteBuf source) {
        int chunks = 0;
        while (remaining > 0 && chunks < CHUNKS_PER_TURN && ctx.channel().isWritable()) {
            while (remaining > 0 && chunks < CHUNKS_PER_TURN && ctx.channel().isWritable()) {
                int length = (int) Math.min(remaining, CHUNK_BYTES);
                remaining -= length;
                var _ = ctx.write(source.retainedSlice(0, length))
                        .addListener(remaining == 0 ? lastWritten : ChannelFutureListener.CLOSE_ON_FAILURE);
                chunks++;
            }
            ctx.flush();
        }
    }

    // To end the output earlier loses what is queued, on a socket.
    private void onLastWritten(ChannelFuture last) {
        if (last.isSuccess()) {
            whenWritten.run();
        } else {
            var _ = last.channel().close();
        }
    }

    /** How many bytes are still to be written. */
    long remaining() {
        return remaining;
    }

    /** Writes no more. */
    void release() {
        if (zeros != null) {
            zeros.release();
            zeros = null;
        }
    }
}
