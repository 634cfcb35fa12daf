package proteus.application.sync;

import java.time.Instant;
import proteus.domain.peer.IpAddress;

/** A peer's turn to be challenged, from the challenge to its end; compared by identity. */
public final class ChallengeTurn {

    private final IpAddress who;
    private final Instant at;

    ChallengeTurn(IpAddress who, Instant at) {
        this.who = who;
        this.at = at;
    }

    IpAddress who() {
        return who;
    }

    /** When the challenge was made. */
    public Instant at() {
        return at;
    }
}
