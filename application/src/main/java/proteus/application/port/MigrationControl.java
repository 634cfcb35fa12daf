package proteus.application.port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.peer.PeerAddress;

/**
 * What an operator may ask of the migration of a running node, and order it to do.
 *
 * <p>Orders return once they are stored; sessions move in the background. Safe for use by many threads. May block on the
 * store: not for an event loop.
 */
public interface MigrationControl {

    /** How it stands. */
    Status status();

    /**
     * Sets stage and share; does nothing if they are so. Takes the place of what the node was told about single stacks at
     * its start.
     *
     * @param cause who or what orders it, for the journal
     * @throws RolloutRefusedException if this node cannot do that, with the reason
     * @throws StoreException if it cannot be stored; then nothing has changed
     */
    void set(Rollout rollout, String cause) throws RolloutRefusedException, StoreException;

    /**
     * The latest entries of the journal, the oldest of them first.
     *
     * @param peer only those about this peer; empty for all, changes of the stage among them
     * @param most how many at most, 0 or more
     */
    List<JournalEntry> journal(Optional<PeerKey> peer, int most) throws StoreException;

    /** What came of the moves since the process began. Never blocks. */
    MoveTallies tallies();

    /**
     * How the migration stands.
     *
     * @param rollout stage and share
     * @param custom whether stacks are used otherwise than the stage says, since the node was told so at its start
     * @param sessions how many sessions there are on each stack; both are in there
     * @param movedByUs how many sessions are on libp2p because this node moved them there
     * @param moving how many sessions are being moved by this node
     * @param peers each connected peer, in the order in which they connected
     */
    record Status(
            Rollout rollout,
            boolean custom,
            Map<Stack, Integer> sessions,
            int movedByUs,
            int moving,
            List<PeerStatus> peers) {
        public Status {
            sessions = Map.copyOf(sessions);
            peers = List.copyOf(peers);
        }
    }

    /**
     * How it stands with one connected peer.
     *
     * @param key what it is remembered by
     * @param address the other end of its connection
     * @param carrier what carries its session
     * @param movedByUs whether this node moved it to libp2p
     * @param state what the migration makes of it, in a few words, such as {@code no libp2p} or {@code not chosen}
     * @param moves how often it was made to change its stack in the last 24 hours
     * @param attempts how often that was tried in the last 24 hours, by either side and whatever came of it; counted to 100
     * @param last what came of the last attempt to move it, if there was one since it connected
     * @param notBefore before when it is not tried again, if there is such a time
     */
    record PeerStatus(
            PeerKey key,
            PeerAddress address,
            Carrier carrier,
            boolean movedByUs,
            String state,
            int moves,
            int attempts,
            Optional<MoveOutcome> last,
            Optional<Instant> notBefore) {

        private static final String WAIT = ", not tried for ";

        /** The state of a peer that is not tried again for some time after what came of it. */
        public static String waiting(MoveOutcome after, Duration left) {
            return after + WAIT + left.toSeconds() + " s";
        }

        /** The state without the seconds that are left of a wait: it stays the same over time, and is that of all who wait so. */
        public String reason() {
            int wait = state.lastIndexOf(WAIT);
            return notBefore.isPresent() && wait >= 0 ? state.substring(0, wait) : state;
        }
    }
}
