package proteus.application.migration;

import java.util.Optional;
import proteus.application.port.MoveOutcome;

/** What the migration knows of one session. Any thread may look; who moves the session says what came of it. */
final class Tracked {

    private final MovableSession session;
    private volatile boolean movedByUs;
    private volatile boolean moving;
    private volatile Optional<Search> search = Optional.empty();
    private volatile Optional<MoveOutcome> last = Optional.empty();
    private volatile boolean hopeless;
    private volatile String state = "new";

    Tracked(MovableSession session) {
        this.session = session;
    }

    MovableSession session() {
        return session;
    }

    /** Whether this node moved it to libp2p. */
    boolean movedByUs() {
        return movedByUs;
    }

    void movedByUs(boolean moved) {
        movedByUs = moved;
    }

    /** Whether this node is moving it. */
    boolean moving() {
        return moving;
    }

    void moving(boolean goesOn) {
        moving = goesOn;
    }

    /** The search that has not come to its end. */
    Optional<Search> search() {
        return search;
    }

    void search(Optional<Search> unfinished) {
        search = unfinished;
    }

    /** What came of the last attempt. */
    Optional<MoveOutcome> last() {
        return last;
    }

    void last(MoveOutcome outcome) {
        last = Optional.of(outcome);
        hopeless = outcome == MoveOutcome.OLD_PEER;
    }

    /** Whether the last attempt has shown that the peer cannot be moved, for as long as the stage is what it is. */
    boolean hopeless() {
        return hopeless;
    }

    /** The stage is another one now. */
    void beginAnew() {
        hopeless = false;
        search = Optional.empty();
    }

    /** For people. */
    String state() {
        return state;
    }

    void state(String what) {
        state = what;
    }
}
