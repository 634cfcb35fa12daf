package proteus.application.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.peer.PeerAddress;

/** What a node measured of its stacks, side by side. Safe for use by many threads; never blocks. */
public interface ComparisonControl {

    /** Each stack, with all peers since the node's start; both are in there. */
    Map<Stack, StackFigures> stacks();

    /** The connected peers, in the order in which they connected; a copy. */
    List<PeerFigures> peers();

    /** What the guard makes of it, which takes sessions back from libp2p where that is worse. */
    Guard guard();

    /**
     * One connected peer.
     *
     * @param address the other end of its connection
     * @param carrier what carries its session now
     * @param stacks what was measured with it on each stack; a stack that it was not on may be missing
     * @param verdict what the guard makes of it, in a few words that name figure and threshold
     */
    record PeerFigures(PeerAddress address, Carrier carrier, Map<Stack, StackFigures> stacks, String verdict) {
        public PeerFigures {
            stacks = Map.copyOf(stacks);
        }
    }

    /**
     * How the guard stands.
     *
     * @param on whether it takes sessions back
     * @param verdict what it makes of all peers together, in a few words that name figure and threshold
     * @param peersTakenBack how many sessions it took back since the node's start
     * @param nodeTakenBack when it last took the whole node back, if it ever did
     */
    record Guard(boolean on, String verdict, long peersTakenBack, Optional<Instant> nodeTakenBack) {}
}
