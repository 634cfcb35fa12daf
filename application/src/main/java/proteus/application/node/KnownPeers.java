package proteus.application.node;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import proteus.application.port.Randomness;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerInfo;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;

/**
 * Peers that other peers told of on the legacy stack, and whom to try next. Bounded; safe for use by many threads.
 *
 * <p>Source: peer discovery of neptune-core 0.14.3, {@code main_loop.rs}: an entry is as far away as the peer that told of
 * it plus one, the first report counts, and of the farthest one is chosen at random, which spreads connections out.
 */
final class KnownPeers {

    /** How many are remembered for each place in the table of connected peers. */
    private static final int PER_PLACE = 20;

    /** How far away a peer is that nobody told of: it was named by the operator, or it dialled this node. */
    private static final int NEAREST = 1;

    private final int capacity;
    private final Randomness randomness;
    private final Map<PeerAddress, Known> known = new LinkedHashMap<>();

    private record Known(InstanceId instanceId, int distance) {}

    /** For a node with so many places for peers. */
    KnownPeers(int places, Randomness randomness) {
        capacity = Math.max(1, PER_PLACE * places);
        this.randomness = randomness;
    }

    /**
     * Remembers a list that the peer at {@code reporter} told.
     *
     * @param named whether the operator named the reporter, which makes it the nearest there is
     */
    synchronized void heard(PeerAddress reporter, boolean named, Collection<PeerListEntry> list) {
        Known teller = known.get(reporter);
        int distance = (named || teller == null ? NEAREST : teller.distance) + 1;
        list.stream()
                .limit(PeerMessage.PeerListResponse.MAX_PEERS)
                .filter(entry ->
                        !entry.address().ip().isLocal() && entry.address().port() != 0)
                .forEach(entry -> remember(entry.address().canonical(), new Known(entry.instanceId(), distance)));
    }

    private void remember(PeerAddress address, Known entry) {
        if (known.containsKey(address)) {
            return;
        }
        if (known.size() == capacity) {
            evictAtRandom();
        }
        known.put(address, entry);
    }

    private void evictAtRandom() {
        Iterator<PeerAddress> addresses = known.keySet().iterator();
        for (int skipped = randomness.below(capacity); skipped > 0; skipped--) {
            addresses.next();
        }
        addresses.next();
        addresses.remove();
    }

    /** How many are remembered. */
    synchronized int size() {
        return known.size();
    }

    /** Forgets one, as it cannot be reached. */
    synchronized void forget(PeerAddress address) {
        known.remove(address);
    }

    /**
     * Whom to dial next; empty if there is nobody.
     *
     * @param own this node's id
     * @param connected who is connected
     * @param listenAddresses where those listen
     * @param allowed what must hold for an IP, such as not to be banned
     */
    synchronized Optional<PeerAddress> candidate(
            InstanceId own,
            Collection<PeerInfo> connected,
            Collection<PeerAddress> listenAddresses,
            Predicate<IpAddress> allowed) {
        Set<InstanceId> instances = connected.stream().map(PeerInfo::instanceId).collect(Collectors.toSet());
        Set<IpAddress> ips = connected.stream()
                .flatMap(peer -> peer.address().stream())
                .map(PeerAddress::ip)
                .collect(Collectors.toSet());
        List<Map.Entry<PeerAddress, Known>> possible = known.entrySet().stream()
                .filter(entry -> !entry.getValue().instanceId.equals(own))
                .filter(entry -> !instances.contains(entry.getValue().instanceId))
                .filter(entry -> !listenAddresses.contains(entry.getKey()))
                .filter(entry -> allowed.test(entry.getKey().ip()))
                .toList();
        List<Map.Entry<PeerAddress, Known>> elsewhere = possible.stream()
                .filter(entry -> !ips.contains(entry.getKey().ip()))
                .toList();
        List<Map.Entry<PeerAddress, Known>> preferred = elsewhere.isEmpty() ? possible : elsewhere;
        int farthest = preferred.stream()
                .mapToInt(entry -> entry.getValue().distance)
                .max()
                .orElse(0);
        List<PeerAddress> choices = preferred.stream()
                .filter(entry -> entry.getValue().distance == farthest)
                .map(Map.Entry::getKey)
                .toList();
        return choices.isEmpty() ? Optional.empty() : Optional.of(choices.get(randomness.below(choices.size())));
    }
}
