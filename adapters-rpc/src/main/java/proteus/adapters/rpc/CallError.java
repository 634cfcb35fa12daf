package proteus.adapters.rpc;

/** Why a call has no result. Source: neptune-core 0.19.4, {@code rpc_server/error.rs}; tarpc 0.34. */
sealed interface CallError {

    /** The cookie is not that of this start. */
    record InvalidCookie() implements CallError {}

    /** The operator does not let the data directory be told. */
    record CookieHintDisabled() implements CallError {}

    /**
     * The method failed.
     *
     * @param text for the operator
     */
    record Failed(String text) implements CallError {}

    /** A node that syncs cannot be frozen. */
    record CannotPauseWhileSyncing() implements CallError {}

    /**
     * A block cannot be made by order.
     *
     * @param text for the operator
     */
    record RegTest(String text) implements CallError {}

    /**
     * The call did not get as far as the method.
     *
     * @param kind what happened, in the framework's numbers
     * @param detail for the operator
     */
    record Framework(FrameworkErrorKind kind, String detail) implements CallError {}

    /** The framework's kinds of error that occur here. */
    enum FrameworkErrorKind {
        /** The method is unknown, or its arguments are missing or make no sense. */
        INVALID_INPUT(11),
        /** A fault of this node. */
        OTHER(16);

        private final int number;

        FrameworkErrorKind(int number) {
            this.number = number;
        }

        /** The number on the wire. */
        int number() {
            return number;
        }
    }
}
