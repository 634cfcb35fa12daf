package proteus.adapters.libp2p.engine.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;

/**
 * All scopes of one host under one lock, so that a reservation in a scope and in all above it is one step.
 *
 * <p>The lock is held for some dozens of additions and never while anything else is called.
 */
final class ScopeTree {

    private final HostLimits limits;
    private final ScopeNode system;
    private final ScopeNode pending;

    /** One for each peer with a connection, so that the connections bound it. */
    private final Map<PeerId, ScopeNode> peers = new HashMap<>();

    ScopeTree(HostLimits limits) {
        this.limits = limits;
        this.system = new ScopeNode(new ScopeName.WholeSystem(), limits.system(), Optional.empty(), ResourceUsage.NONE);
        this.pending =
                new ScopeNode(new ScopeName.Pending(), limits.pending(), Optional.of(system), ResourceUsage.NONE);
    }

    ScopeNode system() {
        return system;
    }

    synchronized ResourceUsage usage(ScopeNode node) {
        return node.usage();
    }

    synchronized ResourceUsage pendingUsage() {
        return pending.usage();
    }

    synchronized int peers() {
        return peers.size();
    }

    synchronized Optional<ScopeNode> peer(PeerId peer) {
        return Optional.ofNullable(peers.get(peer));
    }

    /** The scope of the peer whose connection {@code connection} is, once that is known. */
    synchronized Optional<ScopeNode> peerOf(ScopeNode connection) {
        return connection.parent().filter(above -> above != pending);
    }

    synchronized Reservation<ScopeNode> openConnection(ScopeName.Connection name) {
        return open(pending, name, limits.connection(), ResourceUsage.connection(name.direction()));
    }

    synchronized Reservation<ScopeNode> openStream(ScopeNode connection, ScopeName.Stream name) {
        if (!connection.isClosed() && isPending(connection)) {
            throw new IllegalStateException(connection.name() + " is not secured, so it can have no streams");
        }
        return open(connection, name, limits.stream(), ResourceUsage.stream(name.direction()));
    }

    private static Reservation<ScopeNode> open(
            ScopeNode parent, ScopeName name, ScopeLimits limits, ResourceUsage first) {
        Optional<ResourceRefusal> refusal = refusal(parent, first);
        if (refusal.isPresent()) {
            return new Reservation.Refused<>(refusal.get());
        }
        parent.add(first);
        return new Reservation.Granted<>(new ScopeNode(name, limits, Optional.of(parent), first));
    }

    private static Optional<ResourceRefusal> refusal(ScopeNode node, ResourceUsage wanted) {
        if (node.isClosed()) {
            return Optional.of(new ResourceRefusal.ScopeClosed(node.name()));
        }
        return node.refusal(wanted).map(reached -> reached);
    }

    /** Moves a pending connection to its peer's scope. Empty if that is done. */
    synchronized Optional<ResourceRefusal> secure(ScopeNode connection, PeerId remote) {
        if (connection.isClosed()) {
            return Optional.of(new ResourceRefusal.ScopeClosed(connection.name()));
        }
        if (!isPending(connection)) {
            throw new IllegalStateException(connection.name() + " is secured already, now for " + remote);
        }
        ScopeNode peer = peer(remote).orElseGet(() -> newPeer(remote));
        Optional<ResourceRefusal> refusal = peer.ownRefusal(connection.usage()).map(reached -> reached);
        if (refusal.isEmpty()) {
            // The system holds it before and after.
            connection.moveTo(peer);
            peers.put(remote, peer);
        }
        return refusal;
    }

    private ScopeNode newPeer(PeerId remote) {
        return new ScopeNode(new ScopeName.Peer(remote), limits.peer(), Optional.of(system), ResourceUsage.NONE);
    }

    private boolean isPending(ScopeNode connection) {
        return connection.parent().filter(above -> above == pending).isPresent();
    }

    /** Empty if the bytes are reserved. */
    synchronized Optional<ResourceRefusal> reserveMemory(ScopeNode node, long bytes) {
        Optional<ResourceRefusal> refusal = refusal(node, ResourceUsage.bytes(bytes));
        if (refusal.isEmpty()) {
            node.addMemory(bytes);
        }
        return refusal;
    }

    synchronized void releaseMemory(ScopeNode node, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative amount: memory " + bytes);
        }
        if (!node.isClosed()) {
            node.subtractMemory(bytes);
        }
    }

    synchronized void close(ScopeNode node) {
        if (node.isClosed()) {
            return;
        }
        node.close();
        node.parent().ifPresent(this::forgetIfEmpty);
    }

    private void forgetIfEmpty(ScopeNode node) {
        if (node.name() instanceof ScopeName.Peer(PeerId peer) && node.usage().amount(Resource.CONNECTIONS) == 0) {
            node.close();
            peers.remove(peer);
        }
    }
}
