package proteus.domain.transaction.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.block.Claim;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MerkleTree;
import proteus.domain.hash.Tip5;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.ProofCollection;

/**
 * What the proofs of a {@link ProofCollection} have to show, and what of it needs no proof.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code proof_collection.rs}; protocol page "consensus", sections 3.6 and 7.
 */
final class ProofCollectionClaims {

    private static final Digest REMOVAL_RECORDS_INTEGRITY =
            Digest.fromHex("e8f3b005318d3cdfa22a8e73c363a3c54a027b41eb1200e2b3fbd191fa4fbf9b5ea35d69d50f0604");
    private static final Digest KERNEL_TO_OUTPUTS =
            Digest.fromHex("74e12c483cfd1c57a76bfaafa2ea2b92177103367b9cdc0ab2bd3491c051599fbbaef1b77cc00c75");
    private static final Digest COLLECT_LOCK_SCRIPTS =
            Digest.fromHex("7b608d9bbe5b5dc9f3f25af57ebb5a26302e404d0485d8b87abe74d9b339921493922b685efad062");
    private static final Digest COLLECT_TYPE_SCRIPTS =
            Digest.fromHex("e225dd7103d93eda3b674d9a6bcb3da0d67fbd7d0026d2b5e85178f95f1dc04a18be2e9fbe31ffa8");

    /** Where the merge bit stands in the tree over a kernel's fields, and how high that is. */
    private static final long MERGE_BIT_LEAF = 7;

    private static final int KERNEL_HEIGHT = 3;

    private static final Digest FALSE = Tip5.hashVarlen(BFieldElements.of(0));

    private ProofCollectionClaims() {}

    /** A claim and the proof that has to show it. */
    record Proven(Claim claim, Proof proof) {}

    /** What is wrong with {@code collection} before any proof is looked at. */
    static Optional<ProofCollectionError> errorOf(ProofCollection collection, Digest kernelMastHash) {
        if (!collection.kernelMastHash().equals(kernelMastHash)) {
            return Optional.of(ProofCollectionError.KERNEL_MAST_HASH_MISMATCH);
        }
        if (!MerkleTree.includes(
                KERNEL_HEIGHT, Map.of(MERGE_BIT_LEAF, FALSE), collection.mergeBitMastPath(), kernelMastHash)) {
            return Optional.of(ProofCollectionError.MERGE_BIT_NOT_SHOWN_FALSE);
        }
        if (collection.lockScriptsHalt().size() != collection.lockScriptHashes().size()) {
            return Optional.of(ProofCollectionError.LOCK_SCRIPT_COUNT_MISMATCH);
        }
        return collection.typeScriptsHalt().size()
                        == collection.typeScriptHashes().size()
                ? Optional.empty()
                : Optional.of(ProofCollectionError.TYPE_SCRIPT_COUNT_MISMATCH);
    }

    /**
     * The claims in upstream's order.
     *
     * @param collection without {@link #errorOf error}
     */
    static List<Proven> of(ProofCollection collection) {
        Digest kernel = collection.kernelMastHash().reversed();
        Digest inputs = collection.saltedInputsHash();
        Digest outputs = collection.saltedOutputsHash();
        BFieldElements scriptInput = elements(List.of(kernel, inputs.reversed(), outputs.reversed()));
        List<Proven> all = new ArrayList<>();
        all.add(new Proven(
                claim(REMOVAL_RECORDS_INTEGRITY, elements(List.of(kernel)), List.of(inputs)),
                collection.removalRecordsIntegrity()));
        all.add(new Proven(
                claim(KERNEL_TO_OUTPUTS, elements(List.of(kernel)), List.of(outputs)), collection.kernelToOutputs()));
        all.add(new Proven(
                claim(COLLECT_LOCK_SCRIPTS, elements(List.of(inputs.reversed())), collection.lockScriptHashes()),
                collection.collectLockScripts()));
        all.add(new Proven(
                claim(
                        COLLECT_TYPE_SCRIPTS,
                        elements(List.of(inputs.reversed(), outputs.reversed())),
                        collection.typeScriptHashes()),
                collection.collectTypeScripts()));
        for (int i = 0; i < collection.lockScriptHashes().size(); i++) {
            all.add(new Proven(
                    claim(collection.lockScriptHashes().get(i), elements(List.of(kernel)), List.of()),
                    collection.lockScriptsHalt().get(i)));
        }
        for (int i = 0; i < collection.typeScriptHashes().size(); i++) {
            all.add(new Proven(
                    claim(collection.typeScriptHashes().get(i), scriptInput, List.of()),
                    collection.typeScriptsHalt().get(i)));
        }
        return all;
    }

    private static Claim claim(Digest program, BFieldElements input, List<Digest> output) {
        return new Claim(program, ConsensusRuleSet.HARDFORK_DELTA.claimVersion(), input, elements(output));
    }

    static BFieldElements elements(List<Digest> digests) {
        FieldWriter out = new FieldWriter();
        digests.forEach(out::digest);
        return out.toElements();
    }
}
