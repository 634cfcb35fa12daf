package proteus.application.wire;

import java.util.ArrayList;
import java.util.List;
import proteus.domain.field.BFieldElements;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.LinkKernel;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.ProofCollection;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;
import proteus.domain.transaction.TransactionKernelId;
import proteus.domain.transaction.TransactionProofQuality;
import proteus.domain.transaction.TransferLinkTx;
import proteus.domain.transaction.TransferTransaction;
import proteus.domain.transaction.TransferTransactionProof;

/** Transactions. Source: neptune-consensus, neptune-mempool and neptune-p2p 0.19.4. */
final class TransactionCodec {

    private static final int LEAST_LIST = 1;
    private static final int LEAST_LIST_FIXED = 8;
    private static final int LEAST_DIGEST = 5;
    private static final int LEAST_DIGEST_FIXED = 40;

    private TransactionCodec() {}

    static NativeCurrencyAmount readAmount(BincodeReader in) throws MalformedMessageException {
        U128 units = in.i128();
        return new NativeCurrencyAmount(units.high(), units.low());
    }

    static void write(BincodeWriter out, NativeCurrencyAmount amount) {
        out.i128(new U128(amount.high(), amount.low()));
    }

    static Timestamp readTimestamp(BincodeReader in) throws MalformedMessageException {
        return new Timestamp(in.fieldElement());
    }

    static void write(BincodeWriter out, Timestamp timestamp) {
        out.u64(timestamp.millis());
    }

    static TransactionKernelId readId(BincodeReader in) throws MalformedMessageException {
        return new TransactionKernelId(in.digest());
    }

    static void write(BincodeWriter out, TransactionKernelId id) {
        out.digest(id.digest());
    }

    static TransactionProofQuality readQuality(BincodeReader in) throws MalformedMessageException {
        return in.variant(2) == 0 ? TransactionProofQuality.PROOF_COLLECTION : TransactionProofQuality.SINGLE_PROOF;
    }

    static void write(BincodeWriter out, TransactionProofQuality quality) {
        out.variant(
                switch (quality) {
                    case PROOF_COLLECTION -> 0;
                    case SINGLE_PROOF -> 1;
                });
    }

    static Proof readProof(BincodeReader in) throws MalformedMessageException {
        BFieldElements elements = in.fieldElements();
        return elements.isEmpty() ? Proof.empty() : new Proof(elements);
    }

    static void write(BincodeWriter out, Proof proof) {
        out.fieldElements(proof.elements());
    }

    private static Announcement readAnnouncement(BincodeReader in) throws MalformedMessageException {
        BFieldElements message = in.fieldElements();
        return message.isEmpty() ? Announcement.empty() : new Announcement(message);
    }

    private static void write(BincodeWriter out, Announcement announcement) {
        out.fieldElements(announcement.message());
    }

    static TransactionKernel readKernel(BincodeReader in) throws MalformedMessageException {
        return new TransactionKernel(
                readInputs(in),
                in.array(
                        in.length(TransactionKernel.MAX_OUTPUTS, LEAST_DIGEST, LEAST_DIGEST_FIXED),
                        MutatorSetCodec::readAdditionRecord),
                in.array(
                        in.length(TransactionKernel.MAX_ANNOUNCEMENTS, LEAST_LIST, LEAST_LIST_FIXED),
                        TransactionCodec::readAnnouncement),
                readAmount(in),
                in.optional(TransactionCodec::readAmount),
                readTimestamp(in),
                in.digest(),
                in.bool());
    }

    static void write(BincodeWriter out, TransactionKernel kernel) {
        out.list(kernel.inputs(), MutatorSetCodec::write);
        out.list(kernel.outputs(), MutatorSetCodec::write);
        out.list(kernel.announcements(), TransactionCodec::write);
        write(out, kernel.fee());
        out.optional(kernel.coinbase(), TransactionCodec::write);
        write(out, kernel.timestamp());
        out.digest(kernel.mutatorSetHash());
        out.bool(kernel.mergeBit());
    }

    /** Only the first input may carry many chunks: packed, it carries those of all. */
    private static List<RemovalRecord> readInputs(BincodeReader in) throws MalformedMessageException {
        int size = in.length(
                TransactionKernel.MAX_INPUTS,
                MutatorSetCodec.LEAST_REMOVAL_RECORD,
                MutatorSetCodec.LEAST_REMOVAL_RECORD_FIXED);
        List<RemovalRecord> inputs = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int chunkLimit = i == 0 ? ChunkDictionary.MAX_ENTRIES : TransactionKernel.MAX_CHUNKS_OF_LATER_INPUT;
            inputs.add(MutatorSetCodec.readRemovalRecord(in, chunkLimit));
        }
        return inputs;
    }

    static TransferTransaction readTransferTransaction(BincodeReader in) throws MalformedMessageException {
        return new TransferTransaction(readKernel(in), readTransferProof(in));
    }

    static void write(BincodeWriter out, TransferTransaction transaction) {
        write(out, transaction.kernel());
        write(out, transaction.proof());
    }

    private static TransferTransactionProof readTransferProof(BincodeReader in) throws MalformedMessageException {
        return in.variant(2) == 0 ? readProofCollection(in) : new TransferTransactionProof.SingleProof(readProof(in));
    }

    private static void write(BincodeWriter out, TransferTransactionProof proof) {
        switch (proof) {
            case ProofCollection collection -> {
                out.variant(0);
                write(out, collection);
            }
            case TransferTransactionProof.SingleProof(Proof single) -> {
                out.variant(1);
                write(out, single);
            }
        }
    }

    private static ProofCollection readProofCollection(BincodeReader in) throws MalformedMessageException {
        return new ProofCollection(
                readProof(in),
                readProof(in),
                readScriptProofs(in),
                readProof(in),
                readProof(in),
                readScriptProofs(in),
                in.digests(),
                in.digests(),
                in.digest(),
                in.digest(),
                in.digest(),
                in.digests());
    }

    private static void write(BincodeWriter out, ProofCollection proofs) {
        write(out, proofs.removalRecordsIntegrity());
        write(out, proofs.collectLockScripts());
        out.list(proofs.lockScriptsHalt(), TransactionCodec::write);
        write(out, proofs.kernelToOutputs());
        write(out, proofs.collectTypeScripts());
        out.list(proofs.typeScriptsHalt(), TransactionCodec::write);
        out.digests(proofs.lockScriptHashes());
        out.digests(proofs.typeScriptHashes());
        out.digest(proofs.kernelMastHash());
        out.digest(proofs.saltedInputsHash());
        out.digest(proofs.saltedOutputsHash());
        out.digests(proofs.mergeBitMastPath());
    }

    private static List<Proof> readScriptProofs(BincodeReader in) throws MalformedMessageException {
        return in.array(
                in.length(ProofCollection.MAX_SCRIPT_PROOFS, LEAST_LIST, LEAST_LIST_FIXED),
                TransactionCodec::readProof);
    }

    static TransferLinkTx readTransferLinkTx(BincodeReader in) throws MalformedMessageException {
        LinkKernel kernel = new LinkKernel(
                readKernel(in), in.list(LEAST_DIGEST, LEAST_DIGEST_FIXED, MutatorSetCodec::readAdditionRecord));
        return new TransferLinkTx(kernel, readProof(in));
    }

    static void write(BincodeWriter out, TransferLinkTx transaction) {
        write(out, transaction.kernel().kernel());
        out.list(transaction.kernel().thruputs(), MutatorSetCodec::write);
        write(out, transaction.proof());
    }
}
