package proteus.application.wire.json;

import java.util.ArrayList;
import java.util.List;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.field.BFieldElements;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.LinkKernel;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;
import proteus.domain.transaction.TransactionKernelId;
import proteus.domain.transaction.TransactionProofQuality;
import proteus.domain.transaction.TransferLinkTx;
import proteus.domain.transaction.TransferTransaction;

/** Transactions. Source: neptune-consensus, neptune-mempool and neptune-p2p 0.19.4. */
final class TransactionJson {

    private TransactionJson() {}

    static NativeCurrencyAmount readAmount(JsonReader in) throws MalformedMessageException {
        return NativeCurrencyAmount.ofUnits(in.i128());
    }

    static void write(JsonWriter out, NativeCurrencyAmount amount) {
        out.integer(amount.toUnits());
    }

    static Timestamp readTimestamp(JsonReader in) throws MalformedMessageException {
        return new Timestamp(in.fieldElement());
    }

    static void write(JsonWriter out, Timestamp timestamp) {
        out.u64(timestamp.millis());
    }

    static TransactionKernelId readId(JsonReader in) throws MalformedMessageException {
        return new TransactionKernelId(in.digest());
    }

    static void write(JsonWriter out, TransactionKernelId id) {
        out.digest(id.digest());
    }

    static TransactionProofQuality readQuality(JsonReader in) throws MalformedMessageException {
        JsonVariant variant = in.variant();
        return switch (variant.name()) {
            case "ProofCollection" -> variant.unit(TransactionProofQuality.PROOF_COLLECTION);
            case "SingleProof" -> variant.unit(TransactionProofQuality.SINGLE_PROOF);
            default -> throw in.fault(Reason.UNKNOWN_VARIANT);
        };
    }

    static void write(JsonWriter out, TransactionProofQuality quality) {
        out.variant(
                switch (quality) {
                    case PROOF_COLLECTION -> "ProofCollection";
                    case SINGLE_PROOF -> "SingleProof";
                });
    }

    static Proof readProof(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var proof = members.member("proof", NumberLists::fieldElements);
        members.read();
        BFieldElements elements = proof.value();
        return elements.isEmpty() ? Proof.empty() : new Proof(elements);
    }

    static void write(JsonWriter out, Proof proof) {
        out.startObject();
        out.member("proof", proof.elements(), JsonWriter::fieldElements);
        out.endObject();
    }

    private static Announcement readAnnouncement(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var message = members.member("message", NumberLists::fieldElements);
        members.read();
        BFieldElements elements = message.value();
        return elements.isEmpty() ? Announcement.empty() : new Announcement(elements);
    }

    private static void write(JsonWriter out, Announcement announcement) {
        out.startObject();
        out.member("message", announcement.message(), JsonWriter::fieldElements);
        out.endObject();
    }

    static TransactionKernel readKernel(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var inputs = members.member("inputs", TransactionJson::readInputs);
        var outputs = members.member(
                "outputs", reader -> reader.list(TransactionKernel.MAX_OUTPUTS, MutatorSetJson::readAdditionRecord));
        var announcements = members.member(
                "announcements",
                reader -> reader.list(TransactionKernel.MAX_ANNOUNCEMENTS, TransactionJson::readAnnouncement));
        var fee = members.member("fee", TransactionJson::readAmount);
        var coinbase = members.optional("coinbase", TransactionJson::readAmount);
        var timestamp = members.member("timestamp", TransactionJson::readTimestamp);
        var mutatorSetHash = members.member("mutator_set_hash", JsonReader::digest);
        var mergeBit = members.member("merge_bit", JsonReader::bool);
        members.read();
        return new TransactionKernel(
                inputs.value(),
                outputs.value(),
                announcements.value(),
                fee.value(),
                coinbase.value(),
                timestamp.value(),
                mutatorSetHash.value(),
                mergeBit.value());
    }

    static void write(JsonWriter out, TransactionKernel kernel) {
        out.startObject();
        out.member("inputs", kernel.inputs(), (o, inputs) -> o.list(inputs, MutatorSetJson::write));
        out.member("outputs", kernel.outputs(), (o, outputs) -> o.list(outputs, MutatorSetJson::write));
        out.member("announcements", kernel.announcements(), (o, all) -> o.list(all, TransactionJson::write));
        out.member("fee", kernel.fee(), TransactionJson::write);
        out.member("coinbase", kernel.coinbase(), (o, coinbase) -> o.optional(coinbase, TransactionJson::write));
        out.member("timestamp", kernel.timestamp(), TransactionJson::write);
        out.member("mutator_set_hash", kernel.mutatorSetHash(), JsonWriter::digest);
        out.member("merge_bit", kernel.mergeBit(), JsonWriter::bool);
        out.endObject();
    }

    /** Only the first input may carry many chunks: packed, it carries those of all. */
    private static List<RemovalRecord> readInputs(JsonReader in) throws MalformedMessageException {
        in.startArray();
        List<RemovalRecord> inputs = new ArrayList<>();
        while (in.hasNext(inputs.size(), TransactionKernel.MAX_INPUTS)) {
            int chunkLimit =
                    inputs.isEmpty() ? ChunkDictionary.MAX_ENTRIES : TransactionKernel.MAX_CHUNKS_OF_LATER_INPUT;
            inputs.add(MutatorSetJson.readRemovalRecord(in, chunkLimit));
        }
        return inputs;
    }

    static TransferTransaction readTransferTransaction(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var kernel = members.member("kernel", TransactionJson::readKernel);
        var proof = members.member("proof", ProofCollectionJson::readTransferProof);
        members.read();
        return new TransferTransaction(kernel.value(), proof.value());
    }

    static void write(JsonWriter out, TransferTransaction transaction) {
        out.startObject();
        out.member("kernel", transaction.kernel(), TransactionJson::write);
        out.member("proof", transaction.proof(), ProofCollectionJson::write);
        out.endObject();
    }

    static TransferLinkTx readTransferLinkTx(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var kernel = members.member("kernel", TransactionJson::readLinkKernel);
        var proof = members.member("proof", TransactionJson::readProof);
        members.read();
        return new TransferLinkTx(kernel.value(), proof.value());
    }

    static void write(JsonWriter out, TransferLinkTx transaction) {
        out.startObject();
        out.member("kernel", transaction.kernel(), TransactionJson::write);
        out.member("proof", transaction.proof(), TransactionJson::write);
        out.endObject();
    }

    private static LinkKernel readLinkKernel(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var kernel = members.member("kernel", TransactionJson::readKernel);
        var thruputs = members.member("thruputs", reader -> reader.list(MutatorSetJson::readAdditionRecord));
        members.read();
        return new LinkKernel(kernel.value(), thruputs.value());
    }

    private static void write(JsonWriter out, LinkKernel kernel) {
        out.startObject();
        out.member("kernel", kernel.kernel(), TransactionJson::write);
        out.member("thruputs", kernel.thruputs(), (o, thruputs) -> o.list(thruputs, MutatorSetJson::write));
        out.endObject();
    }
}
