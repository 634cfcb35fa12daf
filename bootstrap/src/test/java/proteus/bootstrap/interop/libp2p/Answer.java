package proteus.bootstrap.interop.libp2p;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The one line of JSON that a dialler prints: a flat object.
 *
 * @param members strings, numbers, booleans, and lists of them, by name
 */
record Answer(Map<String, Object> members) {

    /** Reads it. A line that is something else fails the test. */
    static Answer of(String line) {
        Map<String, Object> members = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            expect(line, parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                members.put(
                        name, parser.nextToken() == JsonToken.START_ARRAY ? list(line, parser) : scalar(line, parser));
            }
            expect(line, parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
        }
        return new Answer(members);
    }

    private static List<Object> list(String line, JsonParser parser) {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(scalar(line, parser));
        }
        return elements;
    }

    private static Object scalar(String line, JsonParser parser) {
        JsonToken token = parser.currentToken();
        expect(line, token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL);
        if (token.isNumeric()) {
            return parser.getDoubleValue();
        }
        return token.isBoolean() ? parser.getBooleanValue() : parser.getString();
    }

    private static void expect(String line, boolean isAsExpected) {
        if (!isAsExpected) {
            throw new AssertionError("not one flat object of JSON: " + line);
        }
    }

    /** A member that is text. */
    String text(String name) {
        return members.get(name) instanceof String text ? text : fail(name);
    }

    /** A member that is a list. */
    List<?> list(String name) {
        return members.get(name) instanceof List<?> list ? list : fail(name);
    }

    private <T> T fail(String name) {
        throw new AssertionError("no " + name + " as it was to be: " + members);
    }
}
