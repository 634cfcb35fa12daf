package proteus.adapters.rpc;

import java.util.List;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockPow;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.NativeCurrencyAmount;
import tools.jackson.core.JsonGenerator;

/** What networks, block headers, amounts and announcements look like. Source: neptune-consensus 0.19.4, derived by serde. */
final class ChainJson {

    private ChainJson() {}

    static void writeNetwork(JsonGenerator json, Network network) {
        switch (network) {
            case Network.Main() -> json.writeString("Main");
            case Network.TestnetMock() -> json.writeString("TestnetMock");
            case Network.RegTest() -> json.writeString("RegTest");
            case Network.Testnet(int number) ->
                json.writeStartObject().writeNumberProperty("Testnet", number).writeEndObject();
        }
    }

    static void writeHeader(JsonGenerator json, BlockHeader header) {
        json.writeStartObject();
        writeUnsigned(json, "version", header.version());
        writeUnsigned(json, "height", header.height().value());
        json.writeStringProperty("prev_block_digest", header.prevBlockDigest().toHex());
        writeUnsigned(json, "timestamp", header.timestamp().millis());
        json.writeName("pow");
        writePow(json, header.pow());
        json.writeName("cumulative_proof_of_work");
        writeLimbs(json, header.cumulativeProofOfWork().limbs());
        json.writeName("difficulty");
        writeLimbs(json, header.difficulty().limbs());
        json.writeName("guesser_receiver_data");
        writeGuesserReceiverData(json, header.guesserReceiverData());
        json.writeEndObject();
    }

    private static void writePow(JsonGenerator json, BlockPow pow) {
        json.writeStartObject();
        json.writeStringProperty("root", pow.root().toHex());
        json.writeName("path_a");
        writeDigests(json, pow.pathA());
        json.writeName("path_b");
        writeDigests(json, pow.pathB());
        json.writeStringProperty("nonce", pow.nonce().toHex());
        json.writeEndObject();
    }

    private static void writeGuesserReceiverData(JsonGenerator json, GuesserReceiverData receiver) {
        json.writeStartObject();
        json.writeStringProperty("receiver_digest", receiver.receiverDigest().toHex());
        json.writeStringProperty("lock_script_hash", receiver.lockScriptHash().toHex());
        json.writeEndObject();
    }

    static void writeDigests(JsonGenerator json, List<Digest> digests) {
        json.writeStartArray();
        digests.forEach(digest -> json.writeString(digest.toHex()));
        json.writeEndArray();
    }

    static void writeLimbs(JsonGenerator json, U32Sequence limbs) {
        json.writeStartArray();
        for (int i = 0; i < limbs.size(); i++) {
            json.writeNumber(limbs.valueAt(i));
        }
        json.writeEndArray();
    }

    static void writeUnsigned(JsonGenerator json, String name, long bits) {
        json.writeName(name).writeNumber(Long.toUnsignedString(bits));
    }

    /** In the smallest unit, as a number that may need 128 bits. */
    static void writeAmount(JsonGenerator json, NativeCurrencyAmount amount) {
        json.writeNumber(amount.toUnits());
    }

    static void writeAnnouncements(JsonGenerator json, List<Announcement> announcements) {
        json.writeStartArray();
        for (Announcement announcement : announcements) {
            BFieldElements message = announcement.message();
            json.writeStartObject().writeName("message").writeStartArray();
            for (int i = 0; i < message.size(); i++) {
                json.writeNumber(Long.toUnsignedString(message.at(i)));
            }
            json.writeEndArray().writeEndObject();
        }
        json.writeEndArray();
    }
}
