package proteus.application.migration;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import proteus.application.port.Carrier;
import proteus.application.port.Counterpart;
import proteus.application.port.MigrationStore;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerKey;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.domain.peer.PeerAddress;

/**
 * Which legacy address and which libp2p identity are one peer, as far as this node's own dials have shown; and which peers
 * have no libp2p. Safe for use by many threads; changes block on the store, whose failure costs this memory alone.
 */
final class Counterparts {

    /** For how long something is remembered that was not found out again. */
    static final Duration EXPIRY = Duration.ofDays(7);

    private static final System.Logger LOG = System.getLogger(Counterparts.class.getName());

    private final MigrationStore store;
    private final Map<PeerAddress, Counterpart> known = new ConcurrentHashMap<>();

    Counterparts(MigrationStore store) {
        this.store = store;
    }

    /** Reads what is stored, and forgets what is too old. */
    void load(Instant now) throws StoreException {
        for (Counterpart counterpart : store.counterparts()) {
            if (counterpart.since().plus(EXPIRY).isBefore(now)) {
                store.removeCounterpart(counterpart.legacy());
            } else {
                known.put(counterpart.legacy(), counterpart);
            }
        }
    }

    List<Counterpart> all() {
        return List.copyOf(known.values());
    }

    Optional<Counterpart> of(PeerAddress legacy) {
        return Optional.ofNullable(known.get(legacy.canonical()));
    }

    /**
     * Where a connected peer takes legacy connections: there where it did when this node moved it, which it may not know
     * itself if a router changes its port; otherwise where it says. Always at the IP of its connection.
     */
    Optional<PeerAddress> legacyOf(Description peer) {
        Optional<PeerAddress> before = peer.stack() == Stack.LEGACY
                ? Optional.empty()
                : known.values().stream()
                        .filter(counterpart ->
                                counterpart.legacy().ip().equals(peer.address().ip()))
                        .filter(counterpart -> counterpart
                                .libp2p()
                                .filter(reached -> reached.peerId().equals(peer.peerId()))
                                .isPresent())
                        .max(Comparator.comparing(Counterpart::since))
                        .map(Counterpart::legacy);
        return before.or(() -> LegacyAddress.of(peer));
    }

    /** The same as something to dial. */
    Optional<PeerEndpoint> legacyEndpointOf(Description peer) {
        return legacyOf(peer).map(address -> new PeerEndpoint(address, Carrier.LEGACY_TCP));
    }

    /** What is known of a connected peer. */
    Optional<Counterpart> of(Description peer) {
        return legacyOf(peer).flatMap(this::of);
    }

    void put(Counterpart counterpart) {
        if (known.size() >= MigrationStore.MAX_COUNTERPARTS && !known.containsKey(counterpart.legacy())) {
            known.values().stream()
                    .min(Comparator.comparing(Counterpart::since))
                    .ifPresent(oldest -> known.remove(oldest.legacy()));
        }
        known.put(counterpart.legacy(), counterpart);
        try {
            store.putCounterpart(counterpart);
        } catch (StoreException failure) {
            LOG.log(
                    Level.ERROR,
                    "peer {0}: what was found out of its libp2p cannot be stored: {1}",
                    counterpart.legacy(),
                    failure.getMessage());
        }
    }

    /** What a peer is remembered by: what it has proven to this node, or where it takes legacy connections. */
    PeerKey keyOf(Description peer) {
        if (peer.stack() == Stack.LIBP2P) {
            return new PeerKey.OfPeerId(peer.peerId());
        }
        PeerAddress address = LegacyAddress.of(peer)
                .orElseGet(() -> new PeerAddress(peer.address().ip(), 0));
        return of(address)
                .flatMap(Counterpart::libp2p)
                .<PeerKey>map(reached -> new PeerKey.OfPeerId(reached.peerId()))
                .orElseGet(() -> new PeerKey.OfAddress(address));
    }
}
