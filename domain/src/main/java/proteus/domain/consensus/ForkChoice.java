package proteus.domain.consensus;

import proteus.domain.block.BlockHeader;

/**
 * Which of two chains is the chain.
 *
 * <p>Source: neptune-cash 0.19.4, {@code global_state}; protocol page "consensus", section 10.
 */
public final class ForkChoice {

    private ForkChoice() {}

    /**
     * Whether the valid block {@code incoming} becomes the tip instead of {@code tip}: its height is another one, and its
     * chain has more work. Of blocks of one height the first that was seen stays, whatever their work.
     */
    public static boolean replaces(BlockHeader incoming, BlockHeader tip) {
        return !incoming.height().equals(tip.height())
                && incoming.cumulativeProofOfWork().compareTo(tip.cumulativeProofOfWork()) > 0;
    }
}
