package proteus.adapters.rpc.dashboard;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import proteus.adapters.rpc.http.HttpReply;
import proteus.adapters.rpc.http.HttpStatus;
import proteus.adapters.rpc.value.JsonContent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Documents as they are written here: on one line each, as the form of events needs it. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static String text(JsonContent content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            content.writeTo(json);
        }
        return text.toString();
    }

    static void writeText(JsonGenerator json, String name, Optional<String> text) {
        json.writeName(name);
        text.ifPresentOrElse(json::writeString, json::writeNull);
    }

    static HttpReply reply(HttpStatus status, JsonContent content) {
        String text = text(content);
        return new HttpReply(status, "application/json", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
