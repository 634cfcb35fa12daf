package proteus.application.mining;

import java.util.List;
import java.util.Optional;
import proteus.domain.block.Block;
import proteus.domain.block.Genesis;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.consensus.BlockComposer;
import proteus.domain.consensus.BlockContent;
import proteus.domain.consensus.BlockSubsidy;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.NativeCurrencyAmount;

/** Valid proposals on regtest. */
public final class SampleProposals {

    private static final Network REGTEST = new Network.RegTest();
    private static final GuesserReceiverData SOMEBODY =
            new GuesserReceiverData(new Digest(1, 0, 0, 0, 1), new Digest(1, 0, 0, 0, 2));

    private SampleProposals() {}

    /** One on genesis that pays so much. */
    static Proposal paying(NativeCurrencyAmount fee, Proposal.Origin origin) {
        return new Proposal(HashedBlock.of(block(ParentBlock.of(Genesis.of(REGTEST)), fee)), origin);
    }

    /** A block on genesis that mints so much. */
    static Block minting(NativeCurrencyAmount coinbase) {
        return block(ParentBlock.of(Genesis.of(REGTEST)), NativeCurrencyAmount.ofCoins(1), coinbase);
    }

    /** A block on {@code parent} that pays so much, a hundred milliseconds younger. */
    public static Block block(ParentBlock parent, NativeCurrencyAmount fee) {
        return block(parent, fee, BlockSubsidy.at(parent.header().height().next()));
    }

    private static Block block(ParentBlock parent, NativeCurrencyAmount fee, NativeCurrencyAmount coinbase) {
        BlockContent content = new BlockContent(
                List.of(),
                List.of(),
                List.of(),
                fee,
                Optional.of(coinbase),
                parent.header().timestamp().plus(100),
                SOMEBODY);
        return new BlockComposer(REGTEST).compose(parent, content).orElseThrow();
    }
}
