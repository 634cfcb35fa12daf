package proteus.adapters.rpc.http;

import java.util.Optional;
import proteus.adapters.rpc.value.JsonContent;
import tools.jackson.core.JsonGenerator;

/**
 * Why a call has no result. Source: neptune-rpc-api 0.19.4, {@code json.rs}.
 *
 * @param code for programs
 * @param message for people; the same for all application errors
 * @param data which application error it is
 */
record JsonRpcError(int code, String message, Optional<JsonContent> data) {

    static final JsonRpcError PARSE = plain(-32700, "Parse error");
    static final JsonRpcError METHOD_NOT_FOUND = plain(-32601, "Method not found");
    static final JsonRpcError INVALID_PARAMS = plain(-32602, "Invalid params");
    static final JsonRpcError INTERNAL = plain(-32603, "Internal error");
    static final JsonRpcError RESTRICTED = application(JsonContent.text("RestrictedAccess"));

    private static JsonRpcError plain(int code, String message) {
        return new JsonRpcError(code, message, Optional.empty());
    }

    private static JsonRpcError application(JsonContent data) {
        return new JsonRpcError(-32000, "Server error", Optional.of(data));
    }

    static JsonRpcError bodyTooBig(long most, long got) {
        return plain(-32606, "Request body too big. Max: " + most + "; got: " + got);
    }

    static JsonRpcError tooManySets(int most, int got) {
        return application(json -> {
            json.writeStartObject().writeName("TooManyAbsoluteIndexSets").writeStartObject();
            json.writeNumberProperty("max", most);
            json.writeNumberProperty("got", got);
            json.writeEndObject().writeEndObject();
        });
    }

    void writeTo(JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("code", code);
        json.writeStringProperty("message", message);
        data.ifPresent(content -> {
            json.writeName("data");
            content.writeTo(json);
        });
        json.writeEndObject();
    }
}
