package proteus.adapters.rpc;

import static proteus.adapters.rpc.JsonReading.forEachMember;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An object that a node answered, with its members by name: texts, whole numbers, truths, objects and lists of objects. Other
 * members, null among them, count as missing.
 */
public record JsonMembers(Map<String, Object> values) {

    private static final int MAX_BYTES = RpcLimits.DEFAULT.maxAnswerBytes();

    public JsonMembers {
        values = Map.copyOf(values);
    }

    /** Reads a document that is one object. */
    public static JsonMembers object(String document) throws MalformedMessageException {
        return read(document, JsonMembers::object);
    }

    /** Reads a document that is a list of objects. */
    static List<JsonMembers> list(String document) throws MalformedMessageException {
        return read(document, JsonMembers::list);
    }

    private interface Reading<T> {
        T read(JsonParser json) throws MalformedMessageException;
    }

    private static <T> T read(String document, Reading<T> reading) throws MalformedMessageException {
        JsonFactory factory = JsonReading.factory(MAX_BYTES);
        try (JsonParser json =
                factory.createParser(ObjectReadContext.empty(), document.getBytes(StandardCharsets.UTF_8))) {
            json.nextToken();
            T value = reading.read(json);
            JsonReading.require(json.nextToken() == null, "something after the value");
            return value;
        } catch (JacksonException notJson) {
            throw new MalformedMessageException("no JSON, or beyond the limits", notJson);
        }
    }

    private static JsonMembers object(JsonParser json) throws MalformedMessageException {
        Map<String, Object> values = new HashMap<>();
        forEachMember(json, name -> value(json).ifPresent(value -> values.put(name, value)));
        return new JsonMembers(values);
    }

    private static List<JsonMembers> list(JsonParser json) throws MalformedMessageException {
        JsonReading.require(json.currentToken() == JsonToken.START_ARRAY, "no list where one belongs");
        List<JsonMembers> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(object(json));
        }
        return items;
    }

    private static Optional<Object> value(JsonParser json) throws MalformedMessageException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> Optional.of(json.getString());
            case VALUE_NUMBER_INT -> Optional.of(json.getBigIntegerValue());
            case VALUE_TRUE -> Optional.of(true);
            case VALUE_FALSE -> Optional.of(false);
            case START_OBJECT -> Optional.of(object(json));
            case START_ARRAY -> Optional.of(list(json));
            case VALUE_NULL, VALUE_NUMBER_FLOAT -> Optional.empty();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new MalformedMessageException("no value begins with " + json.currentToken());
        };
    }

    /** Reads a text that is one of a kind. */
    interface Parsing<T> {
        Optional<T> parse(String text);
    }

    public String text(String name) throws MalformedMessageException {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw unusable(name);
    }

    <T> T parsed(String name, Parsing<T> parsing) throws MalformedMessageException {
        return parsing.parse(text(name)).orElseThrow(() -> unusable(name));
    }

    /** The same; empty if it is missing. */
    <T> Optional<T> maybeParsed(String name, Parsing<T> parsing) throws MalformedMessageException {
        return values.containsKey(name) ? Optional.of(parsed(name, parsing)) : Optional.empty();
    }

    /** A number from 0 to {@code most}. */
    public long whole(String name, long most) throws MalformedMessageException {
        if (values.get(name) instanceof BigInteger number
                && number.signum() >= 0
                && number.compareTo(BigInteger.valueOf(most)) <= 0) {
            return number.longValueExact();
        }
        throw unusable(name);
    }

    /** The same; empty if it is missing. */
    Optional<Long> maybeWhole(String name, long most) throws MalformedMessageException {
        return values.containsKey(name) ? Optional.of(whole(name, most)) : Optional.empty();
    }

    boolean truth(String name) throws MalformedMessageException {
        if (values.get(name) instanceof Boolean truth) {
            return truth;
        }
        throw unusable(name);
    }

    JsonMembers members(String name) throws MalformedMessageException {
        if (values.get(name) instanceof JsonMembers members) {
            return members;
        }
        throw unusable(name);
    }

    List<JsonMembers> items(String name) throws MalformedMessageException {
        if (values.get(name) instanceof List<?> list) {
            return list.stream().map(JsonMembers.class::cast).toList();
        }
        throw unusable(name);
    }

    private static MalformedMessageException unusable(String name) {
        return new MalformedMessageException("without a usable " + name);
    }
}
