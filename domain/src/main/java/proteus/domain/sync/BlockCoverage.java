package proteus.domain.sync;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import proteus.domain.field.U32Sequence;
import proteus.domain.peer.TransferSyncBitMask;

/**
 * Which block heights a node has: all below the lower bound, none from the upper bound on, and in between those whose
 * bit is set.
 *
 * <p>Immutable. Bounds and limbs fit each other. Heights are unsigned. Source: neptune-cash 0.19.4, {@code
 * synchronization_bit_mask.rs}; protocol page "behaviour", section 5.7.
 */
public final class BlockCoverage {

    private final long lower;
    private final long upper;
    private final U32Sequence limbs;

    private BlockCoverage(long lower, long upper, U32Sequence limbs) {
        this.lower = lower;
        this.upper = upper;
        this.limbs = limbs;
    }

    /** What a peer says it has; empty if its bounds are swapped, or it has not exactly the limbs that they need. */
    public static Optional<BlockCoverage> of(TransferSyncBitMask mask) {
        if (Long.compareUnsigned(mask.upperBound(), mask.lowerBound()) < 0
                || limbCount(mask.lowerBound(), mask.upperBound())
                        != mask.limbs().size()) {
            return Optional.empty();
        }
        return Optional.of(new BlockCoverage(mask.lowerBound(), mask.upperBound(), mask.limbs()));
    }

    /**
     * All heights below {@code lower}, none from {@code upper} on, and in between those that are {@code present}; in the
     * canonical form, whose lower bound is the first missing height.
     *
     * @param lower not negative
     * @param upper not below {@code lower}, and not so far above it that the bits do not fit an array
     */
    public static BlockCoverage of(long lower, long upper, LongPredicate present) {
        if (lower < 0 || upper < lower) {
            throw new IllegalArgumentException("from " + lower + " to " + upper);
        }
        long first = lower;
        while (first < upper && present.test(first)) {
            first++;
        }
        if (first == upper) {
            return new BlockCoverage(first, upper, U32Sequence.empty());
        }
        int[] limbs = new int[Math.toIntExact(limbCount(first, upper))];
        long offset = first / Integer.SIZE;
        for (long height = offset * Integer.SIZE; height < upper; height++) {
            if (height < first || present.test(height)) {
                limbs[(int) (height / Integer.SIZE - offset)] |= 1 << height % Integer.SIZE;
            }
        }
        return new BlockCoverage(first, upper, U32Sequence.owning(limbs));
    }

    private static long limbCount(long lower, long upper) {
        return lower == upper ? 0 : ((upper - 1) >>> 5) - (lower >>> 5) + 1;
    }

    /** The first height that may be missing. */
    public long lowerBound() {
        return lower;
    }

    /** The first height from which on all are missing. */
    public long upperBound() {
        return upper;
    }

    /** Whether the block of this height is there. */
    public boolean has(long height) {
        if (Long.compareUnsigned(height, lower) < 0) {
            return true;
        }
        if (Long.compareUnsigned(height, upper) >= 0) {
            return false;
        }
        int limb = (int) ((height >>> 5) - (lower >>> 5));
        return ((limbs.at(limb) >>> (height & 31)) & 1) == 1;
    }

    /** Whether nothing is missing below the upper bound. */
    public boolean isComplete() {
        return firstMissing().isEmpty();
    }

    /** The lowest missing height below the upper bound; empty if there is none. */
    public OptionalLong firstMissing() {
        return firstMissingFrom(lower);
    }

    private OptionalLong firstMissingFrom(long from) {
        for (long height = from; Long.compareUnsigned(height, upper) < 0; height++) {
            if (!has(height)) {
                return OptionalLong.of(height);
            }
        }
        return OptionalLong.empty();
    }

    /** What of the heights below this one's upper bound is missing here and there at a peer: the missing ones of the result. */
    public BlockCoverage wantedFrom(BlockCoverage peer) {
        return of(lower, upper, height -> has(height) || !peer.has(height));
    }

    /** The same as it is sent. */
    public TransferSyncBitMask toTransfer() {
        return new TransferSyncBitMask(lower, upper, limbs);
    }

    @Override
    public String toString() {
        return "blocks below " + Long.toUnsignedString(lower) + " and some below " + Long.toUnsignedString(upper);
    }
}
