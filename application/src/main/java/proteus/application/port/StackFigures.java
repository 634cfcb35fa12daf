package proteus.application.port;

import java.util.Map;
import proteus.application.port.PeerConnection.Traffic;
import proteus.domain.comparison.Distribution;

/**
 * What was measured of one stack, with one peer or with all.
 *
 * @param roundTrip from a request to its answer, in seconds
 * @param handshake from the moment that this node said who it is, or was ready to, until the handshake was done, in seconds
 * @param session how long sessions that are over were carried by it, in seconds
 * @param blockRate bytes of answers with blocks by the time from their request, in bytes a second
 * @param traffic frames and bytes each way
 * @param ends how often something carried by it ended, by why; a cause that never was may be missing
 */
public record StackFigures(
        Distribution roundTrip,
        Distribution handshake,
        Distribution session,
        Distribution blockRate,
        Traffic traffic,
        Map<EndCause, Long> ends) {

    public StackFigures {
        ends = Map.copyOf(ends);
    }

    /** Why a connection that carried a session ended. */
    public enum EndCause {
        /** The peer left or gave up. */
        PEER,
        /** This node ended it: an order, a ban, its end. */
        OURS,
        /** The peer broke the rules of the protocol. */
        FAULT,
        /** The network broke it. */
        BROKEN,
        /** One side was too slow for it, or what it was is not known. */
        SLOW,
        /** The session went on over the other stack. */
        MOVED
    }
}
