package proteus.domain.mutatorset;

import java.math.BigInteger;
import proteus.domain.field.U32Sequence;

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
public record AbsoluteIndexSet(long minimumHigh, long minimumLow, U32Sequence distances) {

    /** Indices in a set. */
    public static final int SIZE = 45;

    public AbsoluteIndexSet {
        if (distances.size() != SIZE) {
            throw new IllegalArgumentException("an index set has 45 distances, not " + distances.size());
        }
    }

    /** The minimum as a number in {@code [0, 2^128)}. */
    public BigInteger minimum() {
        return new BigInteger(Long.toUnsignedString(minimumHigh))
                .shiftLeft(Long.SIZE)
                .or(new BigInteger(Long.toUnsignedString(minimumLow)));
    }
}
