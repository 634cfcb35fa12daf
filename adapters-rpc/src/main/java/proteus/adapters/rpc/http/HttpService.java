package proteus.adapters.rpc.http;

import java.util.Map;
import java.util.Set;

/** What an {@link HttpServer} serves. Safe for use by many threads. */
public interface HttpService {

    /** What it is called in the log and in names of threads. */
    String name();

    /** What may be done at {@code path}, which begins with a slash and has no query, in capitals; empty if nothing is there. */
    Set<String> methods(String path);

    /** What those are told, in text, who ask for something else; may be empty. */
    String hint();

    /** Header fields of every answer, refusals among them, by their names. */
    default Map<String, String> fields() {
        return Map.of();
    }

    /** The answer to a whole request. Never fails: what goes wrong is the answer. */
    HttpReply answer(HttpRequest request);

    /** The answer to a request whose body is longer than is read; the connection ends after it. */
    HttpReply tooLong(String path, long length);
}
