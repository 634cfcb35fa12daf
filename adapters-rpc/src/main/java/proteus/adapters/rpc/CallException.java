package proteus.adapters.rpc;

import proteus.adapters.rpc.CallError.FrameworkErrorKind;

/** A call has no result, and the client is told why. */
final class CallException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient CallError error;

    CallException(CallError error) {
        super(error.toString());
        this.error = error;
    }

    /** The method failed, for the reason that {@code text} gives the operator. */
    static CallException failed(String text) {
        return new CallException(new CallError.Failed(text));
    }

    /** The method is unknown, or its arguments are missing or make no sense. */
    static CallException invalidInput(String detail) {
        return new CallException(new CallError.Framework(FrameworkErrorKind.INVALID_INPUT, detail));
    }

    CallError error() {
        return error;
    }
}
