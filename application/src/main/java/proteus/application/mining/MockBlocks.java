package proteus.application.mining;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import proteus.application.chain.ChainSnapshot;
import proteus.domain.block.Block;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.consensus.BlockComposer;
import proteus.domain.consensus.BlockContent;
import proteus.domain.consensus.BlockSubsidy;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.network.Network;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;

/**
 * Makes blocks without transactions. There is no wallet to pay, so the whole subsidy is the guesser's fee. Safe for use by
 * many threads.
 */
final class MockBlocks {

    private final BlockComposer composer;
    private final GuesserReceiverData receiver;
    private final InstantSource clock;

    /** For a network with mock proofs, and for {@code receiver}. */
    MockBlocks(Network network, GuesserReceiverData receiver, InstantSource clock) {
        this.composer = new BlockComposer(network);
        this.receiver = receiver;
        this.clock = clock;
    }

    /** A block on top of the tip that lacks nothing but its work. */
    Block next(ChainSnapshot chain) {
        ParentBlock parent = chain.tipBlock();
        NativeCurrencyAmount subsidy = BlockSubsidy.at(parent.header().height().next());
        BlockContent content = new BlockContent(
                List.of(),
                List.of(),
                List.of(),
                subsidy,
                Optional.of(subsidy),
                composer.earliest(parent.header(), now()),
                receiver);
        return composer.compose(parent, content)
                .orElseThrow(() -> new IllegalStateException("no block fits on the tip " + parent.digest()));
    }

    /** A proposal as it is guessed on now. */
    Block guessable(ParentBlock parent, Block proposal) {
        Timestamp transaction = proposal.kernel().body().transactionKernel().timestamp();
        Timestamp earliest = composer.earliest(parent.header(), now());
        Timestamp time = transaction.compareTo(earliest) > 0 ? transaction : earliest;
        return composer.forGuesser(parent, proposal, time, receiver);
    }

    private Timestamp now() {
        return new Timestamp(clock.millis());
    }
}
