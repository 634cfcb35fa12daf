package proteus.application.frame;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Holds the frames that a peer has not read yet, up to a bound, and feeds them to the link in slices.
 *
 * <p>Frames stay in the heap until the link has room, so that what waits takes no other memory but that of one slice or
 * two. {@link #offer}, {@link #whenEmpty} and {@link #refuseMore} are for any thread, the rest for the link's loop.
 */
public final class OutboundFrames {

    private static final int SLICE_BYTES = 131_072;
    private static final int LENGTH_BYTES = 4;
    // What a frame takes beside its bytes while it waits, roughly: many small ones must count for what they are.
    private static final int BOOKKEEPING_BYTES = 60;

    private final FrameLink link;
    private final int limit;
    private final Object lock = new Object();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    // How much of the first one, its length prefix included, has gone into slices.
    private int firstSliced;
    private @Nullable CompletableFuture<Void> empty;
    private long queuedBytes;
    private long unslicedBytes;
    private boolean wakePending;
    private boolean refusing;
    private boolean dropped;

    private boolean draining;

    /**
     * A queue for at most {@code limit} bytes, counting what it takes to hold a frame.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    OutboundFrames(FrameLink link, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("a queue needs room: " + limit);
        }
        this.link = link;
        this.limit = limit;
    }

    /** What became of a frame that was offered. */
    public enum Offer {
        /** It waits, or is on its way. */
        QUEUED,
        /** There was no room for it. */
        FULL,
        /** Nothing is taken any more. */
        CLOSED
    }

    /**
     * Queues one frame and takes over its array. A frame larger than the whole queue is taken while the queue is empty.
     */
    public Offer offer(byte[] payload) {
        boolean wake;
        synchronized (lock) {
            if (refusing) {
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
        if (wake && !link.execute(this::drain)) {
            drop();
        }
        return Offer.QUEUED;
    }

    /**
     * Done when everything that was queued before has been given to the link; fails when the connection ends first.
     */
    public CompletableFuture<Void> whenEmpty() {
        synchronized (lock) {
            if (queuedBytes == 0) {
                return CompletableFuture.completedFuture(null);
            }
            if (dropped) {
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

    /** Takes nothing more; what is queued still goes. */
    public void refuseMore() {
        synchronized (lock) {
            refusing = true;
        }
    }

    /** Writes as much as the link wants. */
    void drain() {
        if (draining) {
            return;
        }
        draining = true;
        synchronized (lock) {
            wakePending = false;
        }
        try {
            boolean more = true;
            while (more && link.isWritable()) {
                while (more && link.isWritable()) {
                    more = writeSlice();
                }
                link.flush();
            }
        } finally {
            draining = false;
        }
    }

    private boolean writeSlice() {
        int size;
        synchronized (lock) {
            size = (int) Math.min(SLICE_BYTES, unslicedBytes);
            unslicedBytes -= size;
        }
        if (size == 0) {
            return false;
        }
        link.write(size, this::fill, () -> written(size));
        return true;
    }

    private void fill(ByteBuffer slice) {
        synchronized (lock) {
            while (slice.hasRemaining() && !waiting.isEmpty()) {
                moveInto(slice, waiting.element());
            }
        }
    }

    private void moveInto(ByteBuffer slice, byte[] first) {
        if (firstSliced < LENGTH_BYTES) {
            slice.put((byte) (first.length >>> (Byte.SIZE * (LENGTH_BYTES - 1 - firstSliced))));
            firstSliced++;
        } else {
            int from = firstSliced - LENGTH_BYTES;
            int taken = Math.min(slice.remaining(), first.length - from);
            slice.put(first, from, taken);
            firstSliced += taken;
        }
        if (firstSliced == LENGTH_BYTES + first.length) {
            waiting.remove();
            firstSliced = 0;
            queuedBytes -= BOOKKEEPING_BYTES;
        }
    }

    private void written(int bytes) {
        CompletableFuture<Void> waited = null;
        synchronized (lock) {
            queuedBytes -= bytes;
            if (queuedBytes == 0) {
                waited = empty;
                empty = null;
            }
        }
        if (waited != null) {
            waited.complete(null);
        }
    }

    /** Gives up what is queued, and takes nothing more. */
    void drop() {
        CompletableFuture<Void> waited;
        synchronized (lock) {
            refusing = true;
            dropped = true;
            waiting.clear();
            unslicedBytes = 0;
            waited = empty;
            empty = null;
        }
        if (waited != null) {
            waited.completeExceptionally(new IllegalStateException("closed with frames unsent"));
        }
    }
}
