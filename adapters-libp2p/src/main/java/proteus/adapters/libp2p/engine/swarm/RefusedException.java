package proteus.adapters.libp2p.engine.swarm;

import proteus.adapters.libp2p.engine.event.FailureReason;

/** This host does not want a connection, by a limit, its gate, or because it needs it no more. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final FailureReason reason;

    RefusedException(FailureReason reason, String message) {
        // One of these for every refused connection: a trace would cost more than the refusal.
        super(message, null, false, false);
        this.reason = reason;
    }

    FailureReason reason() {
        return reason;
    }
}
