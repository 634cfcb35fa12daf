package proteus.domain.peer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the node knows at the moment when it judges one connection.
 *
 * @param bans who is kept out
 * @param storedStanding the standing stored under the peer's canonical IP; empty if there is none, or the peer comes
 *     over a relay
 * @param connectedPeers the table of connected peers, over both stacks
 * @param now the node's clock
 */
public record ConnectionSnapshot(
        BanList bans, Optional<PeerStanding> storedStanding, List<PeerInfo> connectedPeers, Instant now) {

    public ConnectionSnapshot {
        connectedPeers = List.copyOf(connectedPeers);
    }

    boolean storedStandingIsBad() {
        return storedStanding.isPresent() && storedStanding.get().isBadAt(now);
    }

    /**
     * Whether a peer is connected that has this instance id, and from the same IP. An id is public, for peers hand it on: a
     * claim from elsewhere proves nothing, so it must not keep the one out that it belongs to, nor itself.
     */
    boolean hasInstance(InstanceId instanceId, Optional<PeerAddress> from) {
        return connectedPeers.stream()
                .filter(peer -> peer.instanceId().equals(instanceId))
                .anyMatch(peer -> from.isEmpty()
                        || peer.address().isEmpty()
                        || peer.hasIp(from.get().ip()));
    }

    /** Whether a peer with this instance id is connected from anywhere. */
    boolean hasInstance(InstanceId instanceId) {
        return connectedPeers.stream().anyMatch(peer -> peer.instanceId().equals(instanceId));
    }

    boolean hasPeerId(PeerId peerId) {
        return connectedPeers.stream().anyMatch(peer -> peer.peerId().equals(peerId));
    }

    boolean hasAddress(PeerAddress address) {
        Optional<PeerAddress> canonical = Optional.of(address.canonical());
        return connectedPeers.stream().anyMatch(peer -> peer.address().equals(canonical));
    }

    long connectionsFrom(IpAddress ip) {
        return connectedPeers.stream().filter(peer -> peer.hasIp(ip)).count();
    }
}
