package proteus.adapters.rpc.http;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** A JSON value that was read, of a document whose length has a limit. */
sealed interface JsonTree {

    /** Nothing. */
    record Null() implements JsonTree {}

    /** True or false. */
    record Truth(boolean value) implements JsonTree {}

    /** An integer, of any size and sign. */
    record Whole(BigInteger value) implements JsonTree {}

    /** A number with a point or an exponent, as it was written. */
    record Fraction(String digits) implements JsonTree {}

    /** A string. */
    record Text(String value) implements JsonTree {}

    /** A list. */
    record Items(List<JsonTree> values) implements JsonTree {}

    /** An object; of members with the same name the last one counts. */
    record Members(Map<String, JsonTree> values) implements JsonTree {}

    /** Writes the same value. */
    default void writeTo(JsonGenerator json) {
        switch (this) {
            case Null() -> json.writeNull();
            case Truth(boolean value) -> json.writeBoolean(value);
            case Whole(BigInteger value) -> json.writeNumber(value);
            case Fraction(String digits) -> json.writeNumber(digits);
            case Text(String value) -> json.writeString(value);
            case Items(List<JsonTree> values) -> {
                json.writeStartArray();
                values.forEach(value -> value.writeTo(json));
                json.writeEndArray();
            }
            case Members(Map<String, JsonTree> values) -> {
                json.writeStartObject();
                values.forEach((name, value) -> {
                    json.writeName(name);
                    value.writeTo(json);
                });
                json.writeEndObject();
            }
        }
    }
}
