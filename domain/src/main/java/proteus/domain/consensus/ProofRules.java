package proteus.domain.consensus;

import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockProof;
import proteus.domain.block.Claim;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.transaction.Proof;

/**
 * What the appendix and the proof of a block have to keep: the numbers 1.a to 1.d.
 *
 * @param candidate the block
 * @param verifier of proofs
 */
record ProofRules(BlockCandidate candidate, ProofVerifier verifier) {

    /** The most claims in an appendix. */
    static final int MAX_CLAIMS = 500;

    BlockVerdict judge() {
        BlockAppendix appendix = candidate.block().kernel().appendix();
        if (!appendix.claims().contains(BlockClaims.transactionValidity(candidate.rules(), candidate.transaction()))) {
            return new BlockVerdict.Invalid(BlockRule.APPENDIX_MISSING_CLAIM);
        }
        if (appendix.claims().size() > MAX_CLAIMS) {
            return new BlockVerdict.Invalid(BlockRule.APPENDIX_TOO_LARGE);
        }
        return switch (candidate.block().proof()) {
            case BlockProof.Genesis(), BlockProof.Invalid() -> new BlockVerdict.Invalid(BlockRule.PROOF_QUALITY);
            case BlockProof.SingleProof(var proof) -> judge(appendix, proof);
        };
    }

    private BlockVerdict judge(BlockAppendix appendix, Proof proof) {
        // Upstream takes the rules of the claim from the body, which by then is known to agree with the header.
        long height = candidate.body().blockMmrAccumulator().leafCount();
        Claim claim = BlockClaims.block(ConsensusRuleSet.at(candidate.network(), height), candidate.body(), appendix);
        return switch (verifier.verify(claim, proof)) {
            case VALID -> new BlockVerdict.Valid();
            case INVALID -> new BlockVerdict.Invalid(BlockRule.PROOF_VALIDITY);
            case NOT_VERIFIED -> new BlockVerdict.NotVerified(claim);
        };
    }
}
