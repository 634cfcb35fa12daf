package proteus.adapters.libp2p.engine.limits;

import proteus.adapters.libp2p.engine.identity.PeerId;

/**
 * What one peer holds over all its connections.
 *
 * <p>It closes with the last of them, and gives back what was reserved in it; another connection later begins another
 * scope. Safe for use by many threads.
 */
public final class PeerScope implements ResourceScope {

    private final ScopeTree tree;
    private final ScopeNode node;
    private final PeerId peer;

    PeerScope(ScopeTree tree, ScopeNode node, PeerId peer) {
        this.tree = tree;
        this.node = node;
        this.peer = peer;
    }

    /** Whose scope this is. */
    public PeerId peer() {
        return peer;
    }

    @Override
    public ScopeName name() {
        return node.name();
    }

    @Override
    public ResourceUsage usage() {
        return tree.usage(node);
    }

    @Override
    public Reservation<PeerScope> reserveMemory(long bytes) {
        return SystemScope.answer(tree.reserveMemory(node, bytes), this);
    }

    @Override
    public void releaseMemory(long bytes) {
        tree.releaseMemory(node, bytes);
    }
}
