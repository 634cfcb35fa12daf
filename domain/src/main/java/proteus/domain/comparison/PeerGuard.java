package proteus.domain.comparison;

import java.time.Duration;
import java.util.Optional;
import proteus.domain.comparison.Finding.Level;

/**
 * What is thought of one peer: whether it may be on libp2p, or was taken back to legacy for a while. Immutable and pure; time
 * is that of a clock that does not go back, in nanoseconds from any beginning.
 *
 * <p>A peer is taken back when it did worse on libp2p several times in a row; what is neither good nor worse neither counts
 * nor forgives. It stays on legacy for a while, twice as long each time, unless it turns out there that legacy is no better: a
 * peer that has become slow is so on both stacks. What it did before is forgiven when it was good on libp2p for as long as it
 * was kept away last. A hold that never brings the peer to legacy ends by itself, and does not count.
 *
 * @param strikes how many times in a row it was worse
 * @param takenBack how often it was taken back and not been good for long since
 * @param hold that it is to be on legacy; empty if it may be on libp2p
 * @param lastReturn how it came back to legacy last; empty if it has not since it was held, or was good on libp2p since
 * @param goodSince since when it has been good on libp2p without a break; empty if it is not
 */
public record PeerGuard(
        int strikes, int takenBack, Optional<Hold> hold, Optional<Return> lastReturn, Optional<Long> goodSince) {

    /** Of a peer that nothing is known of. */
    public static final PeerGuard NEW = new PeerGuard(0, 0, Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * That a peer is to be on legacy.
     *
     * @param until until when, in nanoseconds
     * @param why what was worse on libp2p
     * @param libp2p what was measured there
     */
    public record Hold(long until, String why, Side libp2p) {}

    /**
     * That a peer that was held came back to legacy.
     *
     * @param at when it was seen there first, in nanoseconds
     * @param libp2p what was measured on libp2p before
     * @param legacy what was measured since, when it was enough last; nothing if it never was
     */
    public record Return(long at, Side libp2p, Side legacy) {}

    /** Whether the peer is to be on legacy. */
    public boolean holds() {
        return hold.isPresent();
    }

    /** The operator wants something else now: it may be tried again. How often it was taken back is not forgotten. */
    public PeerGuard triedAgain() {
        return new PeerGuard(0, takenBack, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** It was seen on libp2p. */
    public PeerGuard onLibp2p(Side libp2p, Side legacy, Thresholds thresholds, long now) {
        PeerGuard current = released(now);
        if (current.holds()) {
            return current;
        }
        Finding finding = new StackComparison(thresholds).of(libp2p, legacy);
        return switch (finding.level()) {
            case WORSE -> current.worse(finding, libp2p, thresholds, now);
            case BETWEEN, UNKNOWN -> current.with(current.strikes);
            case GOOD -> current.good(thresholds, now);
        };
    }

    private PeerGuard with(int counted) {
        return new PeerGuard(counted, takenBack, Optional.empty(), lastReturn, Optional.empty());
    }

    private PeerGuard worse(Finding finding, Side libp2p, Thresholds thresholds, long now) {
        if (strikes + 1 < thresholds.strikes()) {
            return with(strikes + 1);
        }
        long until = now + thresholds.wait(takenBack).toNanos();
        return new PeerGuard(
                0, takenBack, Optional.of(new Hold(until, finding.text(), libp2p)), Optional.empty(), Optional.empty());
    }

    private PeerGuard good(Thresholds thresholds, long now) {
        long since = goodSince.orElse(now);
        Duration kept = thresholds.wait(Math.max(0, takenBack - 1));
        boolean forgiven = now - since >= kept.toNanos();
        return new PeerGuard(0, forgiven ? 0 : takenBack, Optional.empty(), Optional.empty(), Optional.of(since));
    }

    /** It was seen on legacy. */
    public PeerGuard onLegacy(Side legacy, Thresholds thresholds, long now) {
        PeerGuard current = released(now);
        if (current.hold.isEmpty()) {
            return current.with(0);
        }
        Hold held = current.hold.get();
        return current.lastReturn
                .map(taken -> current.stays(held, taken, legacy, thresholds))
                .orElseGet(() -> current.arrived(held, thresholds, now));
    }

    private PeerGuard arrived(Hold held, Thresholds thresholds, long now) {
        long until = now + thresholds.wait(takenBack).toNanos();
        return new PeerGuard(
                0,
                takenBack + 1,
                Optional.of(new Hold(until, held.why, held.libp2p)),
                Optional.of(new Return(now, held.libp2p, Side.NOTHING)),
                Optional.empty());
    }

    private PeerGuard stays(Hold held, Return taken, Side legacy, Thresholds thresholds) {
        Level level = new StackComparison(thresholds).of(held.libp2p, legacy).level();
        Optional<Hold> next = level == Level.GOOD ? Optional.empty() : Optional.of(held);
        boolean enough = legacy.isEnough(thresholds.minSamples());
        Return seen = enough ? new Return(taken.at, held.libp2p, legacy) : taken;
        return new PeerGuard(0, takenBack, next, Optional.of(seen), Optional.empty());
    }

    private PeerGuard released(long now) {
        return hold.isPresent() && now - hold.get().until >= 0 ? with(0) : this;
    }
}
