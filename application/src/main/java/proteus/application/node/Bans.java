package proteus.application.node;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import proteus.application.port.PeerStore;
import proteus.application.port.StoreException;
import proteus.domain.peer.BanList;
import proteus.domain.peer.IpAddress;

/**
 * Who is kept out whatever the standing: those of the command line, and those whom the operator banned later, over
 * restarts too. Safe for use by many threads; changes block on the store.
 */
final class Bans {

    private final PeerStore store;
    private final InstantSource clock;
    private volatile BanList list;

    /** The command-line bans alone; {@link #load} adds what is stored. */
    Bans(Set<IpAddress> commandLine, PeerStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        list = BanList.of(commandLine);
    }

    /** Adds the stored bans, and forgets those that are over. */
    synchronized void load() throws StoreException {
        Map<IpAddress, Instant> stored = store.bans();
        list = new BanList(list.commandLineBans(), stored).withoutExpired(clock.instant());
        for (IpAddress ip : stored.keySet()) {
            if (!list.blacklist().containsKey(ip)) {
                store.removeBan(ip);
            }
        }
    }

    /** The bans as of now. */
    BanList list() {
        return list;
    }

    /** Whether {@code ip} is kept out now. */
    boolean isBanned(IpAddress ip) {
        return list.isBanned(ip, clock.instant());
    }

    /** Bans {@code ip} from now on. */
    synchronized void add(IpAddress ip) throws StoreException {
        Instant now = clock.instant();
        store.putBan(ip, now);
        list = list.withoutExpired(now).withBlacklisted(ip, now);
    }

    /** Lifts the ban of {@code ip}, but for one of the command line. */
    synchronized void remove(IpAddress ip) throws StoreException {
        store.removeBan(ip);
        list = list.withoutBlacklisted(ip);
    }

    /** Lifts all bans but those of the command line. */
    synchronized void removeAll() throws StoreException {
        store.removeBans();
        list = list.withoutBlacklist();
    }

    /** How many IPs are kept out now. */
    int count() {
        BanList now = list.withoutExpired(clock.instant());
        long both = now.blacklist().keySet().stream()
                .filter(now.commandLineBans()::contains)
                .count();
        return now.commandLineBans().size() + now.blacklist().size() - (int) both;
    }
}
