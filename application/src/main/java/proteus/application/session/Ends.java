package proteus.application.session;

import java.util.Optional;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.StackFigures.EndCause;

/** Why sessions end, for the comparison of the stacks. */
final class Ends {

    private Ends() {}

    /**
     * Whose doing the end of a session was.
     *
     * @param closed how its last connection ended, if that is known
     */
    static EndCause cause(SessionEnd end, Optional<CloseCause> closed) {
        return switch (end.reason()) {
            case PEER_LEFT, PEER_REFUSED -> EndCause.PEER;
            case FRAMING, BANNED, UNWANTED -> EndCause.FAULT;
            case TURNED_AWAY, ORDERED, EXPELLED, FAILED -> EndCause.OURS;
            case FELL_BEHIND -> EndCause.SLOW;
            case CONNECTION_CLOSED -> closed.map(Ends::cause).orElse(EndCause.SLOW);
        };
    }

    private static EndCause cause(CloseCause closed) {
        return switch (closed) {
            case LOCAL -> EndCause.OURS;
            case REMOTE -> EndCause.PEER;
            case LOST -> EndCause.BROKEN;
            case OUTBOUND_FULL, STARVED -> EndCause.SLOW;
            case PROTOCOL -> EndCause.FAULT;
        };
    }
}
