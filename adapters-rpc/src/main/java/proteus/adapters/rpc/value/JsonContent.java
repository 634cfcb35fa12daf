package proteus.adapters.rpc.value;

import tools.jackson.core.JsonGenerator;

/** One JSON value that can be written. */
@FunctionalInterface
public interface JsonContent {

    /** The value {@code null}. */
    JsonContent NULL = JsonGenerator::writeNull;

    /** Writes exactly one value. */
    void writeTo(JsonGenerator json);

    /** An array of nothing. */
    static JsonContent emptyArray() {
        return json -> json.writeStartArray().writeEndArray();
    }

    /** A whole number. */
    static JsonContent whole(long number) {
        return json -> json.writeNumber(number);
    }

    /** A string. */
    static JsonContent text(String text) {
        return json -> json.writeString(text);
    }
}
