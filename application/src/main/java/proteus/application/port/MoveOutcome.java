package proteus.application.port;

import java.util.Arrays;
import java.util.Optional;

/** What came of an attempt to move a session to the other stack. */
public enum MoveOutcome {
    /** The session is on the other stack. */
    SETTLED("settled"),
    /** The peer has no other stack: its port is closed, or something else is spoken there. */
    OLD_PEER("old-peer"),
    /** Time ran out, or the connection was reset: it may go well another time. */
    LATER("later"),
    /** A node with another instance id is there. */
    SOMEONE_ELSE("someone-else"),
    /** One of the two sides is in the midst of something, or the peer does not want to move now. */
    NOT_NOW("not-now"),
    /** The peer gave its place away meanwhile; the session went back to where it was. */
    SLOT_LOST("slot-lost"),
    /** The session left its stack, did not arrive on the other, and went back to where it was. */
    WENT_BACK("went-back"),
    /** The session had arrived and its connection failed soon after; the peer is dialled on the stack it came from. */
    FELL_BACK("fell-back"),
    /** The session was lost on both stacks. */
    LOST("lost");

    private final String text;

    MoveOutcome(String text) {
        this.text = text;
    }

    /** Reads what {@link #toString} writes; empty if {@code text} is none. */
    public static Optional<MoveOutcome> parse(String text) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.text.equals(text))
                .findAny();
    }

    @Override
    public String toString() {
        return text;
    }
}
