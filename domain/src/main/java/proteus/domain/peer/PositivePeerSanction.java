package proteus.domain.peer;

/**
 * What raises a peer's standing. Only deeds that cannot happen much more often than blocks are found.
 *
 * <p>Source: neptune-p2p 0.19.4, {@code peer.rs}.
 */
public sealed interface PositivePeerSanction extends PeerSanction {

    /**
     * The peer sent blocks that won the fork choice.
     *
     * @param count how many, not negative
     */
    record ValidBlocks(int count) implements PositivePeerSanction {
        public ValidBlocks {
            if (count < 0) {
                throw new IllegalArgumentException("negative number of blocks: " + count);
            }
        }
    }

    /** The peer sent a valid block proposal that is better than the one held. */
    record NewBlockProposal() implements PositivePeerSanction {}

    @Override
    default int severity() {
        return switch (this) {
            case ValidBlocks(int count) -> (int) Math.min(10L * count, Integer.MAX_VALUE);
            case NewBlockProposal() -> 7;
        };
    }
}
