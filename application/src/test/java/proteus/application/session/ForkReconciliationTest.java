package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.ComposedChain;
import proteus.application.port.StoredBlock;
import proteus.application.request.AnnouncedObject;
import proteus.application.request.Announcer;
import proteus.application.sync.SyncSettings;
import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockPow;
import proteus.domain.block.BlockProof;
import proteus.domain.block.Genesis;
import proteus.domain.block.TransferBlock;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessage.BlockRequestByHash;
import proteus.domain.peer.PeerMessage.BlockRequestByHeight;
import proteus.domain.peer.PositivePeerSanction.ValidBlocks;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.Timestamp;

@Timeout(60)
final class ForkReconciliationTest {

    private static final Network MOCK = new Network.TestnetMock();
    private static final ComposedChain CHAIN = ComposedChain.of(MOCK).grow(14, 1);
    private static final ComposedChain FORK = CHAIN.forkAt(2).grow(4, 2);

    private ChainConversation run = ChainConversation.onMock();
    private ChainConversation.Peer peer = run.inbound(1);

    @AfterEach
    void close() {
        run.close();
    }

    private void with(Network network, int threshold) {
        run.close();
        run = new ChainConversation(network, new SyncSettings(threshold, 1 << 20));
        peer = run.inbound(1);
    }

    private static StoredBlock block(int height) {
        return CHAIN.blocks().get(height);
    }

    private static BlockHeight height(int height) {
        return new BlockHeight(height);
    }

    private List<Object> sends(Block block) throws Exception {
        return peer.says(new PeerMessage.Block(TransferBlock.of(block).orElseThrow()));
    }

    @Test
    void aBlockOnTopOfTheTipBecomesTheTipAndIsRewarded() throws Exception {
        assertThat(peer.sends(block(1))).containsExactly(new ValidBlocks(1));

        assertThat(run.tip()).isEqualTo(block(1).digest());
        assertThat(peer.highestShared()).contains(height(1));
    }

    @Test
    void blocksAreAskedForBackToOneThatIsStored() throws Exception {
        run.having(CHAIN, 1, 2);

        for (int height = 6; height > 3; height--) {
            assertThat(peer.sends(block(height)))
                    .containsExactly(new BlockRequestByHash(block(height - 1).digest()));
        }
        assertThat(peer.sends(block(3))).containsExactly(new ValidBlocks(4));

        assertThat(run.tip()).isEqualTo(block(6).digest());
        assertThat(peer.highestShared()).contains(height(6));
    }

    @Test
    void whatThePeerShowedMeanwhileIsAskedForInTheEnd() throws Exception {
        peer.sends(block(3));
        assertThat(peer.announces(block(5))).isEmpty();
        assertThat(peer.sends(block(2))).containsExactly(new BlockRequestByHash(block(1).digest()));

        assertThat(peer.sends(block(1))).containsExactly(new ValidBlocks(3), new BlockRequestByHeight(height(5)));
    }

    @Test
    void aBetterForkReplacesTheChain() throws Exception {
        run.having(CHAIN, 1, 5);

        for (int height = 6; height > 3; height--) {
            peer.sends(FORK.blocks().get(height));
        }
        assertThat(peer.sends(FORK.blocks().get(3))).containsExactly(new ValidBlocks(4));

        assertThat(run.tip()).isEqualTo(FORK.tip().digest());
    }

    @Test
    void aForkThatIsNotBetterIsForgottenInSilence() throws Exception {
        run.having(CHAIN, 1, 5);

        assertThat(peer.sends(FORK.blocks().get(3))).isEmpty();

        assertThat(run.tip()).isEqualTo(block(5).digest());
        assertThat(run.node.chain.snapshot().header(FORK.blocks().get(3).digest()))
                .isEmpty();
    }

    @Test
    void aKnownBlockEndsTheRequestForIt() throws Exception {
        run.having(CHAIN, 1, 2);
        AnnouncedObject wanted = new AnnouncedObject.Block(block(2).digest(), height(2));
        Announcer other = run.outbound(2).conversation.announcer(false);
        assertThat(run.node.requests.announced(wanted, other, run.clock.instant()))
                .isTrue();

        assertThat(peer.sends(block(2))).isEmpty();

        assertThat(run.node.requests.announced(wanted, other, run.clock.instant()))
                .as("as one that nobody was asked for")
                .isTrue();
    }

    @Test
    void genesisIsNotTaken() throws Exception {
        Block genesis = Genesis.of(MOCK).block();
        TransferBlock sent = new TransferBlock(
                genesis.kernel().header(),
                genesis.kernel().body(),
                genesis.kernel().appendix(),
                new Proof(BFieldElements.of()));

        assertThat(peer.says(new PeerMessage.Block(sent)))
                .containsExactly(new NegativePeerSanction.InvalidTransferBlock());
    }

    @Test
    void aChainThatDoesNotEndInThisGenesisIsOfAnotherNetwork() throws Exception {
        Block first = withParent(block(1).block(), new Digest(1, 2, 3, 4, 5));

        assertThat(sends(first)).containsExactly(new NegativePeerSanction.DifferentGenesis());
    }

    @Test
    void anInvalidBlockIsPunishedAndNamed() throws Exception {
        StoredBlock bad = StoredBlock.of(withProof(block(1).block(), 1));

        assertThat(peer.sends(bad)).containsExactly(new NegativePeerSanction.InvalidBlock(height(1), bad.digest()));

        assertThat(run.node.chain.tip().header().height()).isEqualTo(BlockHeight.GENESIS);
    }

    @Test
    void aBlockThatDoesNotStandOnTheNextOneEndsIt() throws Exception {
        peer.sends(block(6));
        peer.sends(block(5));
        StoredBlock other = FORK.blocks().get(4);

        assertThat(peer.sends(other))
                .containsExactly(new NegativePeerSanction.ForkResolutionError(height(4), 2, other.digest()));
        assertThat(peer.sends(block(1))).as("a new beginning").containsExactly(new ValidBlocks(1));
    }

    @Test
    void aSuccessorWithoutWorkIsToBlame() throws Exception {
        Network regtest = new Network.RegTest();
        with(regtest, 100);
        ComposedChain chain = ComposedChain.of(regtest);
        StoredBlock first = chain.append(1000, 1);
        StoredBlock second = chain.append(1000, 1);
        StoredBlock idle = StoredBlock.of(withoutWork(second.block()));
        assertThat(peer.sends(idle)).containsExactly(new BlockRequestByHash(first.digest()));

        assertThat(peer.sends(first)).containsExactly(new NegativePeerSanction.InvalidBlock(height(2), idle.digest()));
    }

    @Test
    void onlySoManyBlocksAreCollected() throws Exception {
        with(MOCK, 10);
        for (int height = 14; height > 4; height--) {
            assertThat(peer.sends(block(height)))
                    .containsExactly(new BlockRequestByHash(block(height - 1).digest()));
        }

        assertThat(peer.sends(block(4)))
                .containsExactly(new NegativePeerSanction.ForkResolutionError(height(4), 10, block(4).digest()));
        assertThat(peer.sends(block(1))).as("a new beginning").containsExactly(new ValidBlocks(1));
    }

    @Test
    void aGapOfJustTheThresholdIsClosed() throws Exception {
        with(MOCK, 10);
        for (int height = 10; height > 1; height--) {
            peer.sends(block(height));
        }

        assertThat(peer.sends(block(1))).containsExactly(new ValidBlocks(10));
    }

    @Test
    void aParentThatDoesNotComeIsNotWaitedForForever() throws Exception {
        peer.sends(block(5));
        run.clock.advance(ForkReconciliation.PATIENCE);
        assertThat(peer.announces(block(1))).as("while it is waited for").isEmpty();
        run.clock.advance(Duration.ofMillis(1));

        assertThat(peer.announces(block(1))).containsExactly(new BlockRequestByHeight(height(1)));
        assertThat(peer.sends(block(1))).containsExactly(new ValidBlocks(1));
    }

    @Test
    void aSyncEndsIt() throws Exception {
        peer.sends(block(5));
        run.node.syncing = true;

        assertThat(peer.sends(block(1)))
                .as("when the sync is over before it is looked at")
                .containsExactly(new ValidBlocks(1));
    }

    @Test
    void anOversizedBlockIsDear() throws Exception {
        Block block = block(2).block();
        Block large = new Block(
                block.kernel(), new BlockProof.SingleProof(new Proof(BFieldElements.of(new long[1_800_000]))));

        assertThat(sends(large)).containsExactly(new NegativePeerSanction.OversizedBlock());
    }

    private static Block withProof(Block block, long element) {
        return new Block(block.kernel(), new BlockProof.SingleProof(new Proof(BFieldElements.of(element))));
    }

    private static Block withParent(Block block, Digest parent) {
        BlockHeader header = block.kernel().header();
        return with(
                block,
                new BlockHeader(
                        header.version(),
                        header.height(),
                        parent,
                        header.timestamp(),
                        header.pow(),
                        header.cumulativeProofOfWork(),
                        header.difficulty(),
                        header.guesserReceiverData()));
    }

    /** With a nonce that is surely not good enough. */
    private static Block withoutWork(Block block) {
        BlockHeader header = block.kernel().header();
        BlockPow pow = header.pow();
        return with(
                block,
                new BlockHeader(
                        header.version(),
                        header.height(),
                        header.prevBlockDigest(),
                        new Timestamp(header.timestamp().millis()),
                        new BlockPow(pow.root(), pow.pathA(), pow.pathB(), new Digest(77, 0, 0, 0, 0)),
                        header.cumulativeProofOfWork(),
                        header.difficulty(),
                        header.guesserReceiverData()));
    }

    private static Block with(Block block, BlockHeader header) {
        BlockBody body = block.kernel().body();
        BlockAppendix appendix = block.kernel().appendix();
        return new Block(new BlockKernel(header, body, appendix), block.proof());
    }
}
