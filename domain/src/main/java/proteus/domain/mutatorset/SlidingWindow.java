package proteus.domain.mutatorset;

/**
 * How the Bloom filter's window moves along with the commitment list.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code shared.rs}.
 */
final class SlidingWindow {

    /** Positions in the active window. */
    static final int WINDOW_SIZE = 1 << 20;

    /** The number of bits of a position in a chunk. */
    static final int CHUNK_BITS = 12;

    /** Positions in a chunk, and how far the window moves at a time. */
    static final int CHUNK_SIZE = 1 << CHUNK_BITS;

    /** Chunks in the active window. */
    static final int CHUNKS = WINDOW_SIZE / CHUNK_SIZE;

    /** Items after which the window moves. */
    static final int BATCH_SIZE = 8;

    /**
     * The most items of a set that is worked with. No chain gets there; below it, every absolute index of an item in the
     * set is a {@code long}.
     */
    static final long MAX_ITEMS = 1L << 52;

    private SlidingWindow() {}

    /** The number of chunks that the window has left behind when there are {@code items}, unsigned. */
    static long inactiveChunks(long items) {
        return items == 0 ? 0 : (items - 1) >>> 3;
    }

    /** Whether adding the item with number {@code index}, unsigned, moves the window. */
    static boolean slidesAt(long index) {
        return index != 0 && index % BATCH_SIZE == 0;
    }
}
