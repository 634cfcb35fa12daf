package proteus.domain.transaction;

import java.util.List;
import proteus.domain.hash.Digest;

/**
 * The separate proofs that together show a transaction valid, before they are merged into one.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code proof_collection.rs}.
 *
 * @param removalRecordsIntegrity shows the inputs well-formed
 * @param collectLockScripts shows which lock scripts the inputs have
 * @param lockScriptsHalt one for each lock script; at most {@value #MAX_SCRIPT_PROOFS}
 * @param kernelToOutputs shows which outputs the kernel has
 * @param collectTypeScripts shows which type scripts occur
 * @param typeScriptsHalt one for each type script; at most {@value #MAX_SCRIPT_PROOFS}
 * @param lockScriptHashes the lock scripts, any number
 * @param typeScriptHashes the type scripts, any number
 * @param kernelMastHash the MAST hash of the kernel that all of this is about
 * @param saltedInputsHash hides the inputs
 * @param saltedOutputsHash hides the outputs
 * @param mergeBitMastPath the path of the merge bit in the kernel's MAST, leaf level first
 */
public record ProofCollection(
        Proof removalRecordsIntegrity,
        Proof collectLockScripts,
        List<Proof> lockScriptsHalt,
        Proof kernelToOutputs,
        Proof collectTypeScripts,
        List<Proof> typeScriptsHalt,
        List<Digest> lockScriptHashes,
        List<Digest> typeScriptHashes,
        Digest kernelMastHash,
        Digest saltedInputsHash,
        Digest saltedOutputsHash,
        List<Digest> mergeBitMastPath)
        implements TransferTransactionProof {

    /** The most proofs that upstream decodes in either list of proofs. */
    public static final int MAX_SCRIPT_PROOFS = 32_768;

    public ProofCollection {
        if (lockScriptsHalt.size() > MAX_SCRIPT_PROOFS || typeScriptsHalt.size() > MAX_SCRIPT_PROOFS) {
            throw new IllegalArgumentException("too many script proofs: " + lockScriptsHalt.size()
                    + " of lock scripts, " + typeScriptsHalt.size() + " of type scripts, limit " + MAX_SCRIPT_PROOFS);
        }
        lockScriptsHalt = List.copyOf(lockScriptsHalt);
        typeScriptsHalt = List.copyOf(typeScriptsHalt);
        lockScriptHashes = List.copyOf(lockScriptHashes);
        typeScriptHashes = List.copyOf(typeScriptHashes);
        mergeBitMastPath = List.copyOf(mergeBitMastPath);
    }
}
