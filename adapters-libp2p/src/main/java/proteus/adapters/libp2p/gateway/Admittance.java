package proteus.adapters.libp2p.gateway;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import proteus.application.frame.FramedConnection;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferConnectionStatus;

/** The records of both sides, the judgement of the other's, and a session or none. Blocks: for a virtual thread, once. */
final class Admittance {

    private static final System.Logger LOG = System.getLogger(Admittance.class.getName());

    private final GatewayMeans means;
    private final PeerGate gate;
    private final PeerGate.Remote remote;
    private final AgreedStream stream;
    private final Deadline deadline;

    /** Of the peer {@code remote}, by the rules of {@code gate}. */
    Admittance(GatewayMeans means, PeerGate gate, PeerGate.Remote remote, AgreedStream stream, Deadline deadline) {
        this.means = means;
        this.gate = gate;
        this.remote = remote;
        this.stream = stream;
        this.deadline = deadline;
    }

    /** Where the peer's record comes from, once this node's is on its way. */
    interface Theirs {
        HandshakeData get()
                throws InterruptedException, ExecutionException, TimeoutException, MalformedMessageException;
    }

    /** Says who this node is, and judges who the peer is. */
    GatewayOutcome exchange(Theirs theirs)
            throws InterruptedException, ExecutionException, TimeoutException, MalformedMessageException {
        HandshakeData own = gate.ownHandshake();
        Instant ownTime = own.timestamp().toInstant().orElseGet(means::now);
        // It is on its way before the peer is judged, for a close may overtake it: then the peer could not judge.
        stream.send(own, deadline);
        HandshakeData received = theirs.get();
        Description description = new Description(
                remote.carrier(),
                remote.direction(),
                remote.address(),
                remote.peerId(),
                received,
                ownTime,
                means.now());
        return switch (gate.judge(own, received, remote)) {
            case HandshakeVerdict.Accepted() -> connected(description);
            case HandshakeVerdict.DifferentNetwork(var network) ->
                new GatewayOutcome.Failed(new Cause.RefusedByUs("it is of network " + network.id()));
            case HandshakeVerdict.Refused(ConnectionRefusedReason reason) -> {
                boolean isTold = reason instanceof ConnectionRefusedReason.MaxPeerNumberExceeded;
                if (isTold) {
                    tell(stream.onLoop(() -> framed(description), deadline), reason);
                }
                yield new GatewayOutcome.Failed(new Cause.RefusedByUs(reason), isTold);
            }
        };
    }

    private FramedConnection framed(Description description) {
        return FramedConnection.over(
                stream.frames(means, new PeerEndpoint(remote.address(), remote.carrier())), description);
    }

    private GatewayOutcome connected(Description description)
            throws InterruptedException, ExecutionException, TimeoutException {
        GatewayConnection session =
                stream.onLoop(() -> new GatewayConnection(framed(description), stream.stream()), deadline);
        return means.handOver(session, gate)
                .<GatewayOutcome>map(GatewayOutcome.Failed::new)
                .orElseGet(() -> new GatewayOutcome.Connected(session));
    }

    /** The one refusal that this stack has words for; then the peer may say what it likes, for a while. */
    private void tell(FramedConnection telling, ConnectionRefusedReason reason) {
        try {
            telling.send(new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Refused(reason)));
        } catch (ConnectionClosedException gone) {
            LOG.log(Level.DEBUG, "peer {0}: gone before it was told that there is no place", remote.address());
        }
        telling.close();
    }
}
