package proteus.application.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.sync.BlockCoverage;

/** What one peer was asked for during a sync, how it answers, and how much it may be asked for. Not safe for many threads. */
final class PeerLoad {

    /** So many requests are under way at first. */
    static final int FIRST_WINDOW = 8;

    /** So many are under way at most. */
    static final int GREATEST_WINDOW = 32;

    /** Answers of so many bytes may be under way: more fit no peer's queue for sure. */
    static final long GREATEST_WINDOW_BYTES = 8L << 20;

    /** A little less than upstream serves in a minute before it punishes. */
    static final int REQUESTS_PER_MINUTE = 960;

    /** After so long somebody else is asked. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** After so long a peer that has not sent a block is asked for it again. */
    static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(15);

    /** A peer that was asked and gives nothing for so long is punished, and then again as often. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    /** How often a peer that has nothing to ask for is asked for its tip. */
    static final Duration BETWEEN_TIPS = Duration.ofSeconds(30);

    /** After so many refusals in a row a peer rests. */
    static final int REFUSALS_BEFORE_REST = 3;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int GREATEST_DOUBLINGS = 3;
    private static final int MAX_FAILED = 4096;

    private final SyncPeer peer;
    private final int perMinute;
    private final Map<Long, Instant> inFlight = new LinkedHashMap<>();
    private final Map<Long, Instant> failed = new HashMap<>();
    private final Deque<Instant> asked = new ArrayDeque<>();
    private long shown;
    private Optional<BlockCoverage> coverage = Optional.empty();
    private int window = FIRST_WINDOW;
    private int faults;
    private int refusals;
    private Optional<Instant> notBefore = Optional.empty();
    private Optional<Instant> silentSince = Optional.empty();
    private Optional<Instant> punished = Optional.empty();
    private Optional<Instant> askedForTip = Optional.empty();

    /** A peer that has the blocks up to this height, unsigned, and is asked so often in a minute at most. */
    PeerLoad(SyncPeer peer, long shown, int perMinute) {
        this.peer = peer;
        this.perMinute = perMinute;
        this.shown = shown;
    }

    SyncPeer peer() {
        return peer;
    }

    void showed(long height) {
        if (Long.compareUnsigned(height, shown) > 0) {
            shown = height;
        }
    }

    /** The peer says what it has, which replaces what it has shown. Gives the heights that it was asked for in vain. */
    List<Long> covers(BlockCoverage covered) {
        coverage = Optional.of(covered);
        shown = 0;
        answered();
        List<Long> released = inFlight.keySet().stream()
                .filter(height -> !covered.has(height))
                .toList();
        released.forEach(inFlight::remove);
        return released;
    }

    /**
     * The peer cannot give a block. It does not say which; but peers answer in order, so it is what it was asked for first.
     * Gives the height that is to be asked for elsewhere; none if the peer was not asked for any.
     */
    List<Long> declined(Instant now) {
        List<Long> oldest = inFlight.keySet().stream().limit(1).toList();
        if (oldest.isEmpty()) {
            return oldest;
        }
        List<Long> released = release(oldest, now);
        silentSince = inFlight.isEmpty() ? Optional.empty() : Optional.of(now);
        refusals++;
        if (refusals % REFUSALS_BEFORE_REST == 0) {
            faults++;
            rest(now);
        }
        return released;
    }

    /** Whether the peer should have the block of this height. */
    boolean has(long height) {
        return Long.compareUnsigned(height, shown) <= 0
                || coverage.filter(covered -> covered.has(height)).isPresent();
    }

    /** No block above this height is there, unsigned. */
    long highest() {
        long covered = coverage.map(BlockCoverage::upperBound).orElse(0L);
        return Long.compareUnsigned(covered, shown) > 0 ? covered - 1 : shown;
    }

    /** Whether the peer may be asked for this height, which it has, after it failed to send it. */
    boolean mayBeAskedAgain(long height, Instant now) {
        Instant until = failed.get(height);
        return until == null || !now.isBefore(until);
    }

    /** Whether one more request may go to it. */
    boolean hasCapacity(long averageBytes, Instant now) {
        long byBytes = Math.max(1, GREATEST_WINDOW_BYTES / averageBytes);
        return inFlight.size() < Math.min(window, byBytes) && mayHedge(now);
    }

    /** The same where it does not matter how many are under way. */
    boolean mayHedge(Instant now) {
        while (!asked.isEmpty() && Duration.between(asked.getFirst(), now).compareTo(MINUTE) > 0) {
            asked.removeFirst();
        }
        return asked.size() < perMinute && notBefore.filter(now::isBefore).isEmpty();
    }

    int requests() {
        return inFlight.size();
    }

    /** Whether it has not answered, or declined, since it last gave a block. */
    boolean isSuspect() {
        return faults > 0;
    }

    void ask(long height, Instant now) {
        inFlight.put(height, now);
        failed.remove(height);
        asked.addLast(now);
        if (silentSince.isEmpty()) {
            silentSince = Optional.of(now);
        }
    }

    /** Since when it has been asked for this height. */
    Optional<Instant> askedAt(long height) {
        return Optional.ofNullable(inFlight.get(height));
    }

    /** The peer sent a block of the anchor's chain. That counts once for each time it was asked. */
    void gave(long height) {
        boolean wasFull = inFlight.size() >= window;
        boolean inTime = inFlight.remove(height) != null;
        boolean late = failed.remove(height) != null;
        if (!inTime && !late) {
            return;
        }
        if (inTime && wasFull) {
            window = Math.min(window + 1, GREATEST_WINDOW);
        }
        answered();
    }

    private void answered() {
        faults = 0;
        refusals = 0;
        notBefore = Optional.empty();
        silentSince = Optional.empty();
    }

    /** The heights that it did not answer in time, which are then no longer its. */
    List<Long> expire(Instant now) {
        List<Long> late = inFlight.entrySet().stream()
                .filter(entry -> Duration.between(entry.getValue(), now).compareTo(PATIENCE) >= 0)
                .map(Map.Entry::getKey)
                .toList();
        if (late.isEmpty()) {
            return late;
        }
        window = Math.max(1, window / 2);
        faults++;
        rest(now);
        return release(late, now);
    }

    private void rest(Instant now) {
        notBefore = Optional.of(now.plus(PATIENCE.multipliedBy(1L << Math.min(faults - 1, GREATEST_DOUBLINGS))));
    }

    private List<Long> release(Collection<Long> heights, Instant now) {
        List<Long> released = List.copyOf(heights);
        if (failed.size() + released.size() > MAX_FAILED) {
            failed.clear();
        }
        released.forEach(height -> failed.put(height, now.plus(BEFORE_ASKING_AGAIN)));
        released.forEach(inFlight::remove);
        return released;
    }

    /** Takes back what is no longer wanted. */
    void forget(long height) {
        inFlight.remove(height);
        if (inFlight.isEmpty()) {
            silentSince = Optional.empty();
        }
    }

    /** Whether it is to be punished for its silence now, which then counts as done. */
    boolean takePunishment(Instant now) {
        boolean due =
                silentSince.filter(since -> hasPassed(since, SILENCE, now)).isPresent()
                        && punished.filter(since -> !hasPassed(since, SILENCE, now))
                                .isEmpty();
        if (due) {
            punished = Optional.of(now);
            silentSince = inFlight.isEmpty() ? Optional.empty() : Optional.of(now);
        }
        return due;
    }

    /** Whether it is to be asked for its tip now, which then counts as done. */
    boolean takeTipRequest(Instant now) {
        boolean due = askedForTip
                .filter(since -> !hasPassed(since, BETWEEN_TIPS, now))
                .isEmpty();
        if (due) {
            askedForTip = Optional.of(now);
        }
        return due;
    }

    private static boolean hasPassed(Instant since, Duration time, Instant now) {
        return Duration.between(since, now).compareTo(time) >= 0;
    }

    /** All heights that it was asked for. */
    List<Long> all() {
        return new ArrayList<>(inFlight.keySet());
    }
}
