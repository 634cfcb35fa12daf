package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.Claim;
import proteus.domain.block.Genesis;
import proteus.domain.consensus.ProofVerifier.ProofVerdict;
import proteus.domain.field.BFieldElements;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.network.Network;
import proteus.domain.transaction.Proof;

class ProofVerifierTest {

    private final Genesis genesis = Genesis.of(new Network.RegTest());
    private final Claim claim = BlockClaims.transactionValidity(
            ConsensusRuleSet.HARDFORK_DELTA, genesis.block().kernel().body().transactionKernel());

    @Test
    void theClaimThatATransactionIsValidIsTheReferences() {
        // Protocol page "consensus", section 13.
        assertThat(BlockClaims.hash(claim))
                .hasToString("d7eb322d68b795123fdd60914f010c8b8ef8c0852ed2bc219904053e27bbdbeabcff477b9ba5f5f9");
    }

    @Test
    void theBlocksClaimNamesTheHashesOfTheAppendix() {
        Claim block = BlockClaims.block(
                ConsensusRuleSet.HARDFORK_GAMMA,
                genesis.block().kernel().body(),
                new BlockAppendix(List.of(claim, claim)));

        assertThat(block.version()).isEqualTo(5);
        assertThat(block.output().size()).isEqualTo(10);
        assertThat(block.output().at(5)).isEqualTo(BlockClaims.hash(claim).at(0));
        assertThat(block.output().at(9)).isEqualTo(BlockClaims.hash(claim).at(4));
        assertThat(block.input().size()).isEqualTo(5);
    }

    @Test
    void everyRuleSetHasAClaimOfItsOwnKind() {
        var kernel = genesis.block().kernel().body().transactionKernel();

        assertThat(List.of(ConsensusRuleSet.values()).stream()
                        .map(rules -> BlockClaims.transactionValidity(rules, kernel))
                        .distinct())
                .hasSize(4);
    }

    @Test
    void onlyTheMarkerIsAValidMockProof() {
        MockProofs mock = new MockProofs();

        assertThat(mock.verify(claim, MockProofs.VALID)).isEqualTo(ProofVerdict.VALID);
        assertThat(mock.verify(claim, MockProofs.INVALID)).isEqualTo(ProofVerdict.INVALID);
        assertThat(mock.verify(claim, Proof.empty())).isEqualTo(ProofVerdict.INVALID);
        assertThat(mock.verify(claim, new Proof(BFieldElements.of(0, 0)))).isEqualTo(ProofVerdict.INVALID);
    }

    @Test
    void aListOfClaimsKnowsItsClaimsAndCannotTellOfOthers() {
        Claim other = new Claim(claim.programDigest(), 7, claim.input(), claim.output());
        KnownClaims known = KnownClaims.of(List.of(claim));

        assertThat(known.verify(claim, Proof.empty())).isEqualTo(ProofVerdict.VALID);
        assertThat(known.verify(other, Proof.empty())).isEqualTo(ProofVerdict.NOT_VERIFIED);
        assertThat(KnownClaims.none().verify(claim, MockProofs.VALID)).isEqualTo(ProofVerdict.NOT_VERIFIED);
    }
}
