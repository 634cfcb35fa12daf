package proteus.application.wire.json;

import java.util.List;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.ProofCollection;
import proteus.domain.transaction.TransferTransactionProof;

/** What makes a transaction believable. Source: neptune-consensus and neptune-p2p 0.19.4. */
final class ProofCollectionJson {

    private ProofCollectionJson() {}

    static TransferTransactionProof readTransferProof(JsonReader in) throws MalformedMessageException {
        JsonVariant variant = in.variant();
        return switch (variant.name()) {
            case "ProofCollection" -> variant.payload(ProofCollectionJson::readCollection);
            case "SingleProof" -> new TransferTransactionProof.SingleProof(variant.payload(TransactionJson::readProof));
            default -> throw in.fault(Reason.UNKNOWN_VARIANT);
        };
    }

    static void write(JsonWriter out, TransferTransactionProof proof) {
        switch (proof) {
            case ProofCollection collection ->
                out.variant("ProofCollection", collection, ProofCollectionJson::writeCollection);
            case TransferTransactionProof.SingleProof(Proof single) ->
                out.variant("SingleProof", single, TransactionJson::write);
        }
    }

    private static ProofCollection readCollection(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var removalRecordsIntegrity = members.member("removal_records_integrity", TransactionJson::readProof);
        var collectLockScripts = members.member("collect_lock_scripts", TransactionJson::readProof);
        var lockScriptsHalt = members.member("lock_scripts_halt", ProofCollectionJson::readScriptProofs);
        var kernelToOutputs = members.member("kernel_to_outputs", TransactionJson::readProof);
        var collectTypeScripts = members.member("collect_type_scripts", TransactionJson::readProof);
        var typeScriptsHalt = members.member("type_scripts_halt", ProofCollectionJson::readScriptProofs);
        var lockScriptHashes = members.member("lock_script_hashes", JsonReader::digests);
        var typeScriptHashes = members.member("type_script_hashes", JsonReader::digests);
        var kernelMastHash = members.member("kernel_mast_hash", JsonReader::digest);
        var saltedInputsHash = members.member("salted_inputs_hash", JsonReader::digest);
        var saltedOutputsHash = members.member("salted_outputs_hash", JsonReader::digest);
        var mergeBitMastPath = members.member("merge_bit_mast_path", JsonReader::digests);
        members.read();
        return new ProofCollection(
                removalRecordsIntegrity.value(),
                collectLockScripts.value(),
                lockScriptsHalt.value(),
                kernelToOutputs.value(),
                collectTypeScripts.value(),
                typeScriptsHalt.value(),
                lockScriptHashes.value(),
                typeScriptHashes.value(),
                kernelMastHash.value(),
                saltedInputsHash.value(),
                saltedOutputsHash.value(),
                mergeBitMastPath.value());
    }

    private static void writeCollection(JsonWriter out, ProofCollection proofs) {
        out.startObject();
        out.member("removal_records_integrity", proofs.removalRecordsIntegrity(), TransactionJson::write);
        out.member("collect_lock_scripts", proofs.collectLockScripts(), TransactionJson::write);
        out.member("lock_scripts_halt", proofs.lockScriptsHalt(), ProofCollectionJson::writeScriptProofs);
        out.member("kernel_to_outputs", proofs.kernelToOutputs(), TransactionJson::write);
        out.member("collect_type_scripts", proofs.collectTypeScripts(), TransactionJson::write);
        out.member("type_scripts_halt", proofs.typeScriptsHalt(), ProofCollectionJson::writeScriptProofs);
        out.member("lock_script_hashes", proofs.lockScriptHashes(), JsonWriter::digests);
        out.member("type_script_hashes", proofs.typeScriptHashes(), JsonWriter::digests);
        out.member("kernel_mast_hash", proofs.kernelMastHash(), JsonWriter::digest);
        out.member("salted_inputs_hash", proofs.saltedInputsHash(), JsonWriter::digest);
        out.member("salted_outputs_hash", proofs.saltedOutputsHash(), JsonWriter::digest);
        out.member("merge_bit_mast_path", proofs.mergeBitMastPath(), JsonWriter::digests);
        out.endObject();
    }

    private static List<Proof> readScriptProofs(JsonReader in) throws MalformedMessageException {
        return in.list(ProofCollection.MAX_SCRIPT_PROOFS, TransactionJson::readProof);
    }

    private static void writeScriptProofs(JsonWriter out, List<Proof> proofs) {
        out.list(proofs, TransactionJson::write);
    }
}
