package proteus.adapters.libp2p.engine.limits;

/** What one stream holds. Safe for use by many threads. */
public final class StreamScope implements ResourceScope, AutoCloseable {

    private final ScopeTree tree;
    private final ScopeNode node;
    private final Direction direction;

    StreamScope(ScopeTree tree, ScopeNode node, Direction direction) {
        this.tree = tree;
        this.node = node;
        this.direction = direction;
    }

    /** Who opened the stream. */
    public Direction direction() {
        return direction;
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
    public Reservation<StreamScope> reserveMemory(long bytes) {
        return SystemScope.answer(tree.reserveMemory(node, bytes), this);
    }

    @Override
    public void releaseMemory(long bytes) {
        tree.releaseMemory(node, bytes);
    }

    /** Gives back the stream and its memory. Does nothing the second time, or if its connection is closed. */
    @Override
    public void close() {
        tree.close(node);
    }
}
