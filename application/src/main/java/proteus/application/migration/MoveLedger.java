package proteus.application.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;

/**
 * How often each peer was moved in the last 24 hours, how often that was tried, and before when it is not tried again.
 * Bounded; safe for use by many threads.
 */
final class MoveLedger {

    /** For how long a peer that has no libp2p is not asked for it again. */
    static final Duration ASK_OLD_PEER_AFTER = Duration.ofHours(6);

    /** So many attempts to move one peer are counted, and no more. */
    static final int MOST_ATTEMPTS = 100;

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final int MOST_PEERS = 4096;
    /** Fewer, since more is kept of each. */
    private static final int MOST_PEERS_TRIED = 1024;

    private final int movesPerDay;
    private final Map<PeerKey, Deque<Instant>> moves = new LinkedHashMap<>();
    private final Map<PeerKey, Deque<Instant>> attempts = new LinkedHashMap<>();
    private final Map<PeerKey, Wait> waits = new LinkedHashMap<>();

    /**
     * Until when a peer is left alone.
     *
     * @param failures how often in a row a move came to nothing
     */
    record Wait(Instant notBefore, MoveOutcome after, int failures) {}

    /** Allows each peer so many moves in 24 hours. */
    MoveLedger(int movesPerDay) {
        this.movesPerDay = movesPerDay;
    }

    /** Remembers what the journal says of the last 24 hours. */
    synchronized void read(List<JournalEntry> journal, Instant now) {
        for (JournalEntry entry : journal) {
            if (entry instanceof JournalEntry.Moved moved && moved.time().isAfter(now.minus(DAY))) {
                count(moved);
            }
        }
    }

    /** A peer may move as often as it likes, and under as many names: only so much of that is remembered. */
    private void count(JournalEntry.Moved moved) {
        note(attempts, moved, MOST_ATTEMPTS, MOST_PEERS_TRIED);
        if (moved.counts()) {
            note(moves, moved, movesPerDay, MOST_PEERS);
        }
    }

    private static void note(
            Map<PeerKey, Deque<Instant>> kept, JournalEntry.Moved moved, int mostTimes, int mostPeers) {
        @Nullable Deque<Instant> before = kept.remove(moved.peer());
        Deque<Instant> times = before == null ? new ArrayDeque<>() : before;
        times.add(moved.time());
        if (times.size() > mostTimes) {
            times.remove();
        }
        if (kept.size() >= mostPeers) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(moved.peer(), times);
    }

    /** What came of an attempt. */
    synchronized void record(JournalEntry.Moved moved) {
        forgetOld(moved.time());
        count(moved);
        Wait before = waits.remove(moved.peer());
        if (moved.outcome() == MoveOutcome.SETTLED) {
            return;
        }
        int failures = before == null ? 1 : before.failures + 1;
        Duration wait = base(moved.outcome()).multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        keep(moved.peer(), new Wait(moved.time().plus(wait), moved.outcome(), failures));
    }

    /** A peer is about to fall back: it is left alone from now on, or it would be moved again as soon as it is there. */
    synchronized void fallsBack(PeerKey peer, Instant now) {
        @Nullable Wait before = waits.get(peer);
        Instant until = now.plus(base(MoveOutcome.FELL_BACK));
        keep(peer, new Wait(until, MoveOutcome.FELL_BACK, before == null ? 0 : before.failures));
    }

    private void keep(PeerKey peer, Wait wait) {
        if (waits.size() >= MOST_PEERS && !waits.containsKey(peer)) {
            waits.remove(waits.keySet().iterator().next());
        }
        waits.put(peer, wait);
    }

    private static Duration base(MoveOutcome outcome) {
        return switch (outcome) {
            case SETTLED -> Duration.ZERO;
            case NOT_NOW -> Duration.ofSeconds(15);
            case LATER -> Duration.ofMinutes(1);
            case SOMEONE_ELSE, LOST -> Duration.ofHours(1);
            case OLD_PEER -> ASK_OLD_PEER_AFTER;
            case SLOT_LOST, WENT_BACK, FELL_BACK -> Duration.ofMinutes(10);
        };
    }

    /** Why {@code peer} is left alone now; empty if it is not. */
    synchronized Optional<Wait> waiting(PeerKey peer, Instant now) {
        return Optional.ofNullable(waits.get(peer)).filter(wait -> now.isBefore(wait.notBefore));
    }

    /** Since when {@code peer} may be tried again after the last failure, or from when on; empty if there was none. */
    synchronized Optional<Instant> triedAgainFrom(PeerKey peer) {
        return Optional.ofNullable(waits.get(peer)).map(Wait::notBefore);
    }

    /** The peer may be tried again, as far as failures go: the operator wants something else now. */
    synchronized void forgetWaits() {
        waits.clear();
    }

    /** How often {@code peer} was made to change its stack in the last 24 hours. */
    synchronized int movesOf(PeerKey peer, Instant now) {
        forgetOld(now);
        @Nullable Deque<Instant> times = moves.get(peer);
        return times == null ? 0 : times.size();
    }

    /**
     * How often a move of {@code peer} was tried in the last 24 hours, whatever came of it; at most {@value
     * #MOST_ATTEMPTS}.
     */
    synchronized int attemptsOf(PeerKey peer, Instant now) {
        @Nullable Deque<Instant> times = attempts.get(peer);
        return times == null
                ? 0
                : (int) times.stream().filter(now.minus(DAY)::isBefore).count();
    }

    /** Whether {@code peer} may be made to change its stack once more. */
    boolean allows(PeerKey peer, Instant now) {
        return movesOf(peer, now) < movesPerDay;
    }

    private void forgetOld(Instant now) {
        Instant old = now.minus(DAY);
        moves.values().removeIf(times -> {
            times.removeIf(time -> !time.isAfter(old));
            return times.isEmpty();
        });
    }
}
