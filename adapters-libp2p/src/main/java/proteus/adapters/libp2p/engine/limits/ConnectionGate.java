package proteus.adapters.libp2p.engine.limits;

import java.net.SocketAddress;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;

/**
 * The say of the engine's user in who may connect: bans, allow-lists, a protocol that only some may use.
 *
 * <p>Asked on event loops, by several at once: it must answer at once, from what it knows, and must not throw. Each
 * question has the default answer that nothing stands against it.
 */
public interface ConnectionGate {

    /** A gate that lets everybody in. */
    static ConnectionGate open() {
        return new ConnectionGate() {};
    }

    /**
     * Why no connection from {@code remote} is to be accepted, before a byte is read.
     *
     * @return empty to accept it
     */
    default Optional<GateRefusal> atAccept(SocketAddress remote) {
        return Optional.empty();
    }

    /**
     * Why a connection is not to be kept whose remote has now proven to be {@code peer}.
     *
     * @param remote where the peer is connected from or was dialled at
     * @param direction who opened the connection
     * @return empty to keep it
     */
    default Optional<GateRefusal> afterSecurity(PeerId peer, SocketAddress remote, Direction direction) {
        return Optional.empty();
    }

    /**
     * Why a stream for {@code protocol} is not to be opened.
     *
     * @param protocol the protocol id, which this host speaks
     * @param direction who opens the stream
     * @return empty to let it be opened
     */
    default Optional<GateRefusal> atStreamOpen(PeerId peer, String protocol, Direction direction) {
        return Optional.empty();
    }
}
