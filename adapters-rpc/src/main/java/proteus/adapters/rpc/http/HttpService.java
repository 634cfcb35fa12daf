package proteus.adapters.rpc.http;

/** What an {@link HttpServer} serves. Safe for use by many threads. */
public interface HttpService {

    /** What it is called in the log and in names of threads. */
    String name();

    /** The one method that is served, in capitals. */
    String method();

    /** Whether there is anything at {@code path}, which begins with a slash and has no query. */
    boolean isAt(String path);

    /** What those are told, in text, who ask for something else; may be empty. */
    String hint();

    /** The answer to a whole request. Never fails: what goes wrong is the answer. */
    HttpReply answer(String path, byte[] body);

    /** The answer to a request whose body is longer than is read; the connection ends after it. */
    HttpReply tooLong(String path, long length);
}
