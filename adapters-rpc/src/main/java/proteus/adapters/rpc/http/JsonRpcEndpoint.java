package proteus.adapters.rpc.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import proteus.adapters.rpc.value.JsonContent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** The one path that is served, and what HTTP says about it. Everything else is not found. */
final class JsonRpcEndpoint {

    private final CallerCheck check;
    private final JsonRpcCaller caller;
    private final JsonRpcLimits limits;
    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();

    JsonRpcEndpoint(CallerCheck check, JsonRpcCaller caller, JsonRpcLimits limits) {
        this.check = check;
        this.caller = caller;
        this.limits = limits;
    }

    void addTo(HttpRules rules) {
        rules.any("/", this::serve).any((_, response) -> refuse(response, Status.NOT_FOUND_404));
    }

    private void serve(ServerRequest request, ServerResponse response) {
        if (!check.allows(
                request.headers().first(HeaderNames.HOST), request.headers().first(HeaderNames.ORIGIN))) {
            refuse(response, Status.FORBIDDEN_403);
        } else if (!request.prologue().method().equals(Method.POST)) {
            response.header(HeaderNames.ALLOW, "POST");
            refuse(response, Status.METHOD_NOT_ALLOWED_405);
        } else {
            answer(request, response);
        }
    }

    private static void refuse(ServerResponse response, Status status) {
        // Whatever follows on this connection is no request of anybody who is served.
        response.status(status).header(HeaderValues.CONNECTION_CLOSE).send();
    }

    private void answer(ServerRequest request, ServerResponse response) {
        switch (body(request)) {
            case RequestBody.Whole(byte[] bytes) -> send(response, caller.answer(bytes));
            case RequestBody.TooLong(long length) -> {
                response.header(HeaderValues.CONNECTION_CLOSE);
                send(response, caller.tooLong(length));
            }
        }
    }

    private RequestBody body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new RequestBody.Whole(new byte[0]);
        }
        try (InputStream in = request.content().inputStream()) {
            return RequestBody.read(in, request.headers().contentLength(), limits.maxRead(), limits.body());
        } catch (IOException | UncheckedIOException gone) {
            throw new CloseConnectionException("a JSON-RPC body did not come", gone);
        }
    }

    private void send(ServerResponse response, JsonContent answer) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        try (OutputStream out = response.outputStream();
                JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            answer.writeTo(json);
        } catch (IOException | UncheckedIOException | JacksonException gone) {
            throw new CloseConnectionException("a JSON-RPC answer was not taken", gone);
        }
    }
}
