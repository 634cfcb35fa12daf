package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.samples.WireSamples;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Genesis;
import proteus.domain.consensus.BlockComposer;
import proteus.domain.consensus.BlockContent;
import proteus.domain.consensus.BlockRule;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.ForkChoice;
import proteus.domain.consensus.HeaderValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.consensus.LustrationStatus;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;

/** The chains that a real node made, judged block by block. */
class RecordedChainTest {

    private static final Network REGTEST = new Network.RegTest();
    private static final Timestamp LATER = new Timestamp(1L << 50);

    private final BlockValidation validation = new BlockValidation(REGTEST, KnownClaims.none());

    @ParameterizedTest
    @CsvSource({"legacy-session, 300", "legacy-sync-by-0.18.0, 358"})
    void everyRecordedBlockIsValid(String recording, int blocks) throws MalformedMessageException {
        List<Block> chain = chain(recording);
        ParentBlock parent = ParentBlock.of(Genesis.of(REGTEST));

        for (Block block : chain) {
            assertThat(validation.judge(parent, block, LATER))
                    .as("block %s", block.kernel().header().height())
                    .isEqualTo(new BlockVerdict.Valid());
            assertThat(ForkChoice.replaces(block.kernel().header(), parent.header()))
                    .isTrue();
            parent = ParentBlock.of(block);
        }

        assertThat(chain).hasSize(blocks);
    }

    @Test
    void aRecordedBlockIsValidAtItsOwnTimeButNotAMinuteEarlier() throws MalformedMessageException {
        Block first = chain("legacy-session").getFirst();
        ParentBlock genesis = ParentBlock.of(Genesis.of(REGTEST));
        long time = first.kernel().header().timestamp().millis();

        assertThat(validation.judge(genesis, first, new Timestamp(time))).isEqualTo(new BlockVerdict.Valid());
        assertThat(validation.judge(genesis, first, new Timestamp(time - 60_001)))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.FUTURE_DATING));
    }

    @ParameterizedTest
    @CsvSource({"legacy-session", "legacy-sync-by-0.18.0"})
    void everyRecordedHeaderIsGoodAsAnAnnouncement(String recording) throws MalformedMessageException {
        BlockHeader parent = Genesis.of(REGTEST).header();
        for (Block block : chain(recording)) {
            BlockHeader header = block.kernel().header();

            assertThat(new HeaderValidation(REGTEST)
                            .firstBroken(parent, new BlockHeaderWithBlockHashWitness(header, BlockHash.witness(block))))
                    .as("block %s", header.height())
                    .isEmpty();
            parent = header;
        }
    }

    @Test
    void theComposerMakesTheRecordedBlocksButForTheirTimeAndWork() throws MalformedMessageException {
        BlockComposer composer = new BlockComposer(REGTEST);
        ParentBlock parent = ParentBlock.of(Genesis.of(REGTEST));

        for (Block block : chain("legacy-session")) {
            Block composed = composer.compose(parent, contentOf(block)).orElseThrow();

            assertThat(composed.kernel().body()).isEqualTo(block.kernel().body());
            assertThat(composed.kernel().appendix()).isEqualTo(block.kernel().appendix());
            assertThat(composed.proof()).isEqualTo(block.proof());
            assertThat(LustrationStatus.of(composed.kernel().header().pow()))
                    .isEqualTo(LustrationStatus.of(block.kernel().header().pow()));
            parent = ParentBlock.of(block);
        }
    }

    @Test
    void aRecordedBlockOfAnotherNetworkIsNotValidThere() throws MalformedMessageException {
        Block first = chain("legacy-session").getFirst();

        for (Network other : List.of(new Network.Main(), new Network.TestnetMock(), new Network.Testnet(1))) {
            assertThat(new BlockValidation(other, KnownClaims.none())
                            .judge(ParentBlock.of(Genesis.of(other)), first, LATER))
                    .isInstanceOf(BlockVerdict.Invalid.class);
        }
    }

    private static BlockContent contentOf(Block block) {
        TransactionKernel kernel = block.kernel().body().transactionKernel();
        return new BlockContent(
                List.of(),
                kernel.outputs(),
                kernel.announcements(),
                kernel.fee(),
                kernel.coinbase(),
                kernel.timestamp(),
                block.kernel().header().guesserReceiverData());
    }

    /** The blocks of a recording by height; some came twice, and not in order. */
    private static List<Block> chain(String recording) throws MalformedMessageException {
        TreeMap<BlockHeight, Block> chain = new TreeMap<>();
        for (byte[] frame : WireSamples.recordedFrames(recording)) {
            carried(PeerMessageCodec.decode(frame))
                    .forEach(block -> chain.put(block.kernel().header().height(), block));
        }
        chain.remove(BlockHeight.GENESIS);
        return List.copyOf(chain.values());
    }

    private static Stream<Block> carried(PeerMessage message) {
        if (message instanceof PeerMessage.Block(var block)) {
            return Stream.of(block.toBlock());
        }
        if (message instanceof PeerMessage.ValidatedBlock(var block)) {
            return Stream.of(block.block().toBlock());
        }
        return Stream.empty();
    }
}
