package proteus.application.comparison;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import proteus.application.comparison.PeerMemory.Baseline;
import proteus.application.port.Stack;
import proteus.domain.comparison.Buckets;
import proteus.domain.comparison.PeerGuard;
import proteus.domain.comparison.Side;
import proteus.domain.comparison.SlidingHistogram;
import proteus.domain.comparison.Thresholds;

/**
 * What is compared of a peer: the last while of each stack, what was measured on legacy before it left that, and what the guard
 * thinks of it. At most 4.3 kB. Times are of {@link proteus.application.port.TaskScheduler#nanos}. Safe for use by many
 * threads.
 */
final class PeerWindow {

    /** How long what was measured on legacy is good to compare with. */
    static final Duration BASELINE_LASTS = Duration.ofDays(1);

    /** Over how long broken connections are counted. */
    static final Duration BREAKS_COUNT = Duration.ofHours(1);

    private final Outages outages;
    private final int minSamples;
    private final int mostBreaks;
    private final Recent legacy;
    private final Recent libp2p;
    private PeerGuard guard = PeerGuard.NEW;
    private Optional<Baseline> baseline = Optional.empty();

    /** What of one stack is compared. */
    private final class Recent {
        private final SlidingHistogram roundTrip;
        private final SlidingHistogram blockRate;
        private final Deque<Long> breaks = new ArrayDeque<>();

        private Recent(long windowNanos) {
            roundTrip = new SlidingHistogram(Buckets.TIMES, windowNanos);
            blockRate = new SlidingHistogram(Buckets.RATES, windowNanos);
        }

        private Side side(long now) {
            breaks.removeIf(time -> now - time > BREAKS_COUNT.toNanos());
            return new Side(roundTrip.reading(now), blockRate.reading(now), (int)
                    breaks.stream().filter(time -> !outages.isOne(time)).count());
        }

        private void begin() {
            roundTrip.clear();
            blockRate.clear();
        }

        private void recall(Collection<Long> times) {
            breaks.addAll(times);
        }
    }

    /**
     * Nothing measured yet.
     *
     * @param outages what breaks do not count
     */
    PeerWindow(Thresholds thresholds, Outages outages) {
        this.outages = outages;
        mostBreaks = 2 * thresholds.breaksPerHour();
        minSamples = thresholds.minSamples();
        legacy = new Recent(thresholds.window().toNanos());
        libp2p = new Recent(thresholds.window().toNanos());
    }

    private Recent of(Stack stack) {
        return switch (stack) {
            case LEGACY -> legacy;
            case LIBP2P -> libp2p;
        };
    }

    synchronized void roundTrip(Stack stack, double seconds, long now) {
        of(stack).roundTrip.record(seconds, now);
    }

    synchronized void blockRate(Stack stack, double bytesPerSecond, long now) {
        of(stack).blockRate.record(bytesPerSecond, now);
    }

    synchronized void broke(Stack stack, long now) {
        Deque<Long> breaks = of(stack).breaks;
        if (breaks.size() == mostBreaks) {
            breaks.remove();
        }
        breaks.add(now);
    }

    /** From now on the session is carried by {@code next}: what is known of that from before does not count any more. */
    synchronized void carriedBy(Stack next, long now) {
        keepBaseline(now);
        of(next).begin();
    }

    private void keepBaseline(long now) {
        Side measured = legacy.side(now);
        if (measured.isEnough(minSamples)) {
            baseline = Optional.of(new Baseline(measured, now));
        }
    }

    /** What is measured on a stack now. */
    synchronized Side recent(Stack stack, long now) {
        return of(stack).side(now);
    }

    /** What was measured with this peer on legacy before it left that. */
    synchronized Optional<Side> baseline(long now) {
        return baseline.filter(kept -> now - kept.at() < BASELINE_LASTS.toNanos())
                .map(kept -> new Side(
                        kept.side().roundTrip(),
                        kept.side().blockRate(),
                        legacy.side(now).breaks()));
    }

    synchronized PeerGuard guard() {
        return guard;
    }

    /** What is thought of it now. For breaks that it is held for it is not held again. */
    synchronized void guard(PeerGuard next) {
        if (next.holds() && !guard.holds()) {
            libp2p.breaks.clear();
        }
        guard = next;
    }

    synchronized void letBeTriedAgain() {
        guard = guard.triedAgain();
    }

    /** What is to be kept when the session ends. */
    synchronized PeerMemory memory(long now) {
        keepBaseline(now);
        legacy.side(now);
        libp2p.side(now);
        return new PeerMemory(guard, baseline, new ArrayList<>(legacy.breaks), new ArrayList<>(libp2p.breaks));
    }

    /** What was kept of it. */
    synchronized void recall(PeerMemory memory) {
        guard = memory.guard();
        baseline = memory.baseline();
        legacy.recall(memory.legacyBreaks());
        libp2p.recall(memory.libp2pBreaks());
    }
}
