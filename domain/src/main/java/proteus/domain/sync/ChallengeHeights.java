package proteus.domain.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.PeerMessage.SyncChallenge;

/**
 * Draws the heights at which a peer has to show blocks of the chain that it claims: half of them near its tip, half from
 * anywhere above this node's.
 *
 * <p>Source: neptune-p2p 0.19.4, {@code peer.rs}; protocol page "behaviour", section 5.2.
 */
public final class ChallengeHeights {

    /** The claimed tip must be so much higher than the own one at least. */
    public static final int LEAST_DIFFERENCE = 10;

    private static final int NEAR_TIP = SyncChallenge.SIZE / 2;

    private ChallengeHeights() {}

    /**
     * Heights in ascending order, some of which may be the same; each above 1 and below {@code claimed}.
     *
     * @param random uniform 64-bit values
     * @throws IllegalArgumentException if {@code claimed} is less than {@link #LEAST_DIFFERENCE} above {@code own}
     */
    public static List<BlockHeight> draw(BlockHeight own, BlockHeight claimed, LongSupplier random) {
        if (claimed.compareTo(own) < 0 || Long.compareUnsigned(claimed.value() - own.value(), LEAST_DIFFERENCE) < 0) {
            throw new IllegalArgumentException("claimed " + claimed + ", own " + own);
        }
        List<BlockHeight> heights = new ArrayList<>();
        while (heights.size() < NEAR_TIP) {
            long distance = distance(random);
            if (Long.compareUnsigned(claimed.value(), distance + 1) > 0) {
                heights.add(new BlockHeight(claimed.value() - distance));
            }
        }
        while (heights.size() < SyncChallenge.SIZE) {
            long height = own.value() + below(claimed.value() - own.value(), random);
            if (Long.compareUnsigned(height, 1) > 0) {
                heights.add(new BlockHeight(height));
            }
        }
        return heights.stream().sorted().toList();
    }

    /** How far below the tip; at least 1, mostly some dozens, at most 2689. */
    private static long distance(LongSupplier random) {
        return 31L * zeros(random) + 7L * zeros(random) + 3L * zeros(random) + zeros(random) + 1;
    }

    private static int zeros(LongSupplier random) {
        return Long.numberOfLeadingZeros(random.getAsLong());
    }

    /** Uniform in [0, bound), both unsigned: what does not fit a whole number of times is drawn again. */
    private static long below(long bound, LongSupplier random) {
        long surplus = Long.remainderUnsigned(-bound, bound);
        long drawn = random.getAsLong();
        while (Long.compareUnsigned(drawn, surplus) < 0) {
            drawn = random.getAsLong();
        }
        return Long.remainderUnsigned(drawn, bound);
    }
}
