package proteus.domain.consensus;

import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockEncoding;
import proteus.domain.block.BlockHash;
import proteus.domain.block.Claim;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.transaction.TransactionHash;
import proteus.domain.transaction.TransactionKernel;

/**
 * What the proof of a block has to show.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block_program.rs} and {@code single_proof.rs}; protocol page "consensus",
 * section 3.6.
 */
public final class BlockClaims {

    private static final Digest BLOCK_PROGRAM_BEFORE_GAMMA =
            Digest.fromHex("72d46afed8a1bf162814a432cf1ebe0f16a1cdb84bd339badc6fbd499172c3474c285dd0d5ba4e0c");
    private static final Digest BLOCK_PROGRAM_OF_GAMMA =
            Digest.fromHex("f87bda68a0959a023fd1843ca47ab72fab871a853f392fc6e3f889ef10206f89b3f8a8ec2743d78d");
    private static final Digest BLOCK_PROGRAM_OF_DELTA =
            Digest.fromHex("df05b05b64f356da179866a5858c0ca10756e62ccf603d8188952773bb6359f1f1a24f06b3eb7bfc");
    private static final Digest SINGLE_PROOF_OF_REBOOT =
            Digest.fromHex("9ed47e4aff83681ce46618c59971cc5eca2ef5a063b3f35828946f4810295871338072751af633e0");
    private static final Digest SINGLE_PROOF_OF_VERSION_1 =
            Digest.fromHex("151b31a62b85f6c4e1c792c7c1e7934ecc44430eb1209e816a47a7f0d2c10d1002f74f8cda8e4f8a");
    private static final Digest SINGLE_PROOF_OF_GAMMA =
            Digest.fromHex("54389bce28ce2eee0e8b554be47542b1da1f8f56179f0367e01d11bb5f136ac82a507451ca93b5bc");
    private static final Digest SINGLE_PROOF_OF_DELTA =
            Digest.fromHex("a084f6941fccdfc324bbea82a5dcbf83c0927ccfadce224501873bb540dfd95f2bf67e9008c9478d");

    private BlockClaims() {}

    /** That a transaction is valid under {@code rules}. In a block the kernel is the one with packed inputs. */
    public static Claim transactionValidity(ConsensusRuleSet rules, TransactionKernel kernel) {
        return new Claim(
                singleProofProgram(rules),
                rules.claimVersion(),
                elements(TransactionHash.of(kernel).reversed()),
                BFieldElements.empty());
    }

    /** That all claims of {@code appendix} are true for {@code body}. */
    public static Claim block(ConsensusRuleSet rules, BlockBody body, BlockAppendix appendix) {
        FieldWriter output = new FieldWriter();
        appendix.claims().forEach(claim -> output.digest(hash(claim)));
        return new Claim(
                blockProgram(rules),
                rules.claimVersion(),
                elements(BlockHash.ofBody(body).reversed()),
                output.toElements());
    }

    /** The hash of a claim's encoding. */
    static Digest hash(Claim claim) {
        FieldWriter out = new FieldWriter();
        BlockEncoding.write(out, claim);
        return out.hash();
    }

    private static Digest blockProgram(ConsensusRuleSet rules) {
        return switch (rules) {
            case REBOOT, HARDFORK_ALPHA, TVM_PROOF_VERSION_1, HARDFORK_BETA -> BLOCK_PROGRAM_BEFORE_GAMMA;
            case HARDFORK_GAMMA -> BLOCK_PROGRAM_OF_GAMMA;
            case HARDFORK_DELTA -> BLOCK_PROGRAM_OF_DELTA;
        };
    }

    /** The program whose proof shows a transaction valid. */
    public static Digest singleProofProgram(ConsensusRuleSet rules) {
        return switch (rules) {
            case REBOOT, HARDFORK_ALPHA -> SINGLE_PROOF_OF_REBOOT;
            case TVM_PROOF_VERSION_1, HARDFORK_BETA -> SINGLE_PROOF_OF_VERSION_1;
            case HARDFORK_GAMMA -> SINGLE_PROOF_OF_GAMMA;
            case HARDFORK_DELTA -> SINGLE_PROOF_OF_DELTA;
        };
    }

    private static BFieldElements elements(Digest digest) {
        long[] elements = new long[Digest.LENGTH];
        digest.copyTo(elements, 0);
        return BFieldElements.owning(elements);
    }
}
