package proteus.application.port;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import proteus.domain.peer.PeerId;

/**
 * One peer stack: accepts and dials connections, and shakes hands on them.
 *
 * <p>Connections that pass the handshake, in either direction, are handed to the {@link PeerGate}. Safe for use by many
 * threads.
 */
public interface PeerTransport extends Instrument, AutoCloseable {

    /** Which stack this is. */
    Stack stack();

    /** Who this node proves to be on this stack; empty if the stack has no such thing. */
    default Optional<PeerId> ownPeerId() {
        return Optional.empty();
    }

    /** {@inheritDoc} Nothing, where what it does is seen in its connections. Never blocks. */
    @Override
    default List<Measurement> measurements() {
        return List.of();
    }

    /**
     * Starts accepting at {@code endpoint}; port 0 picks a free one. May be called once for each endpoint to listen on, and
     * again after {@link #stopListening}. Blocks for a moment.
     *
     * @return the endpoint with the port that was bound
     * @throws IOException if it cannot be bound; the message names its address
     * @throws IllegalArgumentException if its carrier is of another stack
     */
    PeerEndpoint listen(PeerEndpoint endpoint) throws IOException;

    /**
     * Dials {@code endpoint}, shakes hands, and hands the connection to the gate before it returns it.
     *
     * <p>Blocks; for virtual threads. Each step of the handshake has the handshake timeout as its deadline; what a
     * stack does before, to secure the connection, has its own.
     *
     * @throws DialFailedException if that did not end in a connection
     * @throws InterruptedException if the calling thread was interrupted; nothing is left open
     * @throws IllegalArgumentException if the endpoint's carrier is of another stack
     */
    PeerConnection dial(PeerEndpoint endpoint) throws DialFailedException, InterruptedException;

    /**
     * Dials {@code endpoint}, and stops before this node says who it is: what becomes of it is the caller's to decide.
     *
     * <p>Blocks like {@link #dial}, and is what it is but for that. Only what secures the connection has happened when this
     * returns and, on libp2p, the peer has said who it is.
     *
     * @param gate is asked for this node's handshake and for its judgement, and is handed the connection, in the place of
     *     the transport's own
     * @throws DialFailedException if it does not come so far
     * @throws InterruptedException if the calling thread was interrupted; nothing is left open
     * @throws IllegalArgumentException if the endpoint's carrier is of another stack
     */
    HeldDial hold(PeerEndpoint endpoint, PeerGate gate) throws DialFailedException, InterruptedException;

    /**
     * Stops accepting wherever it listens, and frees its ports, before it returns; it may listen again, there or elsewhere.
     * Dials go on, and connections that are open stay open. Where they need the socket that listened, as those of QUIC do,
     * it is kept as long as they last, and refuses everybody else by silence. For virtual threads.
     */
    void stopListening();

    /** Stops accepting and dialling before it returns; connections that are open stay open. For virtual threads. */
    void stopAccepting();

    /** Stops everything: listeners, dials and connections. Waits until sockets and threads are gone. Idempotent. */
    @Override
    void close();
}
