package proteus.application.node;

import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import proteus.application.port.PeerStore;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerStanding;

/**
 * The standings by IP, as they are stored between sessions. Safe for use by many threads; blocks on the store.
 *
 * <p>A store that fails costs the memory of standings, with an error in the log, and not the node.
 */
final class Standings {

    private static final System.Logger LOG = System.getLogger(Standings.class.getName());

    private final PeerStore store;
    private final InstantSource clock;
    private final int tolerance;

    /** Standings of peers that nothing is known of get {@code tolerance}. */
    Standings(PeerStore store, InstantSource clock, int tolerance) {
        this.store = store;
        this.clock = clock;
        this.tolerance = tolerance;
    }

    /** What is stored for {@code ip}. */
    Optional<PeerStanding> stored(IpAddress ip) {
        try {
            return store.standing(ip);
        } catch (StoreException failure) {
            LOG.log(Level.ERROR, "the standing of " + ip + " cannot be read; taken as neutral", failure);
            return Optional.empty();
        }
    }

    /** The standing with which a session of {@code ip} begins. */
    PeerStanding initial(IpAddress ip) {
        return stored(ip).orElseGet(() -> PeerStanding.neutral(tolerance));
    }

    /**
     * Stores what a session ends with, or what got its peer banned.
     *
     * <p>Sessions of one IP count each for itself. Upstream keeps the standing of the one that ends last, so that a ban can
     * be wiped out by a sibling; here the lower one is kept, if another session stored one meanwhile. Two of them are
     * compared and stored one after the other, or the one that looked first could wipe out the other all the same.
     *
     * @param before what the session began with
     * @param latest the standing now; asked when nobody can clear what is stored any more
     */
    synchronized void save(IpAddress ip, PeerStanding before, Supplier<PeerStanding> latest) {
        PeerStanding after = latest.get();
        if (after.equals(before)) {
            return;
        }
        try {
            Optional<PeerStanding> stored = store.standing(ip);
            boolean meanwhile = stored.isPresent() && !stored.get().equals(before);
            if (meanwhile && stored.get().scoreAt(clock.instant()) < after.scoreAt(clock.instant())) {
                return;
            }
            store.putStanding(ip, after);
        } catch (StoreException failure) {
            LOG.log(Level.ERROR, "the standing of " + ip + " cannot be stored: score " + after.score(), failure);
        }
    }

    /** All stored ones; a copy. */
    Map<IpAddress, PeerStanding> all() throws StoreException {
        return store.standings();
    }

    /** Forgets what is stored for {@code ip}. */
    synchronized void clear(IpAddress ip) throws StoreException {
        store.clearStanding(ip);
    }

    /** Forgets all that is stored. */
    synchronized void clearAll() throws StoreException {
        store.clearStandings();
    }
}
