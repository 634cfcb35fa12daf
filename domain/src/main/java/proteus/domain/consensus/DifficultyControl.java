package proteus.domain.consensus;

import java.math.BigDecimal;
import java.math.BigInteger;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.Difficulty;
import proteus.domain.block.ProofOfWork;
import proteus.domain.network.NetworkParameters;
import proteus.domain.transaction.Timestamp;

/**
 * How hard the next block has to be: harder than its parent if it comes early, easier if it comes late.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code difficulty_control.rs}; protocol page "consensus", sections 5.5 and 5.6.
 */
public final class DifficultyControl {

    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(Integer.SIZE);
    private static final BigInteger LEAST_ERROR = ONE.negate();
    private static final BigInteger GREATEST_ERROR = ONE.shiftLeft(2);

    /** A sixteenth of the error goes into the difficulty. */
    private static final int GAIN = 4;

    private static final BigInteger HIGHEST =
            BigInteger.ONE.shiftLeft(Difficulty.LIMBS * Integer.SIZE).subtract(BigInteger.ONE);
    private static final BigInteger MOST_WORK =
            BigInteger.ONE.shiftLeft(ProofOfWork.LIMBS * Integer.SIZE).subtract(BigInteger.ONE);
    private static final double ROUNDING = 1e-6;

    private DifficultyControl() {}

    /** The difficulty of a block of this time on top of {@code parent}. */
    public static Difficulty next(NetworkParameters network, BlockHeader parent, Timestamp timestamp) {
        if (resets(network, parent, timestamp)) {
            return genesis(network);
        }
        if (parent.height().isGenesis()) {
            return parent.difficulty();
        }
        long elapsed = timestamp.since(parent.timestamp());
        return adjusted(parent.difficulty(), elapsed, network.targetBlockInterval());
    }

    /**
     * Whether so much time has passed since {@code parent} that the difficulty falls back to that of genesis. A block
     * that is older than its parent counts as one that comes very late.
     */
    public static boolean resets(NetworkParameters network, BlockHeader parent, Timestamp timestamp) {
        long elapsed = timestamp.since(parent.timestamp());
        return network.difficultyResetInterval().stream().anyMatch(limit -> Long.compareUnsigned(elapsed, limit) >= 0);
    }

    /** The difficulty of the network's first block. */
    public static Difficulty genesis(NetworkParameters network) {
        return Difficulty.of(BigInteger.valueOf(network.genesisDifficulty()));
    }

    /**
     * The difficulty after a block that took {@code elapsed}.
     *
     * @param elapsed in milliseconds, its bits taken as a signed number
     * @param target the interval aimed at, in milliseconds, positive
     */
    static Difficulty adjusted(Difficulty difficulty, long elapsed, long target) {
        BigInteger error = BigInteger.valueOf(elapsed)
                .subtract(BigInteger.valueOf(target))
                .multiply(ONE.divide(BigInteger.valueOf(target)))
                .max(LEAST_ERROR)
                .min(GREATEST_ERROR);
        BigInteger factor = ONE.add(error.negate().shiftRight(GAIN));
        BigInteger next = difficulty.toBigInteger().multiply(factor).shiftRight(Integer.SIZE);
        return Difficulty.of(next.min(HIGHEST).max(Difficulty.MINIMUM.toBigInteger()));
    }

    /**
     * The most work that a chain can plausibly have after {@code blocks} more blocks, a little generously.
     *
     * @param start its work now
     * @param difficulty of its last block
     * @param blocks unsigned
     */
    public static ProofOfWork maxCumulativePowAfter(
            NetworkParameters network, ProofOfWork start, Difficulty difficulty, long blocks) {
        double target = network.targetBlockInterval();
        double growth = 1 + (target - network.minimumBlockTime()) / target / (1 << GAIN) + ROUNDING;
        double next = difficulty.toBigInteger().doubleValue();
        double work = start.toBigInteger().doubleValue() * (1 + ROUNDING);
        double limit = MOST_WORK.doubleValue();
        // The sum grows by a fixed factor, so that the limit ends this within some thousand rounds.
        for (long done = 0; Long.compareUnsigned(done, blocks) < 0; done++) {
            next *= growth;
            work += next;
            if (work >= limit) {
                return ProofOfWork.of(MOST_WORK);
            }
        }
        return ProofOfWork.of(new BigDecimal(work).toBigInteger().min(MOST_WORK));
    }
}
