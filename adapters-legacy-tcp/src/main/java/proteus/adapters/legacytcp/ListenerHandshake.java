package proteus.adapters.legacytcp;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import proteus.application.frame.FrameChannel;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerGate;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferConnectionStatus;

/**
 * The listener's side of the handshake, from the first byte on, in upstream's order.
 *
 * <p>Source: behaviour of neptune-cash 0.19.4, {@code connect_to_peers.rs}, steps 6 to 9 of accepting.
 */
final class ListenerHandshake {

    private static final System.Logger LOG = System.getLogger(ListenerHandshake.class.getName());

    private final PeerGate gate;
    private final InstantSource clock;

    /** Asks {@code gate}; {@code clock} says when a handshake was done. */
    ListenerHandshake(PeerGate gate, InstantSource clock) {
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Shakes hands, as long as each step takes no longer than the exchange allows.
     *
     * @return what is known of the peer; empty if it was refused, and told so if upstream would tell it. The channel is
     *     being closed then
     * @throws HandshakeBrokenException if it did not come to an answer; the channel is the caller's to close, silently
     */
    Optional<Description> shake(FrameChannel frames, HandshakeExchange exchange)
            throws HandshakeBrokenException, InterruptedException {
        HandshakeData theirs = readRequest(exchange);
        // Own data goes out before theirs is looked at, as upstream does it.
        HandshakeData own = gate.ownHandshake();
        Instant ownTime = own.timestamp().toInstant().orElseGet(clock::instant);
        exchange.write(new PeerMessage.Handshake(MagicValue.RESPONSE, own));

        PeerAddress peer = frames.peer();
        return switch (gate.judge(own, theirs, remote(peer))) {
            case HandshakeVerdict.DifferentNetwork(var network) -> {
                LOG.log(System.Logger.Level.DEBUG, "peer {0}: is of network {1}, closing", peer, network.id());
                frames.closeNow();
                yield Optional.empty();
            }
            case HandshakeVerdict.Refused(var reason) -> {
                refuse(frames, exchange, reason);
                yield Optional.empty();
            }
            case HandshakeVerdict.Accepted() -> {
                exchange.write(new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Accepted()));
                PeerId id = PeerId.ofLegacy(peer);
                yield Optional.of(new Description(
                        Carrier.LEGACY_TCP, Direction.INBOUND, peer, id, theirs, ownTime, clock.instant()));
            }
        };
    }

    private static HandshakeData readRequest(HandshakeExchange exchange)
            throws HandshakeBrokenException, InterruptedException {
        PeerMessage first = exchange.read();
        if (first instanceof PeerMessage.Handshake(var magic, var data) && magic.equals(MagicValue.REQUEST)) {
            return data;
        }
        throw new HandshakeBrokenException(
                HandshakeBrokenException.Why.NOT_THE_PROTOCOL, "no request but " + first.kind());
    }

    private static void refuse(FrameChannel frames, HandshakeExchange exchange, ConnectionRefusedReason reason)
            throws HandshakeBrokenException, InterruptedException {
        LOG.log(System.Logger.Level.DEBUG, "peer {0}: refused: {1}", frames.peer(), reason);
        exchange.write(new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Refused(reason)));
        frames.closeGently();
    }

    private static PeerGate.Remote remote(PeerAddress peer) {
        return new PeerGate.Remote(peer, Carrier.LEGACY_TCP, Direction.INBOUND, PeerId.ofLegacy(peer));
    }
}
