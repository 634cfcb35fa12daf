package proteus.adapters.rpc;

import java.lang.System.Logger.Level;
import proteus.adapters.rpc.CallError.FrameworkErrorKind;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.port.StoreException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Calls methods and writes their answers. Safe for use by many threads. */
final class MethodCaller {

    private static final System.Logger LOGGER = System.getLogger(MethodCaller.class.getName());

    private final MethodTable methods;
    private final RpcCookie cookie;
    private final int maxAnswerBytes;
    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();

    MethodCaller(MethodTable methods, RpcCookie cookie, int maxAnswerBytes) {
        this.methods = methods;
        this.cookie = cookie;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    /**
     * A written answer.
     *
     * @param payload the document, without its length; the array is the receiver's
     * @param afterwards what to do once it is sent
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
    record Written(byte[] payload, Runnable afterwards) {}

    /** Calls the method and writes what came of it. Never fails: what goes wrong is the answer. */
    Written call(ClientMessage.Request request) {
        try {
            Answer answer = answer(request);
            byte[] payload = document(request, json -> writeResult(json, request.method(), answer.result()));
            return new Written(payload, answer.afterwards());
        } catch (CallException failure) {
            return failed(request, failure.error());
        } catch (StoreException failure) {
            LOGGER.log(Level.WARNING, "the store failed " + request.method(), failure);
            return failed(request, new CallError.Failed("the store failed: " + failure.getMessage()));
        } catch (RuntimeException fault) {
            LOGGER.log(Level.ERROR, "cannot answer " + request.method(), fault);
            return failed(request, new CallError.Framework(FrameworkErrorKind.OTHER, "internal error, see the log"));
        }
    }

    private Written failed(ClientMessage.Request request, CallError error) {
        return new Written(document(request, json -> writeError(json, request.method(), error)), () -> {});
    }

    private Answer answer(ClientMessage.Request request) throws CallException, StoreException {
        MethodTable.Method method = methods.find(request.method())
                .orElseThrow(() -> CallException.invalidInput("unknown method " + request.method()));
        if (method.needsCookie()) {
            requireCookie(request.arguments());
        }
        return method.handler().call(request.arguments());
    }

    private void requireCookie(Arguments arguments) throws CallException {
        RpcCookie presented =
                arguments.token().orElseThrow(() -> CallException.invalidInput("argument token is missing"));
        if (!cookie.matches(presented)) {
            throw new CallException(new CallError.InvalidCookie());
        }
    }

    private byte[] document(ClientMessage.Request request, JsonContent message) {
        AnswerBuffer answer = written(request, message);
        if (!answer.isTooLong()) {
            return answer.bytes();
        }
        LOGGER.log(Level.WARNING, "answer to {0} is longer than clients take", request.method());
        CallError tooLong = new CallError.Framework(FrameworkErrorKind.OTHER, "the answer is longer than clients take");
        return written(request, json -> writeError(json, request.method(), tooLong))
                .bytes();
    }

    private AnswerBuffer written(ClientMessage.Request request, JsonContent message) {
        AnswerBuffer payload = new AnswerBuffer(maxAnswerBytes);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), payload)) {
            json.writeStartObject();
            json.writeName("request_id").writeNumber(Long.toUnsignedString(request.id()));
            json.writeName("message");
            message.writeTo(json);
            json.writeEndObject();
        }
        return payload;
    }

    private static void writeResult(JsonGenerator json, String method, JsonContent result) {
        writeOk(json, method, inner -> writeTagged(inner, "Ok", result));
    }

    private static void writeError(JsonGenerator json, String method, CallError error) {
        switch (error) {
            case CallError.InvalidCookie() ->
                writeMethodError(json, method, inner -> writeTagged(inner, "Auth", JsonContent.text("InvalidCookie")));
            case CallError.CookieHintDisabled() ->
                writeMethodError(json, method, JsonContent.text("CookieHintDisabled"));
            case CallError.Failed(String text) ->
                writeMethodError(json, method, inner -> writeTagged(inner, "Failed", JsonContent.text(text)));
            case CallError.CannotPauseWhileSyncing() ->
                writeMethodError(json, method, JsonContent.text("CannotPauseWhileSyncing"));
            case CallError.RegTest(String text) ->
                writeMethodError(json, method, inner -> writeTagged(inner, "RegTestError", JsonContent.text(text)));
            case CallError.Framework(FrameworkErrorKind kind, String detail) ->
                writeTagged(json, "Err", inner -> writeFrameworkError(inner, kind, detail));
        }
    }

    private static void writeFrameworkError(JsonGenerator json, FrameworkErrorKind kind, String detail) {
        json.writeStartObject();
        json.writeNumberProperty("kind", kind.number());
        json.writeStringProperty("detail", detail);
        json.writeEndObject();
    }

    private static void writeMethodError(JsonGenerator json, String method, JsonContent error) {
        writeOk(json, method, inner -> writeTagged(inner, "Err", error));
    }

    /** The framework's {@code Ok}, which also holds what the method itself calls an error. */
    private static void writeOk(JsonGenerator json, String method, JsonContent outcome) {
        writeTagged(json, "Ok", outer -> writeTagged(outer, method, outcome));
    }

    private static void writeTagged(JsonGenerator json, String tag, JsonContent content) {
        json.writeStartObject();
        json.writeName(tag);
        content.writeTo(json);
        json.writeEndObject();
    }
}
