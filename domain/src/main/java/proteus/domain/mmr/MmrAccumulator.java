package proteus.domain.mmr;

import java.util.List;
import proteus.domain.hash.Digest;

/**
 * A Merkle mountain range reduced to its peaks.
 *
 * <p>As it comes from the wire it may be inconsistent: decoding does not compare the number of peaks with the leaf
 * count. Source: twenty-first 3.1.1, {@code util_types/mmr}.
 *
 * @param leafCount the number of leaves ever appended, unsigned; a plain integer, never reduced modulo p
 * @param peaks the roots of the trees, highest tree first
 */
public record MmrAccumulator(long leafCount, List<Digest> peaks) {

    public MmrAccumulator {
        peaks = List.copyOf(peaks);
    }
}
