package proteus.adapters.libp2p.gateway;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.application.port.DialFailedException.Cause;

/** What the engine's failure to dial one address means to the node. */
final class DialCauses {

    private DialCauses() {}

    static Cause of(ExecutionException failed) {
        Throwable cause = Optional.ofNullable(failed.getCause()).orElse(failed);
        return cause instanceof DialFailedException dial && !dial.attempts().isEmpty()
                ? of(dial.attempts().getFirst())
                : new Cause.Unreachable(text(cause));
    }

    private static Cause of(DialFailedException.Attempt attempt) {
        String text = text(attempt.cause());
        return switch (attempt.reason()) {
            case PORT_CLOSED -> new Cause.PortClosed(text);
            case UNREACHABLE -> new Cause.Unreachable(text);
            // Not what an old peer does: anybody on the way can reset a connection, and is not to look like one.
            case RESET -> new Cause.Unreachable("reset while it was asked who it is: " + text);
            case TIMED_OUT -> new Cause.TimedOut("connecting: " + text);
            case WRONG_PEER -> new Cause.AnotherPeer(text);
            case UNSUPPORTED_ADDRESS, SECURITY, NEGOTIATION -> new Cause.NotThisProtocol(text);
            case REMOTE_CLOSED -> new Cause.NotThisProtocol("closed while it was asked who it is: " + text);
            case GATE -> text.equals(Doors.SECOND) ? new Cause.AlreadyConnected() : new Cause.RefusedByUs(text);
            case RESOURCE_LIMIT -> new Cause.RefusedByUs(text);
            case CANCELLED -> new Cause.Stopped();
        };
    }

    private static String text(Throwable cause) {
        return Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString);
    }
}
