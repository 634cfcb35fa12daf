package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.ComposedChain;
import proteus.application.port.StoredBlock;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockWithParentAccumulator;
import proteus.domain.block.TransferBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.network.Network;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessage.BlockResponseBatch;
import proteus.domain.peer.PeerMessage.ValidatedBlock;

@Timeout(60)
final class ServedBlocksTest {

    private static final ComposedChain CHAIN =
            ComposedChain.of(new Network.TestnetMock()).grow(60, 1);
    private static final ComposedChain FORK = CHAIN.forkAt(3).grow(3, 2);

    private final ChainConversation run = ChainConversation.onMock();
    private final ChainConversation.Peer peer = run.inbound(1);

    @BeforeEach
    void start() throws Exception {
        run.having(CHAIN, 1, 60).having(FORK, 4, 6);
    }

    @AfterEach
    void close() {
        run.close();
    }

    private static StoredBlock block(int height) {
        return CHAIN.blocks().get(height);
    }

    /** The blocks up to the one of {@code height}. */
    private static MmrAccumulator anchor(int height) {
        Block next = block(height + 1).block();
        return next.kernel().body().blockMmrAccumulator();
    }

    private static PeerMessage validated(long height, MmrAccumulator anchor) {
        return new PeerMessage.ValidatedBlockRequestByHeight(new BlockHeight(height), anchor);
    }

    @Test
    void byHeightTheChainIsServed() throws Exception {
        assertThat(peer.says(new PeerMessage.BlockRequestByHeight(new BlockHeight(5))))
                .containsExactly(ChainConversation.message(block(5)));
        assertThat(peer.says(new PeerMessage.BlockRequestByHeight(new BlockHeight(60))))
                .containsExactly(ChainConversation.message(block(60)));
        assertThat(peer.says(new PeerMessage.BlockRequestByHeight(new BlockHeight(61))))
                .containsExactly(new NegativePeerSanction.BlockRequestUnknownHeight());
    }

    @Test
    void byHashWhatIsBesideTheChainIsServedToo() throws Exception {
        assertThat(peer.says(new PeerMessage.BlockRequestByHash(FORK.tip().digest())))
                .containsExactly(ChainConversation.message(FORK.tip()));
        assertThat(peer.says(new PeerMessage.BlockRequestByHash(block(7).digest())))
                .containsExactly(ChainConversation.message(block(7)));
    }

    @Test
    void whileSyncingNobodyIsPunishedForWhatIsNotThere() throws Exception {
        run.node.syncing = true;

        assertThat(peer.says(new PeerMessage.BlockRequestByHash(new Digest(1, 2, 3, 4, 5))))
                .isEmpty();
    }

    @Test
    void aBlockComesWithItsPathInTheAnchor() throws Exception {
        for (int tip : new int[] {7, 8, 31, 59}) {
            for (int height : new int[] {1, 5, 7}) {
                Object answer = peer.says(validated(height, anchor(tip))).getFirst();

                assertThat(answer).isInstanceOf(ValidatedBlock.class);
                assertAuthentic(((ValidatedBlock) answer).block(), height, anchor(tip));
            }
        }
    }

    private static void assertAuthentic(AuthenticatedBlock answer, int height, MmrAccumulator anchor) {
        assertThat(answer.block())
                .isEqualTo(TransferBlock.of(block(height).block()).orElseThrow());
        assertThat(anchor.contains(height, block(height).digest(), answer.membershipProof()))
                .isTrue();
    }

    @Test
    void whatAnAnchorDoesNotHoldIsDeclined() throws Exception {
        MmrAccumulator strange = new MmrAccumulator(16, List.of(new Digest(1, 2, 3, 4, 5)));

        for (MmrAccumulator anchor :
                List.of(anchor(4), strange, MmrAccumulator.EMPTY, new MmrAccumulator(-1, List.of()))) {
            assertThat(peer.says(validated(7, anchor))).containsExactly(new PeerMessage.UnableToSatisfyBatchRequest());
        }
        assertThat(peer.says(validated(0xFFFF_FFFF_0000_0000L, anchor(4))))
                .containsExactly(new NegativePeerSanction.BlockRequestUnknownHeight());
    }

    @Test
    void aBatchFollowsTheFirstKnownBlockOfTheChain() throws Exception {
        assertBatch(batch(100, anchor(59), FORK.tip().digest(), block(9).digest(), block(3).digest()), 10, 44);
        assertBatch(batch(4, anchor(59), block(9).digest()), 10, 13);
        assertBatch(batch(-1, anchor(59), block(40).digest()), 41, 59, 60);
        assertBatch(batch(0, anchor(59), block(9).digest()), 10, 10);
    }

    /** The last of the blocks that are asked for is beyond the anchor. */
    private void assertBatch(PeerMessage request, int from, int to, int beyond) throws Exception {
        assertThat(beyond).isEqualTo(to + 1);
        assertThat(peer.says(request)).containsExactly(new NegativePeerSanction.BatchBlocksUnknownRequest());
    }

    private void assertBatch(PeerMessage request, int from, int to) throws Exception {
        BlockResponseBatch answer = (BlockResponseBatch) peer.says(request).getFirst();
        assertThat(answer.blocks()).hasSize(to - from + 1);
        IntStream.range(0, answer.blocks().size())
                .forEach(i -> assertAuthentic(answer.blocks().get(i), from + i, anchor(59)));
    }

    private static PeerMessage batch(long most, MmrAccumulator anchor, Digest... known) {
        return new PeerMessage.BlockRequestBatch(List.of(known), most, anchor);
    }

    @Test
    void aBatchThatTheAnchorDoesNotHoldCosts() throws Exception {
        assertThat(peer.says(batch(10, anchor(12), block(9).digest())))
                .containsExactly(new NegativePeerSanction.BatchBlocksUnknownRequest());
    }

    @Test
    void theTipComesWithTheMutatorSetThatItBuildsOn() throws Exception {
        BlockWithParentAccumulator answer = ((PeerMessage.TipWithParentAccumulator)
                        peer.says(new PeerMessage.TipWithParentAccumulatorRequest())
                                .getFirst())
                .tip();

        assertThat(answer.block()).isEqualTo(TransferBlock.of(block(60).block()).orElseThrow());
        assertThat(answer.parentAccumulator().hash())
                .isEqualTo(answer.block().body().transactionKernel().mutatorSetHash());
    }
}
