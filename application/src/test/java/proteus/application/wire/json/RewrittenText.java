package proteus.application.wire.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a text again as another program might: members in another order and more of them, white space all over. */
final class RewrittenText {

    private static final List<String> SPACES = List.of("", "", " ", "\n", "\t", "\r\n  ");
    private static final List<String> ADDED = List.of(
            "\"later\":null",
            "\"Später\" : {\"a\":[1.5e-3,[true,{\"b\":\"\\ud83d\\ude00\\n\"}]]}",
            "\"\":[[[[[]]]]]",
            "\"x\":\"" + "long ".repeat(100) + "\"",
            "\"x\":-0.0");

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    private RewrittenText(Random random) {
        this.random = random;
    }

    static byte[] of(byte[] text, Random random) {
        RewrittenText rewritten = new RewrittenText(random);
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            rewritten.space().out.append(rewritten.value(json));
        }
        return rewritten.space().out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> "\"" + json.getString() + "\"";
            default -> json.getString();
        };
    }

    private String array(JsonParser json) {
        List<String> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(spaced(value(json)));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private String object(JsonParser json) {
        List<String> members = new ArrayList<>();
        boolean isStruct = true;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            // Variants of enums have capitals, members of structs have not; only these may get company.
            isStruct = Character.isLowerCase(name.charAt(0));
            json.nextToken();
            members.add(spaced("\"" + name + "\"") + ":" + spaced(value(json)));
        }
        if (isStruct) {
            members.add(ADDED.get(random.nextInt(ADDED.size())));
            members.add(ADDED.get(random.nextInt(ADDED.size())));
            Collections.shuffle(members, random);
        }
        return "{" + String.join(",", members) + "}";
    }

    private String spaced(String value) {
        return SPACES.get(random.nextInt(SPACES.size())) + value + SPACES.get(random.nextInt(SPACES.size()));
    }

    private RewrittenText space() {
        out.append(SPACES.get(random.nextInt(SPACES.size())));
        return this;
    }
}
