package proteus.application.migration;

import java.util.List;
import java.util.Optional;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.PeerTransport;
import proteus.application.port.Rollout;
import proteus.application.port.RolloutRefusedException;
import proteus.application.port.Stack;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;

/** A node as its migration sees it. Safe for use by many threads; may block on the store. */
public interface MigratingNode {

    /** The gate of all other connections. */
    PeerGate gate();

    /** All sessions, in the order in which they began; a copy. */
    List<MovableSession> sessions();

    /** What dials over {@code stack}; empty if this node does not, now. */
    Optional<PeerTransport> dialling(Stack stack);

    /** Whether this node has {@code stack}, whatever it is used for now. */
    boolean has(Stack stack);

    /** Whether sessions may be carried by {@code stack}. */
    boolean uses(Stack stack);

    /** From now on stacks are used as the stage says; returns when listeners are opened and closed. */
    void use(Rollout rollout) throws RolloutRefusedException;

    /** From now on stacks are used as the node was told of each at its start. */
    void useAsTold() throws RolloutRefusedException;

    /** What is remembered of addresses, the best first; a copy. */
    List<AddressBookEntry> addressBook();

    /** Random bits, which nobody can guess. */
    long nextWord();

    /** A peer was reached there: that is to be remembered. */
    void answered(PeerEndpoint place);

    /** Judges a handshake for a connection that is to carry on {@code session}, as if that were not there. */
    HandshakeVerdict judgeSuccessor(
            MovableSession session, HandshakeData own, HandshakeData theirs, PeerGate.Remote remote);
}
