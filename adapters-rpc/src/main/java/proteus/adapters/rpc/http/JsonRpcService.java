package proteus.adapters.rpc.http;

import java.io.OutputStream;
import java.util.Set;
import proteus.adapters.rpc.value.JsonContent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** JSON-RPC as posts to the root, which are all answered with the status 200. */
record JsonRpcService(JsonRpcCaller caller) implements HttpService {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();

    @Override
    public String name() {
        return "JSON-RPC";
    }

    @Override
    public Set<String> methods(String path) {
        return path.equals("/") ? Set.of("POST") : Set.of();
    }

    @Override
    public String hint() {
        return "";
    }

    @Override
    public HttpReply answer(HttpRequest request) {
        return reply(caller.answer(request.body()));
    }

    @Override
    public HttpReply tooLong(String path, long length) {
        return reply(caller.tooLong(length));
    }

    private static HttpReply reply(JsonContent content) {
        return new HttpReply(HttpStatus.OK, "application/json", out -> write(content, out));
    }

    private static void write(JsonContent content, OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            content.writeTo(json);
        }
    }
}
