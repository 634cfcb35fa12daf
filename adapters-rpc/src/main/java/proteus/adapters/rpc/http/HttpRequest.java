package proteus.adapters.rpc.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A whole request.
 *
 * @param method in capitals; one that is served at the path
 * @param path begins with a slash, and has no query
 * @param query what follows the first question mark; may be empty
 * @param fields the header fields by their names in lower case
 * @param body may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
public record HttpRequest(String method, String path, String query, Map<String, String> fields, byte[] body) {

    public HttpRequest {
        fields = Map.copyOf(fields);
    }

    /** The header field of this name, which is in lower case. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The first value of this name in the query; empty if there is none, or it is not well-formed. */
    public Optional<String> asked(String name) {
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .flatMap(value -> decoded(value).stream())
                .findFirst();
    }

    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
