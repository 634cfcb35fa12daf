package proteus.adapters.libp2p.engine.limits;

import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;

/**
 * All that one host holds: the root of its scopes.
 *
 * <pre>
 *   system ─┬─ pending ─── connection         whose remote has not proven who it is
 *           └─ peer ────── connection ── stream
 * </pre>
 *
 * <p>The idea is that of the resource manager of go-libp2p. A peer's scope is there as long as the peer has a connection.
 * The root cannot be closed. Safe for use by many threads.
 */
public final class SystemScope implements ResourceScope {

    private final ScopeTree tree;

    /** An empty tree. */
    public SystemScope(HostLimits limits) {
        this.tree = new ScopeTree(limits);
    }

    /**
     * Makes room for a connection, before anything is done for it.
     *
     * @param direction who opens it
     * @param remote the address of the remote, which only names the scope
     * @return its scope, pending until {@link ConnectionScope#secured}; or why there is no room for it
     */
    public Reservation<ConnectionScope> openConnection(Direction direction, String remote) {
        ScopeName.Connection name = new ScopeName.Connection(direction, remote);
        return switch (tree.openConnection(name)) {
            case Reservation.Granted<ScopeNode>(ScopeNode node) ->
                new Reservation.Granted<>(new ConnectionScope(tree, node, name));
            case Reservation.Refused<ScopeNode>(ResourceRefusal refusal) -> new Reservation.Refused<>(refusal);
        };
    }

    /** What all connections hold whose remote has not proven who it is. */
    public ResourceUsage pendingUsage() {
        return tree.pendingUsage();
    }

    /** The scope of a peer, if it has a connection. */
    public Optional<PeerScope> peer(PeerId peer) {
        return tree.peer(peer).map(node -> new PeerScope(tree, node, peer));
    }

    /** How many peers have a connection. */
    public int peers() {
        return tree.peers();
    }

    @Override
    public ScopeName name() {
        return tree.system().name();
    }

    @Override
    public ResourceUsage usage() {
        return tree.usage(tree.system());
    }

    @Override
    public Reservation<SystemScope> reserveMemory(long bytes) {
        return answer(tree.reserveMemory(tree.system(), bytes), this);
    }

    @Override
    public void releaseMemory(long bytes) {
        tree.releaseMemory(tree.system(), bytes);
    }

    /** The answer of {@code scope}, which refuses if there is a refusal. */
    static <S> Reservation<S> answer(Optional<ResourceRefusal> refusal, S scope) {
        return refusal.<Reservation<S>>map(Reservation.Refused::new).orElseGet(() -> new Reservation.Granted<>(scope));
    }
}
