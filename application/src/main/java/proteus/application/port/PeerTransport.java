package proteus.application.port;

import java.io.IOException;
import proteus.domain.peer.PeerAddress;

/**
 * One peer stack: accepts and dials connections, and shakes hands on them.
 *
 * <p>Connections that pass the handshake, in either direction, are handed to the {@link PeerGate}. Safe for use by many
 * threads.
 */
public interface PeerTransport extends AutoCloseable {

    /** Which stack this is. */
    Stack stack();

    /**
     * Starts accepting at {@code address}; port 0 picks a free one. May be called once for each address to listen on.
     *
     * @return the address with the port that was bound
     * @throws IOException if the address cannot be bound; the message names it
     */
    PeerAddress listen(PeerAddress address) throws IOException;

    /**
     * Dials {@code address}, shakes hands, and hands the connection to the gate before it returns it.
     *
     * <p>Blocks; for virtual threads. Each step has the handshake timeout as its deadline.
     *
     * @throws DialFailedException if that did not end in a connection
     * @throws InterruptedException if the calling thread was interrupted; nothing is left open
     */
    PeerConnection dial(PeerAddress address) throws DialFailedException, InterruptedException;

    /** Stops accepting and dialling before it returns; connections that are open stay open. For virtual threads. */
    void stopAccepting();

    /** Stops everything: listeners, dials and connections. Waits until sockets and threads are gone. Idempotent. */
    @Override
    void close();
}
