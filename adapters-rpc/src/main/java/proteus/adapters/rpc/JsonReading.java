package proteus.adapters.rpc;

import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** How documents from the other end are read: within limits, and no member twice. */
final class JsonReading {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_NUMBER_LENGTH = 64;

    private JsonReading() {}

    /** Reads one member's value, which is the parser's current token, up to its end. */
    @FunctionalInterface
    interface MemberReader {
        void read(String name) throws MalformedMessageException;
    }

    /** What reads documents of at most {@code maxBytes}. */
    static JsonFactory factory(int maxBytes) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(maxBytes)
                        .maxStringLength(maxBytes)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // An error message must not show a piece of somebody's cookie.
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // UTF-8 and nothing else.
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /** Reads the object that begins at the current token. */
    static void forEachMember(JsonParser json, MemberReader reader) throws MalformedMessageException {
        requireObject(json);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            reader.read(name);
        }
    }

    /** The name of the next member; the parser moves on to its value. */
    static String nextName(JsonParser json) throws MalformedMessageException {
        require(json.nextToken() == JsonToken.PROPERTY_NAME, "an empty object where a name belongs");
        String name = json.currentName();
        json.nextToken();
        return name;
    }

    static long unsigned64(JsonParser json) throws MalformedMessageException {
        require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "no whole number where one belongs");
        BigInteger number = json.getBigIntegerValue();
        require(number.signum() >= 0 && number.bitLength() <= Long.SIZE, "a number beyond unsigned 64 bits");
        return number.longValue();
    }

    static void requireObject(JsonParser json) throws MalformedMessageException {
        require(json.currentToken() == JsonToken.START_OBJECT, "no object where one belongs");
    }

    static void require(boolean condition, String complaint) throws MalformedMessageException {
        if (!condition) {
            throw new MalformedMessageException(complaint);
        }
    }
}
