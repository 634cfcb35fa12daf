package proteus.domain.transaction.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.domain.block.Claim;
import proteus.domain.codec.FieldWriter;
import proteus.domain.consensus.BlockClaims;
import proteus.domain.consensus.MockProofs;
import proteus.domain.consensus.ProofVerifier;
import proteus.domain.consensus.ProofVerifier.ProofVerdict;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MerkleTree;
import proteus.domain.hash.Tip5;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.transaction.LinkKernel;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.ProofCollection;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionHash;
import proteus.domain.transaction.TransactionKernel;
import proteus.domain.transaction.TransferTransactionProof;

class TransactionValidityTest {

    private static final Digest INPUTS = new Digest(11, 12, 13, 14, 15);
    private static final Digest OUTPUTS = new Digest(21, 22, 23, 24, 25);
    private static final Digest LOCK_1 = new Digest(31, 32, 33, 34, 35);
    private static final Digest LOCK_2 = new Digest(41, 42, 43, 44, 45);
    private static final Digest TYPE = new Digest(51, 52, 53, 54, 55);

    private final Kernels kernels = Kernels.plain(List.of(), new Timestamp(7), Digest.ZERO);
    private final TransactionKernel kernel = kernels.kernel();
    private final Digest hash = TransactionHash.of(kernel);
    private final List<Claim> claims = new ArrayList<>();
    private final List<Proof> proofs = new ArrayList<>();
    private final ProofVerifier recording = (claim, proof) -> {
        claims.add(claim);
        proofs.add(proof);
        return ProofVerdict.VALID;
    };
    private final TransactionValidity delta = new TransactionValidity(ConsensusRuleSet.HARDFORK_DELTA, recording);

    @Test
    void aSingleProofShowsTheTransactionValid() {
        for (ConsensusRuleSet rules : ConsensusRuleSet.values()) {
            claims.clear();
            new TransactionValidity(rules, recording)
                    .verdict(kernel, new TransferTransactionProof.SingleProof(proof(1)));

            assertThat(claims).containsExactly(BlockClaims.transactionValidity(rules, kernel));
        }
        assertThat(proofs).containsOnly(proof(1));
    }

    @Test
    void theVerdictIsTheVerifiers() {
        for (ProofVerdict verdict : ProofVerdict.values()) {
            TransactionValidity validity =
                    new TransactionValidity(ConsensusRuleSet.HARDFORK_DELTA, (claim, proof) -> verdict);

            assertThat(validity.verdict(kernel, new TransferTransactionProof.SingleProof(proof(1))))
                    .isEqualTo(verdict);
            assertThat(validity.verdict(kernel, collection(hash))).isEqualTo(verdict);
            assertThat(validity.verdict(new LinkKernel(kernel, List.of()), proof(1)))
                    .isEqualTo(verdict);
        }
    }

    @Test
    void aCollectionShowsEachPartInUpstreamsOrder() {
        assertThat(delta.verdict(kernel, collection(hash))).isEqualTo(ProofVerdict.VALID);

        Digest k = hash.reversed();
        Digest i = INPUTS.reversed();
        Digest o = OUTPUTS.reversed();
        assertThat(proofs).containsExactly(proof(1), proof(4), proof(2), proof(5), proof(31), proof(32), proof(61));
        assertThat(claims.stream().map(Claim::input))
                .containsExactly(
                        elements(k),
                        elements(k),
                        elements(i),
                        elements(i, o),
                        elements(k),
                        elements(k),
                        elements(k, i, o));
        assertThat(claims.stream().map(Claim::output))
                .containsExactly(
                        elements(INPUTS),
                        elements(OUTPUTS),
                        elements(LOCK_1, LOCK_2),
                        elements(TYPE),
                        elements(),
                        elements(),
                        elements());
        assertThat(claims.stream().map(Claim::version)).containsOnly(8);
        assertThat(claims.stream().map(Claim::programDigest).toList().subList(4, 7))
                .containsExactly(LOCK_1, LOCK_2, TYPE);
        assertThat(claims.getFirst().programDigest())
                .hasToString("e8f3b005318d3cdfa22a8e73c363a3c54a027b41eb1200e2b3fbd191fa4fbf9b5ea35d69d50f0604");
        assertThat(claims.get(1).programDigest())
                .hasToString("74e12c483cfd1c57a76bfaafa2ea2b92177103367b9cdc0ab2bd3491c051599fbbaef1b77cc00c75");
        assertThat(claims.get(2).programDigest())
                .hasToString("7b608d9bbe5b5dc9f3f25af57ebb5a26302e404d0485d8b87abe74d9b339921493922b685efad062");
        assertThat(claims.get(3).programDigest())
                .hasToString("e225dd7103d93eda3b674d9a6bcb3da0d67fbd7d0026d2b5e85178f95f1dc04a18be2e9fbe31ffa8");
    }

    @Test
    void oneProofThatDoesNotHoldIsEnough() {
        for (int bad : List.of(1, 4, 2, 5, 31, 32, 61)) {
            TransactionValidity validity = new TransactionValidity(
                    ConsensusRuleSet.HARDFORK_DELTA,
                    (claim, proof) -> proof.equals(proof(bad)) ? ProofVerdict.INVALID : ProofVerdict.VALID);

            assertThat(validity.verdict(kernel, collection(hash))).isEqualTo(ProofVerdict.INVALID);
        }
    }

    @Test
    void collectionsOfEarlierRulesCannotBeJudged() {
        assertThat(new TransactionValidity(ConsensusRuleSet.HARDFORK_GAMMA, recording)
                        .verdict(kernel, collection(hash)))
                .isEqualTo(ProofVerdict.NOT_VERIFIED);
        assertThat(proofs).isEmpty();
    }

    @Test
    void aCollectionIsAboutItsKernel() {
        ProofCollection other = collection(Digest.ZERO);

        assertThat(TransactionValidity.errorOf(kernel, other)).contains(ProofCollectionError.KERNEL_MAST_HASH_MISMATCH);
        assertThat(delta.verdict(kernel, other)).isEqualTo(ProofVerdict.INVALID);
        assertThat(proofs).isEmpty();
    }

    @Test
    void aCollectionShowsThatNothingWasMerged() {
        ProofCollection wrong = collection(hash, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO), 2, 1);
        ProofCollection tooShort = collection(hash, mergeBitPath(false).subList(0, 2), 2, 1);
        TransactionKernel merged = kernels.kernel(true);
        ProofCollection ofMerged = collection(TransactionHash.of(merged), mergeBitPath(true), 2, 1);

        assertThat(TransactionValidity.errorOf(kernel, wrong)).contains(ProofCollectionError.MERGE_BIT_NOT_SHOWN_FALSE);
        assertThat(TransactionValidity.errorOf(kernel, tooShort))
                .contains(ProofCollectionError.MERGE_BIT_NOT_SHOWN_FALSE);
        assertThat(TransactionValidity.errorOf(merged, ofMerged))
                .contains(ProofCollectionError.MERGE_BIT_NOT_SHOWN_FALSE);
    }

    @Test
    void aCollectionHasAProofForEachScript() {
        List<Digest> path = mergeBitPath(false);

        assertThat(TransactionValidity.errorOf(kernel, collection(hash, path, 2, 1)))
                .isEmpty();
        assertThat(TransactionValidity.errorOf(kernel, collection(hash, path, 1, 1)))
                .contains(ProofCollectionError.LOCK_SCRIPT_COUNT_MISMATCH);
        assertThat(TransactionValidity.errorOf(kernel, collection(hash, path, 2, 2)))
                .contains(ProofCollectionError.TYPE_SCRIPT_COUNT_MISMATCH);
        assertThat(TransactionValidity.errorOf(kernel, collection(hash, path, 3, 0)))
                .contains(ProofCollectionError.LOCK_SCRIPT_COUNT_MISMATCH);
    }

    @Test
    void aLinkProofNamesTheProgramOfSingleProofs() {
        LinkKernel link = new LinkKernel(kernel, List.of(new AdditionRecord(TYPE)));
        Digest singleProof =
                Digest.fromHex("a084f6941fccdfc324bbea82a5dcbf83c0927ccfadce224501873bb540dfd95f2bf67e9008c9478d");

        delta.verdict(link, proof(9));

        assertThat(claims)
                .containsExactly(new Claim(
                        Digest.fromHex(
                                "ddbe75d990cfe81d3cba18ec37879f694a2ab280b1f49f89a21270b652eabbf02cde66414ef6d7bc"),
                        8,
                        elements(TransactionHash.of(link).reversed(), singleProof.reversed()),
                        elements(singleProof)));
        assertThat(proofs).containsExactly(proof(9));
    }

    @Test
    void linkTransactionsOfEarlierRulesAreNotValid() {
        assertThat(new TransactionValidity(ConsensusRuleSet.HARDFORK_GAMMA, new MockProofs())
                        .verdict(new LinkKernel(kernel, List.of()), MockProofs.VALID))
                .isEqualTo(ProofVerdict.INVALID);
    }

    private ProofCollection collection(Digest kernelMastHash) {
        return collection(kernelMastHash, mergeBitPath(false), 2, 1);
    }

    private static ProofCollection collection(
            Digest kernelMastHash, List<Digest> mergeBitPath, int lockProofs, int typeProofs) {
        return new ProofCollection(
                proof(1),
                proof(2),
                List.of(proof(31), proof(32), proof(33)).subList(0, lockProofs),
                proof(4),
                proof(5),
                List.of(proof(61), proof(62)).subList(0, typeProofs),
                List.of(LOCK_1, LOCK_2),
                List.of(TYPE),
                kernelMastHash,
                INPUTS,
                OUTPUTS,
                mergeBitPath);
    }

    /** The way from the last of a kernel's eight fields, whose hashes are here computed anew. */
    private List<Digest> mergeBitPath(boolean mergeBit) {
        TransactionKernel of = kernels.kernel(mergeBit);
        MerkleTree tree = MerkleTree.of(List.of(
                leaf(0),
                Tip5.hashVarlen(new FieldWriter()
                        .element(1)
                        .digest(of.outputs().getFirst().canonicalCommitment())
                        .toElements()),
                leaf(0),
                Tip5.hashVarlen(
                        new FieldWriter().u128(of.fee().high(), of.fee().low()).toElements()),
                leaf(0),
                leaf(of.timestamp().millis()),
                Tip5.hashVarlen(elements(of.mutatorSetHash())),
                leaf(mergeBit ? 1 : 0)));
        assertThat(tree.root()).isEqualTo(TransactionHash.of(of));
        return tree.authenticationPath(7);
    }

    private static Digest leaf(long element) {
        return Tip5.hashVarlen(BFieldElements.of(element));
    }

    private static BFieldElements elements(Digest... digests) {
        FieldWriter out = new FieldWriter();
        List.of(digests).forEach(out::digest);
        return out.toElements();
    }

    private static Proof proof(long number) {
        return new Proof(BFieldElements.of(number));
    }
}
