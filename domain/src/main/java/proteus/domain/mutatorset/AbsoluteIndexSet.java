package proteus.domain.mutatorset;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5Sponge;

/**
 * The 45 positions in the Bloom filter that removing an item sets, as a minimum and distances from it.
 *
 * <p>Absolute index i is minimum + distances[i]. As it comes from the wire, a distance may be any unsigned 32-bit
 * value, although only those below 2^20 are meaningful. Source: neptune-mutator-set 0.19.4.
 *
 * @param minimumHigh the upper 64 bits of the minimum, an unsigned 128-bit integer
 * @param minimumLow the lower 64 bits of the minimum
 * @param distances exactly {@value #SIZE} words
 */
public record AbsoluteIndexSet(long minimumHigh, long minimumLow, U32Sequence distances)
        implements Comparable<AbsoluteIndexSet> {

    /** Indices in a set. */
    public static final int SIZE = 45;

    private static final BigInteger WINDOW = BigInteger.valueOf(SlidingWindow.WINDOW_SIZE);
    private static final BigInteger CHUNK = BigInteger.valueOf(SlidingWindow.CHUNK_SIZE);
    private static final BigInteger BATCH = BigInteger.valueOf(SlidingWindow.BATCH_SIZE);

    public AbsoluteIndexSet {
        if (distances.size() != SIZE) {
            throw new IllegalArgumentException("an index set has 45 distances, not " + distances.size());
        }
    }

    /**
     * The indices of an item.
     *
     * @param item the item's digest
     * @param senderRandomness chosen by who added it
     * @param receiverPreimage known to who may remove it
     * @param aoclLeafIndex the number of the item's commitment, unsigned
     */
    public static AbsoluteIndexSet compute(
            Digest item, Digest senderRandomness, Digest receiverPreimage, long aoclLeafIndex) {
        Tip5Sponge sponge = new Tip5Sponge();
        sponge.padAndAbsorbAll(new FieldWriter()
                .digest(item)
                .digest(senderRandomness)
                .digest(receiverPreimage)
                .u64(aoclLeafIndex)
                .toElements());
        int[] indices = sponge.sampleIndices(SlidingWindow.WINDOW_SIZE, SIZE);
        int smallest = Arrays.stream(indices).min().orElseThrow();
        long batch = aoclLeafIndex >>> 3;
        for (int i = 0; i < SIZE; i++) {
            indices[i] -= smallest;
        }
        // The window of batch b starts at position 4096 b. That has twelve zero bits, so that nothing is carried over
        // the limit of the lower word unless the smallest index has more of them.
        long windowStart = batch << SlidingWindow.CHUNK_BITS;
        long low = windowStart + smallest;
        long carry = Long.compareUnsigned(low, windowStart) < 0 ? 1 : 0;
        long high = (batch >>> (Long.SIZE - SlidingWindow.CHUNK_BITS)) + carry;
        return new AbsoluteIndexSet(high, low, U32Sequence.owning(indices));
    }

    /** The minimum as a number in {@code [0, 2^128)}. */
    public BigInteger minimum() {
        return new BigInteger(Long.toUnsignedString(minimumHigh))
                .shiftLeft(Long.SIZE)
                .or(new BigInteger(Long.toUnsignedString(minimumLow)));
    }

    /**
     * Orders sets by minimum, then by distances. Being ordered keeps hash tables of sets fast when a peer makes their hash
     * codes collide.
     */
    @Override
    public int compareTo(AbsoluteIndexSet other) {
        int order = Long.compareUnsigned(minimumHigh, other.minimumHigh);
        if (order == 0) {
            order = Long.compareUnsigned(minimumLow, other.minimumLow);
        }
        return order == 0 ? distances.compareTo(other.distances) : order;
    }

    /** Where in the commitment list the item can be; empty if the indices are none of an item. */
    public Optional<AoclRange> aoclRange() {
        long largest = 0;
        for (int i = 0; i < SIZE; i++) {
            largest = Math.max(largest, distances.valueAt(i));
        }
        if (largest >= SlidingWindow.WINDOW_SIZE) {
            return Optional.empty();
        }
        BigInteger reached = minimum().add(BigInteger.valueOf(largest + 1)).subtract(WINDOW);
        BigInteger lower = roundedUp(reached.max(BigInteger.ZERO)).divide(CHUNK).multiply(BATCH);
        BigInteger end = roundedUp(minimum().add(WINDOW).add(BigInteger.ONE)).subtract(CHUNK);
        BigInteger upper = end.subtract(WINDOW)
                .max(BigInteger.ZERO)
                .divide(CHUNK)
                .multiply(BATCH)
                .add(BATCH)
                .subtract(BigInteger.ONE);
        // Whatever overflows on the way to these overflows them, too.
        if (lower.bitLength() > Long.SIZE || upper.bitLength() > Long.SIZE) {
            return Optional.empty();
        }
        return Optional.of(new AoclRange(lower.longValue(), upper.longValue()));
    }

    private static BigInteger roundedUp(BigInteger index) {
        return index.add(CHUNK).subtract(BigInteger.ONE).divide(CHUNK).multiply(CHUNK);
    }

    /** Whether the chunk numbers of all indices fit 64 bits; only then are they what the methods below say. */
    boolean hasChunkNumbers() {
        for (int i = 0; i < SIZE; i++) {
            if (high(i) >>> SlidingWindow.CHUNK_BITS != 0) {
                return false;
            }
        }
        return true;
    }

    /** The numbers of the chunks with any of the indices, ascending as unsigned numbers, each once. */
    long[] chunkNumbers() {
        long[] numbers = new long[SIZE];
        for (int i = 0; i < SIZE; i++) {
            numbers[i] = chunkNumber(i);
        }
        return UnsignedLongs.sortedOnce(numbers);
    }

    /** All indices, ascending; they must fit 63 bits. */
    long[] toSortedLongs() {
        long[] indices = new long[SIZE];
        for (int i = 0; i < SIZE; i++) {
            indices[i] = minimumLow + distances.valueAt(i);
        }
        Arrays.sort(indices);
        return indices;
    }

    private long chunkNumber(int i) {
        long low = minimumLow + distances.valueAt(i);
        return high(i) << (Long.SIZE - SlidingWindow.CHUNK_BITS) | low >>> SlidingWindow.CHUNK_BITS;
    }

    /** The upper word of index {@code i}; all ones where upstream saturates. */
    private long high(int i) {
        long low = minimumLow + distances.valueAt(i);
        boolean carries = Long.compareUnsigned(low, minimumLow) < 0;
        return carries && minimumHigh != -1 ? minimumHigh + 1 : minimumHigh;
    }
}
