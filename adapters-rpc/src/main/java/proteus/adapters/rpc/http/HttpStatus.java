package proteus.adapters.rpc.http;

/** The statuses that are given. Every answer to a call has the first, also when it tells of an error. */
enum HttpStatus {
    OK(200, "OK"),
    BAD_REQUEST(400, "Bad Request"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    HEAD_TOO_LARGE(431, "Request Header Fields Too Large"),
    UNAVAILABLE(503, "Service Unavailable"),
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
