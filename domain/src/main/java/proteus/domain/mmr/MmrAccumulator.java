package proteus.domain.mmr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * A Merkle mountain range reduced to its peaks.
 *
 * <p>As it comes from the wire it may be inconsistent: decoding does not compare the number of peaks with the leaf
 * count. Ask {@link #isConsistent} before anything is appended. Source: twenty-first 3.1.1, {@code util_types/mmr}.
 *
 * @param leafCount the number of leafs ever appended, unsigned; a plain integer, never reduced modulo p
 * @param peaks the roots of the trees, highest tree first
 */
public record MmrAccumulator(long leafCount, List<Digest> peaks) {

    /** The range without leafs. */
    public static final MmrAccumulator EMPTY = new MmrAccumulator(0, List.of());

    public MmrAccumulator {
        peaks = List.copyOf(peaks);
    }

    /** Whether there are as many peaks as the leaf count has one-bits. */
    public boolean isConsistent() {
        return peaks.size() == Long.bitCount(leafCount);
    }

    /**
     * Appends one leaf.
     *
     * @throws IllegalStateException if the accumulator is not consistent, or full with 2^64 - 1 leafs
     */
    public Appended append(Digest leaf) {
        if (!isConsistent() || leafCount == -1) {
            throw new IllegalStateException(
                    Long.toUnsignedString(leafCount) + " leafs and " + peaks.size() + " peaks take no further leaf");
        }
        List<Digest> newPeaks = new ArrayList<>(peaks);
        List<Digest> path = new ArrayList<>();
        Digest merged = leaf;
        for (int trees = Long.numberOfTrailingZeros(~leafCount); trees > 0; trees--) {
            Digest older = newPeaks.removeLast();
            path.add(older);
            merged = Tip5.hashPair(older, merged);
        }
        newPeaks.add(merged);
        return new Appended(new MmrAccumulator(leafCount + 1, newPeaks), new MmrMembershipProof(path));
    }

    /** All peaks and the leaf count in one digest. */
    public Digest bag() {
        Digest bagged = Tip5.hash10(
                BFieldElements.of(leafCount & 0xFFFF_FFFFL, leafCount >>> Integer.SIZE, 0, 0, 0, 0, 0, 0, 0, 0));
        for (Digest peak : peaks.reversed()) {
            bagged = Tip5.hashPair(peak, bagged);
        }
        return bagged;
    }

    /**
     * Whether {@code proof} shows that {@code leaf} is the leaf with number {@code leafIndex}. Any input is judged; none
     * is an error.
     *
     * @param leafIndex unsigned
     */
    public boolean contains(long leafIndex, Digest leaf, MmrMembershipProof proof) {
        Optional<MmrPosition> position = MmrPosition.of(leafIndex, leafCount);
        if (!isConsistent()
                || position.isEmpty()
                || proof.authenticationPath().size() != position.get().height()) {
            return false;
        }
        return proof.peakAbove(position.get(), leaf)
                .equals(peaks.get(position.get().peak()));
    }

    /** The hash of the accumulator's encoding. */
    public Digest hash() {
        FieldWriter out = new FieldWriter();
        MmrEncoding.write(out, this);
        return out.hash();
    }

    /**
     * What appending a leaf gives.
     *
     * @param accumulator with the leaf
     * @param membershipProof of the leaf in it
     */
    public record Appended(MmrAccumulator accumulator, MmrMembershipProof membershipProof) {}
}
