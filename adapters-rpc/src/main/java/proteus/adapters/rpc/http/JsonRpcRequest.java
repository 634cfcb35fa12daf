package proteus.adapters.rpc.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One call.
 *
 * @param id what the answer repeats; null if there is none
 * @param method the name
 * @param params any value; lists are what methods take
 */
record JsonRpcRequest(JsonTree id, String method, JsonTree params) {

    /** The envelope's members; none may come twice. Upstream also takes them as a list, in this order. */
    static final Set<String> MEMBERS = Set.of("jsonrpc", "method", "params", "id");

    /** Reads an envelope; empty if {@code tree} is none. */
    static Optional<JsonRpcRequest> of(JsonTree tree) {
        return switch (tree) {
            case JsonTree.Members(Map<String, JsonTree> members) -> ofMembers(members);
            case JsonTree.Items(List<JsonTree> items)
            when items.size() == MEMBERS.size() -> of(items.get(0), items.get(1), items.get(2), items.get(3));
            case JsonTree.Items _,
                    JsonTree.Null _,
                    JsonTree.Truth _,
                    JsonTree.Whole _,
                    JsonTree.Fraction _,
                    JsonTree.Text _ -> Optional.empty();
        };
    }

    private static Optional<JsonRpcRequest> ofMembers(Map<String, JsonTree> members) {
        if (!members.containsKey("method") || !members.containsKey("params")) {
            return Optional.empty();
        }
        JsonTree absent = new JsonTree.Null();
        return of(
                members.getOrDefault("jsonrpc", absent),
                members.getOrDefault("method", absent),
                members.getOrDefault("params", absent),
                members.getOrDefault("id", absent));
    }

    private static Optional<JsonRpcRequest> of(JsonTree version, JsonTree method, JsonTree params, JsonTree id) {
        boolean hasVersion = version instanceof JsonTree.Text || version instanceof JsonTree.Null;
        return hasVersion && method instanceof JsonTree.Text(String name)
                ? Optional.of(new JsonRpcRequest(id, name, params))
                : Optional.empty();
    }
}
