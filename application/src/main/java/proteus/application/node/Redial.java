package proteus.application.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import proteus.application.port.PeerTarget;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.ReconnectBackOff;

/** Whether a peer that is to stay connected is, and when to dial it next. For one thread at a time. */
final class Redial {

    /** A session shorter than this counts as a failed dial: the peer accepts and then drops us. */
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final PeerTarget target;
    private volatile PeerAddress tried;
    private State state = State.LOST;
    private int failures;
    private Instant notBefore = Instant.MIN;
    private Optional<Instant> since = Optional.empty();

    private enum State {
        LOST,
        DIALLING,
        CONNECTED
    }

    Redial(PeerTarget target) {
        this.target = target;
        tried = target.address();
    }

    PeerTarget target() {
        return target;
    }

    /** Where it is being dialled, or was: that may be another place than the target's. Any thread. */
    void triedAt(PeerAddress address) {
        tried = address;
    }

    /** Whether a connection with {@code address} is with the target. */
    boolean isAt(PeerAddress address) {
        return target.address().equals(address) || tried.equals(address);
    }

    /** Whether to dial at {@code now}. */
    boolean isDue(Instant now) {
        return state == State.LOST && !now.isBefore(notBefore);
    }

    /** A dial begins; it ends with one of the other calls. */
    void begins() {
        state = State.DIALLING;
    }

    /** The dial failed; returns how long to wait. A session that came about otherwise meanwhile goes on. */
    Duration failed(Instant now) {
        if (state == State.CONNECTED) {
            return Duration.ZERO;
        }
        failures++;
        return again(now, ReconnectBackOff.after(failures));
    }

    private Duration again(Instant now, Duration wait) {
        state = State.LOST;
        notBefore = now.plus(wait);
        return wait;
    }

    /** The dial ended by a defect in this program: as if it had failed, unless a session came of it. */
    void abandoned(Instant now) {
        if (state == State.DIALLING) {
            failed(now);
        }
    }

    /** A session began. */
    void connected(Instant now) {
        state = State.CONNECTED;
        since = Optional.of(now);
    }

    /** The peer has a session that this node did not dial, which is as good; asked again after the first wait. */
    Duration connectedOtherwise(Instant now) {
        failures = 0;
        return state == State.CONNECTED ? Duration.ZERO : again(now, ReconnectBackOff.after(1));
    }

    /** The session ended, and somebody else sees to it that the peer is connected again. */
    void cared(Instant now) {
        since = Optional.empty();
        again(now, ReconnectBackOff.after(1));
    }

    /**
     * The session ended.
     *
     * @param soon whether to try again without the usual wait after a first one that was short
     */
    void lost(Instant now, boolean soon) {
        boolean lasted = since.isPresent() && Duration.between(since.get(), now).compareTo(SHORT) >= 0;
        since = Optional.empty();
        state = State.LOST;
        if (lasted) {
            failures = 0;
            notBefore = now;
        } else if (soon && failures == 0) {
            failures++;
            notBefore = now.plus(SHORT);
        } else {
            failed(now);
        }
    }

    /**
     * The dial went well, and no session came of it. Nothing happens if one goes on: this was another connection.
     *
     * @param soon whether to try again without the usual wait
     */
    void turnedAway(Instant now, boolean soon) {
        if (state != State.DIALLING) {
            return;
        }
        if (soon) {
            state = State.LOST;
            notBefore = now.plus(SHORT);
        } else {
            failed(now);
        }
    }
}
