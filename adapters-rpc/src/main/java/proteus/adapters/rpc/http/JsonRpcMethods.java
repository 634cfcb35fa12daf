package proteus.adapters.rpc.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.port.StoreException;

/** The methods that are served, by name. Filled at the start, by one thread, and then only read. */
final class JsonRpcMethods {

    private final Map<String, Method> methods = new HashMap<>();

    /** What answers the calls of one method; gives the members of the result. */
    @FunctionalInterface
    interface Handler {
        JsonContent call(Params params) throws JsonRpcException, StoreException;
    }

    private record Method(int leastParams, int mostParams, Handler handler) {}

    /** Adds a method that takes just so many parameters. */
    void put(RpcModule module, String name, int params, Handler handler) {
        put(module, name, params, params, handler);
    }

    /** Adds a method whose last parameters may be left off. */
    void put(RpcModule module, String name, int leastParams, int mostParams, Handler handler) {
        methods.put(module.id() + "_" + name, new Method(leastParams, mostParams, handler));
    }

    /** Calls the method and gives what it returns. */
    JsonContent call(JsonRpcRequest request) throws JsonRpcException, StoreException {
        Method method = Optional.ofNullable(methods.get(request.method()))
                .orElseThrow(() -> new JsonRpcException(JsonRpcError.METHOD_NOT_FOUND));
        return method.handler.call(Params.of(request.params(), method.leastParams, method.mostParams));
    }

    /** A result with one member. */
    static JsonContent result(String name, JsonContent value) {
        return json -> {
            json.writeStartObject();
            json.writeName(name);
            value.writeTo(json);
            json.writeEndObject();
        };
    }

    /** The result of a method that has none to give. */
    static JsonContent nothing() {
        return json -> json.writeStartObject().writeEndObject();
    }
}
