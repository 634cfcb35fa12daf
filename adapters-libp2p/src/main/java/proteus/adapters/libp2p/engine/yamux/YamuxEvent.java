package proteus.adapters.libp2p.engine.yamux;

/** What {@link YamuxHandler} tells the handlers behind it, as user events. */
public sealed interface YamuxEvent {

    /**
     * The remote opens and accepts no new streams any more. Streams that are open go on, so the connection can be closed
     * when they have ended.
     *
     * @param code 0 normal, 1 protocol error, 2 internal error; unsigned
     */
    record RemoteGoAway(long code) implements YamuxEvent {}

    /**
     * The session has ended, and the connection is being closed.
     *
     * @param message what was wrong, with the values that show it
     */
    record Failed(Reason reason, String message) implements YamuxEvent {

        static Failed violation(String message) {
            return new Failed(Reason.VIOLATION, message);
        }
    }

    /** Why a session ended. */
    enum Reason {
        /** The remote has broken a rule of the protocol. */
        VIOLATION,
        /** The remote has kept the rules, but has done something more often than {@link YamuxSettings} allows. */
        ABUSE,
        /** The remote has neither answered a ping nor sent anything else in time. */
        PING_TIMEOUT
    }
}
