package proteus.application.migration;

import java.util.Optional;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerGate;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.Succession;

/**
 * The gate of a connection that this node makes to carry on a session: it takes nobody but the node at the other end of
 * that session.
 */
final class MoveGate implements PeerGate {

    private final MigratingNode node;
    private final MovableSession session;
    private final Optional<Succession> marked;
    private volatile boolean someoneElse;

    /**
     * For {@code session}.
     *
     * @param marked what tells the peer what the connection is for; empty if it is not told
     */
    MoveGate(MigratingNode node, MovableSession session, Optional<Succession> marked) {
        this.node = node;
        this.session = session;
        this.marked = marked;
    }

    /** Whether {@code theirs} is what the node says of itself that the session is with. */
    boolean isSame(HandshakeData theirs) {
        InstanceId expected = session.current().handshake().instanceId();
        return theirs.instanceId().equals(expected);
    }

    /** Who the peer must prove to be on libp2p, since it named itself; empty if it did not. */
    Optional<PeerId> expected() {
        return session.current().handshake().libp2pContact().map(Libp2pContact::peerId);
    }

    /** What this node and the peer say before the first {@code Bye} of a move to the legacy stack. */
    Optional<BlockHeight> word() {
        return marked.map(Succession::word);
    }

    /** Whether somebody else was met. */
    boolean metSomeoneElse() {
        return someoneElse;
    }

    @Override
    public boolean isBanned(IpAddress ip) {
        return node.gate().isBanned(ip);
    }

    @Override
    public boolean admits(IpAddress ip) {
        return node.gate().admits(ip);
    }

    @Override
    public HandshakeData ownHandshake() {
        HandshakeData own = node.gate().ownHandshake();
        return marked.map(succession -> succession.addedTo(own)).orElse(own);
    }

    @Override
    public HandshakeVerdict judge(HandshakeData own, HandshakeData theirs, Remote remote) {
        if (!isSame(theirs)) {
            someoneElse = true;
            return new HandshakeVerdict.Refused(new ConnectionRefusedReason.AlreadyConnected());
        }
        return node.judgeSuccessor(session, own, theirs, remote);
    }

    /** Who dialled has it as the result of that. */
    @Override
    public void connected(PeerConnection connection) {}
}
