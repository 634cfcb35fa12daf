package proteus.application.bridge;

import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.TransferConnectionStatus;

/** How a session begins and ends. */
public sealed interface HandshakeExchange extends Libp2pMessage {

    /**
     * Who the sender is. A session over libp2p opens with records of their own, and never says this.
     *
     * @param magic which side of a legacy connection sends it
     * @param data what the sender says of itself
     */
    record Hello(MagicValue magic, HandshakeData data) implements HandshakeExchange {}

    /**
     * Whether the sender takes the connection.
     *
     * @param status that it does, or why not
     */
    record Status(TransferConnectionStatus status) implements HandshakeExchange {}

    /** The last that the sender says. */
    record Bye() implements HandshakeExchange {}
}
