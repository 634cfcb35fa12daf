package proteus.adapters.libp2p.engine.swarm;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts of the handshakes that are under way at one QUIC listener, by where they come from. The limit on pending
 * connections bounds it. On the listener's event loop.
 */
final class PendingAccounts {

    private final Map<InetSocketAddress, Deque<ConnectionAccount>> accounts = new HashMap<>();

    void add(InetSocketAddress remote, ConnectionAccount account) {
        accounts.computeIfAbsent(remote, _ -> new ArrayDeque<>(1)).add(account);
    }

    /** The oldest from {@code remote}, which is no longer pending. */
    Optional<ConnectionAccount> take(InetSocketAddress remote) {
        Deque<ConnectionAccount> waiting = accounts.get(remote);
        if (waiting == null) {
            return Optional.empty();
        }
        ConnectionAccount oldest = waiting.remove();
        if (waiting.isEmpty()) {
            accounts.remove(remote);
        }
        return Optional.of(oldest);
    }
}
