package proteus.adapters.rpc.http;

/** What came is no request that is served, and the connection ends with this status. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient HttpStatus status;

    BadRequestException(HttpStatus status) {
        super(status.toString());
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
