package proteus.domain.consensus;

import proteus.domain.block.BlockHeight;
import proteus.domain.transaction.NativeCurrencyAmount;

/**
 * The most coins that a block may mint.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block/mod.rs}; protocol page "consensus", section 5.7.
 */
public final class BlockSubsidy {

    /** What a block of the first generation mints, in coins. */
    static final int INITIAL_COINS = 128;

    /** The blocks of the chain before the reboot, which count for halvings. */
    static final int BLOCKS_BEFORE_REBOOT = 21_310;

    private static final long BLOCKS_PER_GENERATION = 160_815;

    private BlockSubsidy() {}

    /** The subsidy of the block at {@code height}. */
    public static NativeCurrencyAmount at(BlockHeight height) {
        // Heights are less than p, so that this does not leave 64 bits.
        long age = height.value() + BLOCKS_BEFORE_REBOOT;
        NativeCurrencyAmount subsidy = NativeCurrencyAmount.ofCoins(INITIAL_COINS);
        long halvings = Long.divideUnsigned(age, BLOCKS_PER_GENERATION);
        for (long i = 0; i < halvings && !subsidy.equals(NativeCurrencyAmount.ZERO); i++) {
            subsidy = subsidy.half();
        }
        return subsidy;
    }
}
