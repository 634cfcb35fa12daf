package proteus.application.node;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.PeerAddress;

/**
 * The addresses that the operator wants connected even if the node is full: those named at the start, always, and one that
 * is dialled by order, as long as that lasts. Safe for use by many threads.
 */
final class WantedPeers {

    private final ConnectionSettings settings;
    private final Set<PeerAddress> dialledByOrder = ConcurrentHashMap.newKeySet();

    WantedPeers(ConnectionSettings settings) {
        this.settings = settings;
    }

    /** Whether a connection with {@code address} is wanted. */
    boolean contains(PeerAddress address) {
        return settings.isConfigured(address) || dialledByOrder.contains(address.canonical());
    }

    /** A dial of {@code address} begins by order. */
    void dialBegins(PeerAddress address) {
        dialledByOrder.add(address.canonical());
    }

    /** It is over. */
    void dialEnds(PeerAddress address) {
        dialledByOrder.remove(address.canonical());
    }
}
