package proteus.adapters.libp2p.engine.limits;

import java.util.Optional;
import proteus.adapters.libp2p.engine.limits.ResourceRefusal.LimitReached;

/** The books of one scope. Not safe for use by many threads: the tree's lock guards all of its nodes. */
final class ScopeNode {

    private final ScopeName name;
    private final ScopeLimits limits;
    private Optional<ScopeNode> parent;

    /** Of this scope and all below it; each scope above holds it too. */
    private ResourceUsage held;

    /** The part of the memory that was reserved in this scope itself. */
    private long ownMemory;

    private boolean closed;

    ScopeNode(ScopeName name, ScopeLimits limits, Optional<ScopeNode> parent, ResourceUsage held) {
        this.name = name;
        this.limits = limits;
        this.parent = parent;
        this.held = held;
    }

    ScopeName name() {
        return name;
    }

    Optional<ScopeNode> parent() {
        return parent;
    }

    ResourceUsage usage() {
        return isClosed() ? ResourceUsage.NONE : held;
    }

    boolean isClosed() {
        return closed || parent.map(ScopeNode::isClosed).orElse(false);
    }

    /** Why this scope alone cannot hold {@code wanted} more. */
    Optional<LimitReached> ownRefusal(ResourceUsage wanted) {
        return limits.lacking(held, wanted)
                .map(resource -> new LimitReached(
                        name, resource, limits.limit(resource), held.amount(resource), wanted.amount(resource)));
    }

    /** Why this scope or one above it cannot hold {@code wanted} more; the lowest speaks. */
    Optional<LimitReached> refusal(ResourceUsage wanted) {
        return ownRefusal(wanted).or(() -> parent.flatMap(above -> above.refusal(wanted)));
    }

    void add(ResourceUsage more) {
        held = held.plus(more);
        parent.ifPresent(above -> above.add(more));
    }

    private void subtract(ResourceUsage less) {
        held = held.minus(less);
        parent.ifPresent(above -> above.subtract(less));
    }

    void addMemory(long bytes) {
        ownMemory += bytes;
        add(ResourceUsage.bytes(bytes));
    }

    void subtractMemory(long bytes) {
        if (bytes > ownMemory) {
            throw new IllegalStateException(
                    name + " has reserved " + ownMemory + " bytes of memory and releases " + bytes);
        }
        ownMemory -= bytes;
        subtract(ResourceUsage.bytes(bytes));
    }

    /** Puts this scope with all it holds under a sibling of its parent, which has room for it. */
    void moveTo(ScopeNode sibling) {
        parent.ifPresent(before -> before.held = before.held.minus(held));
        sibling.held = sibling.held.plus(held);
        parent = Optional.of(sibling);
    }

    /** Gives back all that this scope and those below it hold. Must not be closed yet. */
    void close() {
        closed = true;
        parent.ifPresent(above -> above.subtract(held));
    }
}
