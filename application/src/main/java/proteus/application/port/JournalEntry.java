package proteus.application.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One thing that the migration did, or that an operator did to it. */
public sealed interface JournalEntry {

    /** The most characters that a store keeps of a text in an entry. */
    int MAX_TEXT = 500;

    /** When. Millisecond precision is kept. */
    Instant time();

    /**
     * The stage or the share was changed.
     *
     * @param from what was before
     * @param to what is since
     * @param cause who or what did it, for people
     */
    record StageChanged(Instant time, Rollout from, Rollout to, String cause) implements JournalEntry {
        public StageChanged {
            cause = cut(cause);
        }
    }

    /**
     * It was tried to move a session.
     *
     * @param peer whose
     * @param to the stack that it was to go to
     * @param outcome what came of it
     * @param gap for how long the peer could not be reached; empty if nothing was given up for it, zero if the new
     *     connection stood before the old one went. Microsecond precision is kept
     * @param cause why it was tried, for people
     * @param detail what there is to say about it, for people; may be empty
     */
    record Moved(
            Instant time,
            PeerKey peer,
            Stack to,
            MoveOutcome outcome,
            Optional<Duration> gap,
            String cause,
            String detail)
            implements JournalEntry {
        public Moved {
            cause = cut(cause);
            detail = cut(detail);
        }

        /** Whether the peer was made to change its stack, be it in vain: of those a peer bears only a few a day. */
        public boolean counts() {
            return gap.isPresent();
        }
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
}
