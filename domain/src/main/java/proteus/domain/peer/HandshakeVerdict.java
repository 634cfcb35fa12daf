package proteus.domain.peer;

import proteus.domain.network.Network;

/** What a peer's handshake amounts to. How a refusal is told, if at all, depends on the stack. */
public sealed interface HandshakeVerdict {

    /** Nothing speaks against the peer. */
    record Accepted() implements HandshakeVerdict {}

    /**
     * The peer belongs to another network. It is never told: the connection just closes, on both stacks.
     *
     * @param theirs the peer's network
     */
    record DifferentNetwork(Network theirs) implements HandshakeVerdict {}

    /**
     * The peer is refused. A legacy listener says so; the gateway has words for {@code MaxPeerNumberExceeded} alone, and
     * else just closes.
     *
     * @param reason the first reason in the order of the stack
     */
    record Refused(ConnectionRefusedReason reason) implements HandshakeVerdict {}
}
