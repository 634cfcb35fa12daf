package proteus.adapters.legacytcp;

import java.time.Instant;
import java.time.InstantSource;
import proteus.adapters.legacytcp.HandshakeBrokenException.Why;
import proteus.application.frame.FrameChannel;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerGate;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferConnectionStatus;

/**
 * The dialler's side of the handshake.
 *
 * <p>Source: behaviour of neptune-core 0.14.3, {@code connect_to_peers.rs}; later releases up to 0.18.0 dial the same
 * way, newer ones only accept. The time-outs are Proteus' own: upstream's dialler has none.
 */
final class DiallerHandshake {

    private final InstantSource clock;

    /** {@code clock} says when a handshake was done. */
    DiallerHandshake(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Shakes hands by the rules of {@code gate}, as long as each step takes no longer than the exchange allows.
     *
     * @throws DialFailedException if that fails; the channel is the caller's to close, gently
     */
    Description shake(PeerGate gate, FrameChannel frames, HandshakeExchange exchange)
            throws DialFailedException, InterruptedException {
        boolean responded = false;
        try {
            HandshakeData own = gate.ownHandshake();
            Instant ownTime = own.timestamp().toInstant().orElseGet(clock::instant);
            exchange.write(new PeerMessage.Handshake(MagicValue.REQUEST, own));
            HandshakeData theirs = readResponse(exchange);
            responded = true;
            if (!own.network().equals(theirs.network())) {
                throw new DialFailedException(new Cause.RefusedByUs(
                        "it is of network " + theirs.network().id()));
            }
            readStatus(exchange);

            judge(gate, own, theirs, frames.peer(), exchange);
            return new Description(
                    Carrier.LEGACY_TCP,
                    Direction.OUTBOUND,
                    frames.peer(),
                    PeerId.ofLegacy(frames.peer()),
                    theirs,
                    ownTime,
                    clock.instant());
        } catch (HandshakeBrokenException broken) {
            throw new DialFailedException(causeOf(broken, frames.anyBytesSeen(), responded));
        }
    }

    private static HandshakeData readResponse(HandshakeExchange exchange)
            throws HandshakeBrokenException, InterruptedException {
        PeerMessage first = exchange.read();
        if (first instanceof PeerMessage.Handshake(var magic, var data) && magic.equals(MagicValue.RESPONSE)) {
            return data;
        }
        throw new HandshakeBrokenException(Why.NOT_THE_PROTOCOL, "no response but " + first.kind());
    }

    private static void readStatus(HandshakeExchange exchange)
            throws HandshakeBrokenException, DialFailedException, InterruptedException {
        PeerMessage second = exchange.read();
        if (!(second instanceof PeerMessage.ConnectionStatus(var status))) {
            throw new HandshakeBrokenException(Why.NOT_THE_PROTOCOL, "no status but " + second.kind());
        }
        if (status instanceof TransferConnectionStatus.Refused(var reason)) {
            throw new DialFailedException(new Cause.RefusedByPeer(reason));
        }
    }

    // The listener believes us connected by now: a dialler that refuses says good-bye, for it has no status to send.
    private static void judge(
            PeerGate gate, HandshakeData own, HandshakeData theirs, PeerAddress peer, HandshakeExchange exchange)
            throws HandshakeBrokenException, DialFailedException, InterruptedException {
        switch (gate.judge(own, theirs, remote(peer))) {
            case HandshakeVerdict.Accepted() -> {}
            case HandshakeVerdict.Refused(var reason) -> {
                exchange.write(new PeerMessage.Bye());
                throw new DialFailedException(new Cause.RefusedByUs(reason));
            }
            case HandshakeVerdict.DifferentNetwork(var network) ->
                throw new DialFailedException(new Cause.RefusedByUs("it is of network " + network.id()));
        }
    }

    private static Cause causeOf(HandshakeBrokenException broken, boolean answered, boolean responded) {
        String detail = String.valueOf(broken.getMessage());
        return switch (broken.why()) {
            // Other protocols send something that reads as the start of a long frame, and then wait.
            case TIMED_OUT ->
                answered && !responded
                        ? new Cause.NotThisProtocol(detail)
                        : new Cause.TimedOut("shaking hands: " + detail);
            case RESET -> answered ? new Cause.NotThisProtocol(detail) : new Cause.Unreachable(detail);
            case ENDED, NOT_THE_PROTOCOL -> new Cause.NotThisProtocol(detail);
        };
    }

    private static PeerGate.Remote remote(PeerAddress peer) {
        return new PeerGate.Remote(peer, Carrier.LEGACY_TCP, Direction.OUTBOUND, PeerId.ofLegacy(peer));
    }
}
