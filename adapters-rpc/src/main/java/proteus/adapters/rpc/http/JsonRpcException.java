package proteus.adapters.rpc.http;

/** A call has no result, and the caller is told why. */
final class JsonRpcException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient JsonRpcError error;

    JsonRpcException(JsonRpcError error) {
        super(error.message());
        this.error = error;
    }

    JsonRpcError error() {
        return error;
    }
}
