package proteus.adapters.rpc;

import java.util.List;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockPow;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import tools.jackson.core.JsonGenerator;

/** What networks and block headers look like. Source: neptune-consensus 0.19.4, derived by serde. */
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

    private static void writeLimbs(JsonGenerator json, U32Sequence limbs) {
        json.writeStartArray();
        for (int i = 0; i < limbs.size(); i++) {
            json.writeNumber(limbs.valueAt(i));
        }
        json.writeEndArray();
    }

    private static void writeUnsigned(JsonGenerator json, String name, long bits) {
        json.writeName(name).writeNumber(Long.toUnsignedString(bits));
    }
}
