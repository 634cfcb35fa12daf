package proteus.adapters.rpc.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** Reads whole documents. Safe for use by many threads. */
final class JsonTreeReader {

    /** As deep as upstream's reader goes. */
    private static final int MAX_DEPTH = 127;

    private final JsonFactory factory;
    private final Set<String> once;

    /**
     * For documents of at most {@code maxBytes}.
     *
     * @param once the names that the document's own object has once at most; of others the last one counts
     */
    JsonTreeReader(int maxBytes, Set<String> once) {
        this.once = Set.copyOf(once);
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(maxBytes)
                        .maxStringLength(maxBytes)
                        .maxNameLength(maxBytes)
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /** The one value that {@code document} is; empty if it is none, more than one, or beyond a limit. */
    Optional<JsonTree> read(byte[] document) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), document)) {
            if (json.nextToken() == null) {
                return Optional.empty();
            }
            JsonTree tree = json.currentToken() == JsonToken.START_OBJECT ? members(json, once) : value(json);
            return json.nextToken() == null ? Optional.of(tree) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static JsonTree value(JsonParser json) {
        return switch (json.currentToken()) {
            case VALUE_NULL -> new JsonTree.Null();
            case VALUE_TRUE -> new JsonTree.Truth(true);
            case VALUE_FALSE -> new JsonTree.Truth(false);
            case VALUE_NUMBER_INT -> new JsonTree.Whole(json.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> new JsonTree.Fraction(json.getString());
            case VALUE_STRING -> new JsonTree.Text(json.getString());
            case START_ARRAY -> items(json);
            case START_OBJECT -> members(json, Set.of());
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins with " + json.currentToken());
        };
    }

    private static JsonTree items(JsonParser json) {
        List<JsonTree> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(json));
        }
        return new JsonTree.Items(values);
    }

    private static JsonTree members(JsonParser json, Set<String> once) {
        Map<String, JsonTree> values = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if (values.put(name, value(json)) != null && once.contains(name)) {
                throw new StreamReadException(json, "a member twice");
            }
        }
        return new JsonTree.Members(values);
    }
}
