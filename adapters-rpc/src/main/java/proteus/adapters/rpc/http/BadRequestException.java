package proteus.adapters.rpc.http;

import java.util.Set;

/** What came is no request that is served, and the connection ends with this status. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient HttpStatus status;
    private final transient Set<String> allowed;

    BadRequestException(HttpStatus status) {
        this(status, Set.of());
    }

    /** One that would be served with one of these methods. */
    BadRequestException(HttpStatus status, Set<String> allowed) {
        super(status.toString());
        this.status = status;
        this.allowed = Set.copyOf(allowed);
    }

    Set<String> allowed() {
        return allowed;
    }

    HttpStatus status() {
        return status;
    }
}
