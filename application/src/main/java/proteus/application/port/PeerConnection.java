package proteus.application.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;

/**
 * One live connection with one peer after the handshake, whichever stack carries it.
 *
 * <p>Safe for use by many threads. Frames arrive one at a time, in order, and only as many as were asked for: reading
 * stops while the session is busy, so a fast peer fills its own socket and nothing else.
 */
public interface PeerConnection extends AutoCloseable {

    /** Who is at the other end, and how. */
    Description description();

    /**
     * Starts delivery. Called exactly once, before {@link #request}.
     *
     * <p>The listener is called by one thread at a time and must not block. It sees one {@link
     * ConnectionEvent.Closed}, last, however the connection ends, also if that happened before this call.
     *
     * @throws IllegalStateException if it was called before
     */
    void open(Consumer<ConnectionEvent> listener);

    /** Asks for one more frame. Credit adds up; a session keeps at most one outstanding. Ignored once closed. */
    void request();

    /**
     * Queues {@code message} for sending and returns at once.
     *
     * @throws ConnectionClosedException if the connection is closed, or closes now because its outbound queue is full
     */
    void send(PeerMessage message) throws ConnectionClosedException;

    /** What the connection is made of, as of now: some of it is known only a while after the handshake. */
    default Layers layers() {
        return Layers.NONE;
    }

    /** What has gone each way so far. */
    Traffic traffic();

    /** Closes, after what is queued has been sent or one second has passed. Returns at once; idempotent. */
    @Override
    void close();

    /**
     * What is known about a connection once its handshake is done.
     *
     * @param carrier what carries it
     * @param direction who opened it
     * @param address where the peer is, IPv4-mapped addresses made plain
     * @param peerId the peer's libp2p identity, or on the legacy stack its stand-in
     * @param handshake what the peer said of itself
     * @param ownHandshakeTime this node's clock when it made its own handshake
     * @param established when the handshake was done, by this node's clock
     */
    record Description(
            Carrier carrier,
            Direction direction,
            PeerAddress address,
            PeerId peerId,
            HandshakeData handshake,
            Instant ownHandshakeTime,
            Instant established) {

        /** Where the peer's end is, and by what it is reached. */
        public PeerEndpoint endpoint() {
            return new PeerEndpoint(address, carrier);
        }

        /** The stack that carries it. */
        public Stack stack() {
            return carrier.stack();
        }
    }

    /**
     * What the connection is made of, as far as the stack has such things.
     *
     * @param security the protocol that secures it, such as {@code /noise}
     * @param muxer the protocol that carries several streams over it, such as {@code /yamux/1.0.0}
     * @param protocols what the peer says it speaks, in its order, so far; at most some hundred of bounded length
     * @param agent what the peer says its program is
     * @param session the protocol by which the session's messages go, such as {@code /proteus/main/session/1}
     */
    record Layers(
            Optional<String> security,
            Optional<String> muxer,
            List<String> protocols,
            Optional<String> agent,
            Optional<String> session) {

        /** A stack that has no layers. */
        public static final Layers NONE =
                new Layers(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());

        public Layers {
            protocols = List.copyOf(protocols);
        }
    }

    /**
     * Frames and payload bytes each way since the handshake, handshake frames not counted.
     */
    record Traffic(long framesIn, long bytesIn, long framesOut, long bytesOut) {

        /** Nothing yet. */
        public static final Traffic NONE = new Traffic(0, 0, 0, 0);

        /** Both together. */
        public Traffic plus(Traffic other) {
            return new Traffic(
                    framesIn + other.framesIn,
                    bytesIn + other.bytesIn,
                    framesOut + other.framesOut,
                    bytesOut + other.bytesOut);
        }
    }
}
