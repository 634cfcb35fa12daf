package proteus.application.mining;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
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
import proteus.domain.transaction.Timestamp;

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

    /** A foreign one on genesis that pays so much and was made then. */
    static Proposal made(Instant when, NativeCurrencyAmount fee) {
        ParentBlock genesis = ParentBlock.of(Genesis.of(REGTEST));
        Timestamp time = new Timestamp(when.toEpochMilli());
        return new Proposal(
                HashedBlock.of(block(genesis, fee, BlockSubsidy.at(new BlockHeight(1)), time)),
                Proposal.Origin.FOREIGN);
    }

    /** A block on genesis that mints so much. */
    static Block minting(NativeCurrencyAmount coinbase) {
        ParentBlock genesis = ParentBlock.of(Genesis.of(REGTEST));
        return block(genesis, NativeCurrencyAmount.ofCoins(1), coinbase, soonAfter(genesis));
    }

    /** A block on {@code parent} that pays so much, a hundred milliseconds younger. */
    public static Block block(ParentBlock parent, NativeCurrencyAmount fee) {
        return block(parent, fee, BlockSubsidy.at(parent.header().height().next()), soonAfter(parent));
    }

    private static Timestamp soonAfter(ParentBlock parent) {
        return parent.header().timestamp().plus(100);
    }

    private static Block block(
            ParentBlock parent, NativeCurrencyAmount fee, NativeCurrencyAmount coinbase, Timestamp time) {
        BlockContent content =
                new BlockContent(List.of(), List.of(), List.of(), fee, Optional.of(coinbase), time, SOMEBODY);
        return new BlockComposer(REGTEST).compose(parent, content).orElseThrow();
    }
}
