package proteus.domain.transaction.rules;

import java.util.List;
import java.util.Optional;
import proteus.domain.block.Claim;
import proteus.domain.consensus.BlockClaims;
import proteus.domain.consensus.ProofVerifier;
import proteus.domain.consensus.ProofVerifier.ProofVerdict;
import proteus.domain.hash.Digest;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.transaction.LinkKernel;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.ProofCollection;
import proteus.domain.transaction.TransactionHash;
import proteus.domain.transaction.TransactionKernel;
import proteus.domain.transaction.TransferTransactionProof;

/**
 * Whether the proof of a transaction shows it valid. No state is needed for that, only the rules that it is to keep.
 *
 * <p>Safe for use by many threads if its verifier is. Source: neptune-consensus 0.19.4; protocol page "consensus",
 * section 7.
 *
 * @param rules those of the block that the transaction is for
 * @param verifier judges the proofs
 */
public record TransactionValidity(ConsensusRuleSet rules, ProofVerifier verifier) {

    private static final Digest LINK_PROOF =
            Digest.fromHex("ddbe75d990cfe81d3cba18ec37879f694a2ab280b1f49f89a21270b652eabbf02cde66414ef6d7bc");

    /** The verdict on {@code proof} as a proof of {@code kernel}. */
    public ProofVerdict verdict(TransactionKernel kernel, TransferTransactionProof proof) {
        return switch (proof) {
            case TransferTransactionProof.SingleProof(var single) ->
                verifier.verify(BlockClaims.transactionValidity(rules, kernel), single);
            case ProofCollection collection -> verdict(kernel, collection);
        };
    }

    /** What is wrong with {@code collection} as proofs of {@code kernel} that can be seen without a verifier. */
    public static Optional<ProofCollectionError> errorOf(TransactionKernel kernel, ProofCollection collection) {
        return ProofCollectionClaims.errorOf(collection, TransactionHash.of(kernel));
    }

    private ProofVerdict verdict(TransactionKernel kernel, ProofCollection collection) {
        if (errorOf(kernel, collection).isPresent()) {
            return ProofVerdict.INVALID;
        }
        if (rules != ConsensusRuleSet.HARDFORK_DELTA) {
            // Only of these rules the programs are known.
            return ProofVerdict.NOT_VERIFIED;
        }
        for (ProofCollectionClaims.Proven proven : ProofCollectionClaims.of(collection)) {
            ProofVerdict verdict = verifier.verify(proven.claim(), proven.proof());
            if (verdict != ProofVerdict.VALID) {
                return verdict;
            }
        }
        return ProofVerdict.VALID;
    }

    /** The verdict on {@code proof} as a proof of a link transaction. Before Delta there are none, and none is valid. */
    public ProofVerdict verdict(LinkKernel link, Proof proof) {
        return rules.isAtLeast(ConsensusRuleSet.HARDFORK_DELTA)
                ? verifier.verify(linkClaim(link), proof)
                : ProofVerdict.INVALID;
    }

    private Claim linkClaim(LinkKernel link) {
        Digest singleProof = BlockClaims.singleProofProgram(rules);
        return new Claim(
                LINK_PROOF,
                rules.claimVersion(),
                ProofCollectionClaims.elements(List.of(TransactionHash.of(link).reversed(), singleProof.reversed())),
                ProofCollectionClaims.elements(List.of(singleProof)));
    }
}
