package proteus.application.wire.json;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ByteSequence;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes JSON to the byte as serde_json 1.0 writes it. For one thread at a time. */
final class JsonWriter implements AutoCloseable {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private final BoundedBytes bytes;
    private final JsonGenerator json;

    /** A writer of at most {@code limit} bytes; one more, and a method throws {@link IllegalArgumentException}. */
    JsonWriter(int limit) {
        this.bytes = new BoundedBytes(limit);
        this.json = JSON.createGenerator(ObjectWriteContext.empty(), bytes);
    }

    /** Writes one value of type {@code T}. */
    @FunctionalInterface
    interface Element<T> {
        void write(JsonWriter out, T value);
    }

    /** All that was written. */
    byte[] toByteArray() {
        json.flush();
        return bytes.toByteArray();
    }

    void startObject() {
        json.writeStartObject();
    }

    <T> void member(String name, T value, Element<T> element) {
        json.writeName(name);
        element.write(this, value);
    }

    void endObject() {
        json.writeEndObject();
    }

    /** A variant of an enum that carries nothing. */
    void variant(String name) {
        json.writeString(name);
    }

    /** A variant of an enum that carries {@code value}. */
    <T> void variant(String name, T value, Element<T> element) {
        startObject();
        member(name, value, element);
        endObject();
    }

    void bool(boolean value) {
        json.writeBoolean(value);
    }

    /** A number that is not negative. */
    void number(int value) {
        json.writeNumber(value);
    }

    /** The unsigned 32-bit integer of these bits. */
    void u32(int bits) {
        json.writeNumber(Integer.toUnsignedLong(bits));
    }

    /** The unsigned 64-bit integer of these bits. */
    void u64(long bits) {
        if (bits >= 0) {
            json.writeNumber(bits);
        } else {
            json.writeNumber(Long.toUnsignedString(bits));
        }
    }

    /** The unsigned 128-bit integer of these bits. */
    void u128(long high, long low) {
        if (high == 0) {
            u64(low);
        } else {
            BigInteger unsigned = new BigInteger(Long.toUnsignedString(high)).shiftLeft(Long.SIZE);
            integer(unsigned.add(new BigInteger(Long.toUnsignedString(low))));
        }
    }

    void integer(BigInteger value) {
        json.writeNumber(value);
    }

    /** A list of two elements. */
    <A, B> void pair(A one, Element<A> first, B other, Element<B> second) {
        json.writeStartArray();
        first.write(this, one);
        second.write(this, other);
        json.writeEndArray();
    }

    void text(String text) {
        json.writeString(text);
    }

    void digest(Digest digest) {
        json.writeString(digest.toHex());
    }

    <T> void optional(Optional<T> value, Element<T> element) {
        if (value.isPresent()) {
            element.write(this, value.get());
        } else {
            json.writeNull();
        }
    }

    <T> void list(List<T> values, Element<T> element) {
        json.writeStartArray();
        for (T value : values) {
            element.write(this, value);
        }
        json.writeEndArray();
    }

    void digests(List<Digest> digests) {
        list(digests, JsonWriter::digest);
    }

    void fieldElements(BFieldElements elements) {
        json.writeStartArray();
        for (int i = 0; i < elements.size(); i++) {
            u64(elements.at(i));
        }
        json.writeEndArray();
    }

    void words(U32Sequence words) {
        json.writeStartArray();
        for (int i = 0; i < words.size(); i++) {
            u32(words.at(i));
        }
        json.writeEndArray();
    }

    void bytes(ByteSequence sequence) {
        json.writeStartArray();
        for (int i = 0; i < sequence.size(); i++) {
            number(Byte.toUnsignedInt(sequence.at(i)));
        }
        json.writeEndArray();
    }

    /** Gives the generator's buffers back. */
    @Override
    public void close() {
        json.close();
    }
}
