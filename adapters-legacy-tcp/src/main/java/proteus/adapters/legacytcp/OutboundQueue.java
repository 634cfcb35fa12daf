package proteus.adapters.legacytcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the frames that a peer has not read yet, up to a bound, and feeds them to the socket in slices.
 *
 * <p>Frames stay in the heap until the socket has room, so that what waits takes no direct memory but one slice or two.
 * {@link #offer} and {@link #whenEmpty} are for any thread, the rest for the channel's event loop.
 */
final class OutboundQueue extends ChannelInboundHandlerAdapter {

    private static final int SLICE_BYTES = 131_072;
    private static final int LENGTH_BYTES = 4;
    // What a frame takes beside its bytes while it waits, roughly: many small ones must count for what they are.
    private static final int BOOKKEEPING_BYTES = 60;

    private final Channel channel;
    private final int limit;
    private final Object lock = new Object();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    // How much of the first one, its length prefix included, has gone into slices.
    private int firstSliced;
    private @Nullable CompletableFuture<Void> empty;
    private long queuedBytes;
    private long unslicedBytes;
    private boolean wakePending;
    private boolean closed;

    private @Nullable ChannelHandlerContext context;
    private boolean draining;

    /**
     * A queue for at most {@code limit} bytes, counting what it takes to hold a frame; to be put into the channel's pipeline.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    OutboundQueue(Channel channel, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("a queue needs room: " + limit);
        }
        this.channel = channel;
        this.limit = limit;
    }

    /** What became of a frame that was offered. */
    enum Offer {
        QUEUED,
        FULL,
        CLOSED
    }

    /**
     * Queues one frame and takes over its array. A frame larger than the whole queue is taken while the queue is empty.
     */
    Offer offer(byte[] payload) {
        boolean wake;
        synchronized (lock) {
            if (closed) {
                return Offer.CLOSED;
            }
            long more = LENGTH_BYTES + (long) payload.length;
            if (queuedBytes > 0 && queuedBytes + more + BOOKKEEPING_BYTES > limit) {
                return Offer.FULL;
            }
            queuedBytes += more + BOOKKEEPING_BYTES;
            unslicedBytes += more;
            waiting.add(payload);
            wake = !wakePending;
            wakePending = true;
        }
        if (wake) {
            wake();
        }
        return Offer.QUEUED;
    }

    /**
     * Done when everything that was queued before has been given to the socket; fails when the connection ends first.
     */
    CompletableFuture<Void> whenEmpty() {
        synchronized (lock) {
            if (queuedBytes == 0) {
                return CompletableFuture.completedFuture(null);
            }
            if (closed) {
                return CompletableFuture.failedFuture(new IllegalStateException("closed with frames unsent"));
            }
            CompletableFuture<Void> waited = empty;
            if (waited == null) {
                waited = new CompletableFuture<>();
                empty = waited;
            }
            return waited;
        }
    }

    /** Takes nothing more; what is queued still goes. Any thread. */
    void refuseMore() {
        synchronized (lock) {
            closed = true;
        }
    }

    private void wake() {
        try {
            channel.eventLoop().execute(() -> {
                if (context == null) {
                    drop();
                } else {
                    drain(context);
                }
            });
        } catch (RejectedExecutionException loopIsGone) {
            drop();
        }
    }

    private void drain(ChannelHandlerContext ctx) {
        if (draining) {
            return;
        }
        draining = true;
        synchronized (lock) {
            wakePending = false;
        }
        try {
            boolean more = true;
            while (more && ctx.channel().isWritable()) {
                while (more && ctx.channel().isWritable()) {
                    more = writeSlice(ctx);
                }
                ctx.flush();
            }
        } finally {
            draining = false;
        }
    }

    private boolean writeSlice(ChannelHandlerContext ctx) {
        ByteBuf slice;
        int size;
        synchronized (lock) {
            size = (int) Math.min(SLICE_BYTES, unslicedBytes);
            if (size == 0) {
                return false;
            }
            unslicedBytes -= size;
            slice = ctx.alloc().directBuffer(size, size);
            while (slice.isWritable() && !waiting.isEmpty()) {
                moveInto(slice, waiting.element());
            }
        }
        ctx.write(slice).addListener(done -> {
            onWritten(size, done.isSuccess());
            if (!done.isSuccess() && !(done.cause() instanceof ClosedChannelException)) {
                ctx.fireExceptionCaught(done.cause());
            }
        });
        return true;
    }

    private void moveInto(ByteBuf slice, byte[] first) {
        if (firstSliced < LENGTH_BYTES) {
            slice.writeByte(first.length >>> (Byte.SIZE * (LENGTH_BYTES - 1 - firstSliced)));
            firstSliced++;
        } else {
            int from = firstSliced - LENGTH_BYTES;
            int taken = Math.min(slice.writableBytes(), first.length - from);
            slice.writeBytes(first, from, taken);
            firstSliced += taken;
        }
        if (firstSliced == LENGTH_BYTES + first.length) {
            waiting.remove();
            firstSliced = 0;
            queuedBytes -= BOOKKEEPING_BYTES;
        }
    }

    private void onWritten(int bytes, boolean success) {
        CompletableFuture<Void> waited = null;
        synchronized (lock) {
            if (success) {
                queuedBytes -= bytes;
            }
            if (queuedBytes == 0) {
                waited = empty;
                empty = null;
            }
        }
        if (waited != null) {
            waited.complete(null);
        }
    }

    private void drop() {
        CompletableFuture<Void> waited;
        synchronized (lock) {
            closed = true;
            waiting.clear();
            unslicedBytes = 0;
            waited = empty;
            empty = null;
        }
        if (waited != null) {
            waited.completeExceptionally(new IllegalStateException("closed with frames unsent"));
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        drain(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop();
        ctx.fireChannelInactive();
    }
}
