package proteus.application.session;

import java.time.Instant;
import proteus.domain.peer.PeerSanction;
import proteus.domain.peer.PeerStanding;

/** The standing of a peer while its session lasts. Safe for use by many threads. */
public final class SessionStanding {

    private PeerStanding standing;

    /** Begins with what is known of the peer. */
    public SessionStanding(PeerStanding initial) {
        standing = initial;
    }

    /** The standing as of its latest change. */
    public synchronized PeerStanding current() {
        return standing;
    }

    /** Applies a sanction. */
    public synchronized PeerStanding apply(PeerSanction sanction, Instant now) {
        standing = standing.after(sanction, now);
        return standing;
    }

    /** Forgets all that was. */
    public synchronized void clear() {
        standing = PeerStanding.neutral(standing.tolerance());
    }

    /** Lowers it as far as an operator's ban does. */
    public synchronized PeerStanding ban() {
        standing = standing.afterOperatorBan();
        return standing;
    }
}
