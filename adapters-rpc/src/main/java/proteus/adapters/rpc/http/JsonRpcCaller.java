package proteus.adapters.rpc.http;

import java.lang.System.Logger.Level;
import java.util.Optional;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.port.StoreException;

/** Answers requests. Safe for use by many threads. */
final class JsonRpcCaller {

    private static final System.Logger LOGGER = System.getLogger(JsonRpcCaller.class.getName());

    private final JsonRpcMethods methods;
    private final JsonTreeReader reader;
    private final int maxBody;

    JsonRpcCaller(JsonRpcMethods methods, JsonRpcLimits limits) {
        this.methods = methods;
        this.reader = new JsonTreeReader(limits.http().maxRead(), JsonRpcRequest.MEMBERS);
        this.maxBody = limits.maxBody();
    }

    /** The whole answer to {@code body}. Never fails: what goes wrong is the answer. All that it needs was read before. */
    JsonContent answer(byte[] body) {
        Optional<JsonRpcRequest> request = reader.read(body).flatMap(JsonRpcRequest::of);
        if (request.isEmpty()) {
            return failed(new JsonTree.Null(), JsonRpcError.PARSE);
        }
        if (body.length > maxBody) {
            return failed(request.get().id(), JsonRpcError.bodyTooBig(maxBody, body.length));
        }
        return answer(request.get());
    }

    /** The answer to a body that is too long to be read. */
    JsonContent tooLong(long length) {
        return failed(new JsonTree.Null(), JsonRpcError.bodyTooBig(maxBody, length));
    }

    private JsonContent answer(JsonRpcRequest request) {
        try {
            return succeeded(request.id(), methods.call(request));
        } catch (JsonRpcException failure) {
            return failed(request.id(), failure.error());
        } catch (StoreException failure) {
            LOGGER.log(Level.WARNING, "the store failed a JSON-RPC call of " + request.method(), failure);
            return failed(request.id(), JsonRpcError.INTERNAL);
        } catch (RuntimeException fault) {
            LOGGER.log(Level.ERROR, "cannot answer a JSON-RPC call of " + request.method(), fault);
            return failed(request.id(), JsonRpcError.INTERNAL);
        }
    }

    private static JsonContent succeeded(JsonTree id, JsonContent result) {
        return envelope(id, "result", result);
    }

    private static JsonContent failed(JsonTree id, JsonRpcError error) {
        return envelope(id, "error", error::writeTo);
    }

    private static JsonContent envelope(JsonTree id, String member, JsonContent content) {
        return json -> {
            json.writeStartObject();
            json.writeStringProperty("jsonrpc", "2.0");
            json.writeName("id");
            id.writeTo(json);
            json.writeName(member);
            content.writeTo(json);
            json.writeEndObject();
        };
    }
}
