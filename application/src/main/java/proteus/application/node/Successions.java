package proteus.application.node;

import java.util.Optional;
import proteus.application.node.ConnectedPeers.Member;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerGate.Remote;
import proteus.application.port.Stack;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.Succession;

/**
 * Whose session an incoming connection may carry on over the other stack. Pure.
 *
 * <p>An instance id is public, so it proves nothing. Over libp2p the peer must have proven to be who the handshake of the
 * legacy session named. Over the legacy stack nobody can prove anything: such a connection waits until the peer says its
 * word and {@code Bye} over libp2p, where it has. Either must come from the same IP.
 */
final class Successions {

    private Successions() {}

    /** Whether the claim is made at all. */
    static boolean isClaimed(HandshakeData theirs, Remote remote) {
        return remote.direction() == Direction.INBOUND
                && Succession.parse(theirs.extraData()).isPresent();
    }

    /** What the peer says over libp2p before it goes to the legacy stack; nothing if it goes to libp2p. */
    static Optional<BlockHeight> word(HandshakeData theirs, Stack to) {
        return Succession.parse(theirs.extraData())
                .filter(_ -> to == Stack.LEGACY)
                .map(Succession::word);
    }

    /** Whether {@code remote}, which makes the claim, may carry on the session of {@code member}. */
    static boolean isSuccessor(HandshakeData theirs, Remote remote, Member member) {
        Description session = member.current();
        return session.stack() != remote.carrier().stack()
                && session.handshake().instanceId().equals(theirs.instanceId())
                && session.address().ip().equals(remote.address().ip())
                && (remote.carrier().stack() == Stack.LEGACY || isNamed(session, remote));
    }

    private static boolean isNamed(Description session, Remote remote) {
        return session.handshake().libp2pContact().map(Libp2pContact::peerId).equals(Optional.of(remote.peerId()));
    }
}
