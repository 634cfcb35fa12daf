package proteus.adapters.rpc.http;

import java.util.HexFormat;
import java.util.List;
import proteus.adapters.rpc.value.JsonContent;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.TransactionKernel;
import tools.jackson.core.JsonGenerator;

/**
 * What transaction kernels, and the values that they are made of, look like. Source: neptune-rpc-api 0.19.4, {@code
 * transaction_kernel.rs}.
 */
final class TransactionKernelJson {

    private TransactionKernelJson() {}

    static void write(JsonGenerator json, TransactionKernel kernel) {
        json.writeStartObject();
        json.writeName("inputs").writeStartArray();
        kernel.inputs().forEach(input -> writeInput(json, input));
        json.writeEndArray();
        json.writeName("outputs").writeStartArray();
        kernel.outputs().forEach(output -> writeDigest(json, output.canonicalCommitment()));
        json.writeEndArray();
        json.writeName("announcements");
        writeAnnouncements(json, kernel.announcements());
        json.writeStringProperty("fee", kernel.fee().toString());
        json.writeName("coinbase");
        kernel.coinbase()
                .map(coinbase -> JsonContent.text(coinbase.toString()))
                .orElse(JsonContent.NULL)
                .writeTo(json);
        writeUnsigned(json, "timestamp", kernel.timestamp().millis());
        json.writeName("mutatorSetHash");
        writeDigest(json, kernel.mutatorSetHash());
        json.writeBooleanProperty("mergeBit", kernel.mergeBit());
        json.writeEndObject();
    }

    static void writeAnnouncements(JsonGenerator json, List<Announcement> announcements) {
        json.writeStartArray();
        announcements.forEach(announcement -> writeElements(json, announcement.message()));
        json.writeEndArray();
    }

    private static void writeInput(JsonGenerator json, RemovalRecord input) {
        AbsoluteIndexSet indices = input.absoluteIndices();
        json.writeStartObject();
        json.writeName("absoluteIndices").writeStartObject();
        json.writeName("minimum").writeNumber(indices.minimum());
        json.writeName("distances");
        writeWords(json, indices.distances());
        json.writeEndObject();
        json.writeName("targetChunks").writeStartArray();
        input.targetChunks().entries().forEach(entry -> writeChunk(json, entry));
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Unlike all others, these have snake-case names. */
    private static void writeChunk(JsonGenerator json, ChunkDictionary.Entry entry) {
        json.writeStartObject();
        writeUnsigned(json, "chunk_index", entry.key());
        json.writeName("authentication_path");
        writeDigests(json, entry.membershipProof().authenticationPath());
        json.writeName("chunk");
        writeWords(json, entry.chunk().relativeIndices());
        json.writeEndObject();
    }

    static void writeDigest(JsonGenerator json, Digest digest) {
        json.writeString(digest.toHex());
    }

    static void writeDigests(JsonGenerator json, List<Digest> digests) {
        json.writeStartArray();
        digests.forEach(digest -> writeDigest(json, digest));
        json.writeEndArray();
    }

    /** Each element as sixteen digits, the most significant first, which is not how digests are written. */
    static void writeElements(JsonGenerator json, BFieldElements elements) {
        StringBuilder text = new StringBuilder(2 + 16 * elements.size()).append("0x");
        for (int i = 0; i < elements.size(); i++) {
            text.append(HexFormat.of().toHexDigits(elements.at(i)));
        }
        json.writeString(text.toString());
    }

    static void writeWords(JsonGenerator json, U32Sequence words) {
        json.writeStartArray();
        for (int i = 0; i < words.size(); i++) {
            json.writeNumber(words.valueAt(i));
        }
        json.writeEndArray();
    }

    static void writeUnsigned(JsonGenerator json, String name, long bits) {
        json.writeName(name).writeNumber(Long.toUnsignedString(bits));
    }
}
