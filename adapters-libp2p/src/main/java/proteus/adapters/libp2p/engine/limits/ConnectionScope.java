package proteus.adapters.libp2p.engine.limits;

import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;

/** What one connection holds, streams included. Safe for use by many threads. */
public final class ConnectionScope implements ResourceScope, AutoCloseable {

    private final ScopeTree tree;
    private final ScopeNode node;
    private final ScopeName.Connection name;

    ConnectionScope(ScopeTree tree, ScopeNode node, ScopeName.Connection name) {
        this.tree = tree;
        this.node = node;
        this.name = name;
    }

    /** Who opened the connection. */
    public Direction direction() {
        return name.direction();
    }

    /**
     * Moves the connection with all it holds from the pending ones to {@code remote}, who has proven to be this.
     *
     * @return this scope; or why the peer has no room for it, and then it remains pending and is to be closed
     * @throws IllegalStateException if the connection was moved before
     */
    public Reservation<ConnectionScope> secured(PeerId remote) {
        return SystemScope.answer(tree.secure(node, remote), this);
    }

    /** The scope of the peer, if {@link #secured} was granted; also after the closing. */
    public Optional<PeerScope> peer() {
        return tree.peerOf(node)
                .flatMap(above -> above.name() instanceof ScopeName.Peer(PeerId peer)
                        ? Optional.of(new PeerScope(tree, above, peer))
                        : Optional.empty());
    }

    /**
     * Makes room for a stream, before anything is done for it.
     *
     * @param opener who opens it
     * @return its scope; or why there is no room for it
     * @throws IllegalStateException if the connection is not secured
     */
    public Reservation<StreamScope> openStream(Direction opener) {
        ScopeName.Stream stream = new ScopeName.Stream(opener, name);
        return switch (tree.openStream(node, stream)) {
            case Reservation.Granted<ScopeNode>(ScopeNode below) ->
                new Reservation.Granted<>(new StreamScope(tree, below, opener));
            case Reservation.Refused<ScopeNode>(ResourceRefusal refusal) -> new Reservation.Refused<>(refusal);
        };
    }

    @Override
    public ScopeName.Connection name() {
        return name;
    }

    @Override
    public ResourceUsage usage() {
        return tree.usage(node);
    }

    @Override
    public Reservation<ConnectionScope> reserveMemory(long bytes) {
        return SystemScope.answer(tree.reserveMemory(node, bytes), this);
    }

    @Override
    public void releaseMemory(long bytes) {
        tree.releaseMemory(node, bytes);
    }

    /** Gives back the connection, its streams and all memory. Does nothing the second time. */
    @Override
    public void close() {
        tree.close(node);
    }
}
