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
 * baseline of other peers may not fit this one, and a peer that has become slow is so on both stacks. What it did before is
 * forgiven when it was good on libp2p for as long as it was kept away last.
 *
 * @param strikes how many times in a row it was worse
 * @param takenBack how often it was taken back and not been good for long since
 * @param hold that it is to be on legacy; empty if it may be on libp2p
 * @param goodSince since when it has been good on libp2p without a break; empty if it is not
 */
public record PeerGuard(int strikes, int takenBack, Optional<Hold> hold, Optional<Long> goodSince) {

    /** Of a peer that nothing is known of. */
    public static final PeerGuard NEW = new PeerGuard(0, 0, Optional.empty(), Optional.empty());

    /**
     * That a peer is to be on legacy.
     *
     * @param since since when, in nanoseconds
     * @param until until when
     * @param why what was worse on libp2p
     * @param libp2p what was measured there
     */
    public record Hold(long since, long until, String why, Side libp2p) {}

    /** Whether the peer is to be on legacy. */
    public boolean holds() {
        return hold.isPresent();
    }

    /** The operator wants something else now: it may be tried again. What it did before is not forgotten. */
    public PeerGuard triedAgain() {
        return new PeerGuard(0, takenBack, Optional.empty(), Optional.empty());
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
            case BETWEEN, UNKNOWN -> new PeerGuard(current.strikes, takenBack, Optional.empty(), Optional.empty());
            case GOOD -> current.good(thresholds, now);
        };
    }

    private PeerGuard worse(Finding finding, Side libp2p, Thresholds thresholds, long now) {
        if (strikes + 1 < thresholds.strikes()) {
            return new PeerGuard(strikes + 1, takenBack, Optional.empty(), Optional.empty());
        }
        long until = now + thresholds.wait(takenBack).toNanos();
        return new PeerGuard(
                0, takenBack + 1, Optional.of(new Hold(now, until, finding.text(), libp2p)), Optional.empty());
    }

    private PeerGuard good(Thresholds thresholds, long now) {
        long since = goodSince.orElse(now);
        Duration kept = thresholds.wait(Math.max(0, takenBack - 1));
        boolean forgiven = now - since >= kept.toNanos();
        return new PeerGuard(0, forgiven ? 0 : takenBack, Optional.empty(), Optional.of(since));
    }

    /** It was seen on legacy. */
    public PeerGuard onLegacy(Side legacy, Thresholds thresholds, long now) {
        PeerGuard current = released(now);
        boolean noBetter = current.hold
                .filter(held ->
                        new StackComparison(thresholds).of(held.libp2p, legacy).level() == Level.GOOD)
                .isPresent();
        return new PeerGuard(0, current.takenBack, noBetter ? Optional.empty() : current.hold, Optional.empty());
    }

    private PeerGuard released(long now) {
        return hold.isPresent() && now - hold.get().until >= 0 ? triedAgain() : this;
    }
}
