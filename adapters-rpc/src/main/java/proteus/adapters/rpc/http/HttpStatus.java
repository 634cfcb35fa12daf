package proteus.adapters.rpc.http;

/** The statuses that are given. */
public enum HttpStatus {
    /** Here it is. Every answer to a JSON-RPC call has this, also when it tells of an error. */
    OK(200, "OK"),
    /** This is no request. */
    BAD_REQUEST(400, "Bad Request"),
    /** Who asks has not shown that it may. */
    UNAUTHORIZED(401, "Unauthorized"),
    /** A web page of others asks. */
    FORBIDDEN(403, "Forbidden"),
    /** There is nothing at this path. */
    NOT_FOUND(404, "Not Found"),
    /** There is something, for another method. */
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    /** As things are, that cannot be done. */
    CONFLICT(409, "Conflict"),
    /** The body is longer than this takes. */
    BODY_TOO_LARGE(413, "Content Too Large"),
    /** The body is of another type than is taken here. */
    UNSUPPORTED_TYPE(415, "Unsupported Media Type"),
    /** The head of the request is too long. */
    HEAD_TOO_LARGE(431, "Request Header Fields Too Large"),
    /** Not now. */
    UNAVAILABLE(503, "Service Unavailable"),
    /** This is not HTTP 1. */
    VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported");

    private final int code;
    private final String reason;

    HttpStatus(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** As the first line of an answer has it. */
    @Override
    public String toString() {
        return code + " " + reason;
    }
}
