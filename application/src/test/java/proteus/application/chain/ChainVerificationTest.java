package proteus.application.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.chain.ChainVerification.Finding;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.InMemoryChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockProof;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.consensus.MockProofs;
import proteus.domain.network.Network;

@Timeout(60)
class ChainVerificationTest {

    private static final Network MOCK = new Network.TestnetMock();
    private static final ComposedChain CHAIN = ComposedChain.of(MOCK).grow(40, 1);
    private static final ComposedChain FORK = CHAIN.forkAt(38).grow(6, 2);

    private final PlatformWorkPool pool = new PlatformWorkPool("verify-test-", 2, 4);
    private final InMemoryChainStore store = new InMemoryChainStore();
    private final List<Long> progress = new ArrayList<>();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aSoundChainIsSaidToBe() throws Exception {
        adopt(CHAIN.blocks());
        store.keep(FORK.blocks(39, 44));

        assertThat(verify(MOCK)).isEqualTo(new Finding.Sound(tip(CHAIN.tip()), 6));
        assertThat(progress).containsExactly(1L, 17L, 33L, 41L);
    }

    @Test
    void nothingIsEmptyAndStaysSo() throws Exception {
        assertThat(verify(MOCK)).isEqualTo(new Finding.Empty());
        assertThat(store.tip()).isEmpty();
    }

    @Test
    void genesisAloneIsSound() throws Exception {
        adopt(CHAIN.blocks(0, 0));

        assertThat(verify(MOCK)).isEqualTo(new Finding.Sound(tip(CHAIN.blocks().getFirst()), 0));
    }

    @Test
    void aBlockThatBreaksARuleIsNamed() throws Exception {
        // The block after it does not stand on it, but the first fault is what is told.
        StoredBlock bad = unproven(CHAIN.blocks().get(20));
        List<StoredBlock> blocks = new ArrayList<>(CHAIN.blocks(0, 19));
        blocks.add(bad);
        adopt(blocks);
        store.keep(CHAIN.blocks(20, 20));

        assertThat(verify(MOCK))
                .isEqualTo(new Finding.Unsound(new BlockHeight(20), bad.digest(), "breaks 1.d ProofValidity"));
    }

    @Test
    void aBlockUnderTheNameOfAnotherIsNamed() throws Exception {
        List<StoredBlock> blocks = new ArrayList<>(CHAIN.blocks());
        StoredBlock right = blocks.get(7);
        StoredBlock wrong = FORK.blocks().get(39);
        blocks.set(7, new StoredBlock(atHeight7(right, wrong), right.digest(), right.witness()));
        adopt(blocks);

        assertThat(verify(MOCK)).isInstanceOfSatisfying(Finding.Unsound.class, finding -> {
            assertThat(finding.height()).isEqualTo(new BlockHeight(7));
            assertThat(finding.digest()).isEqualTo(right.digest());
            assertThat(finding.what()).startsWith("is another block, ");
        });
    }

    /** The right header with a wrong body. */
    private static Block atHeight7(StoredBlock right, StoredBlock wrong) {
        return new Block(
                new BlockKernel(
                        right.header(),
                        wrong.block().kernel().body(),
                        right.block().kernel().appendix()),
                right.block().proof());
    }

    @Test
    void aBadBlockBesideTheChainIsNamedToo() throws Exception {
        StoredBlock bad = unproven(FORK.blocks().get(39));
        adopt(CHAIN.blocks());
        store.keep(List.of(bad));

        assertThat(verify(MOCK))
                .isEqualTo(new Finding.Unsound(new BlockHeight(39), bad.digest(), "breaks 1.d ProofValidity"));
    }

    @Test
    void aBlockBesideTheChainWithoutAParentIsNamed() throws Exception {
        StoredBlock orphan = FORK.blocks().get(40);
        adopt(CHAIN.blocks());
        store.keep(List.of(orphan));

        assertThat(verify(MOCK))
                .isEqualTo(new Finding.Unsound(
                        new BlockHeight(40),
                        orphan.digest(),
                        "has no parent " + FORK.digests(39, 39).getFirst()));
    }

    @Test
    void theChainOfAnotherNetworkIsRefused() throws Exception {
        adopt(CHAIN.blocks(0, 3));

        StoreException refusal = catchThrowableOfType(StoreException.class, () -> verify(new Network.RegTest()));

        assertThat(refusal.reason()).isEqualTo(StoreException.Reason.OTHER_NETWORK);
    }

    private Finding verify(Network network) throws Exception {
        ChainVerification verification = new ChainVerification(
                network,
                store,
                new BlockValidation(network, KnownClaims.none()),
                pool,
                () -> Instant.ofEpochMilli(ComposedChain.after(50)));
        return verification.verify((checked, all) -> progress.add(checked));
    }

    private void adopt(List<StoredBlock> blocks) throws StoreException {
        store.adopt(
                blocks,
                BlockHeight.GENESIS,
                blocks.stream().map(StoredBlock::digest).toList());
    }

    private static StoredBlock unproven(StoredBlock block) {
        return StoredBlock.of(new Block(block.block().kernel(), new BlockProof.SingleProof(MockProofs.INVALID)));
    }

    private static ChainTip tip(StoredBlock block) {
        return new ChainTip(block.header(), block.digest(), block.witness());
    }
}
