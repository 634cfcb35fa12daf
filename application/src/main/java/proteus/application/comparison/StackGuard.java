package proteus.application.comparison;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import proteus.application.port.ComparisonControl;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerKey;
import proteus.application.port.Stack;
import proteus.application.port.TaskScheduler;
import proteus.domain.comparison.NodeGuard;
import proteus.domain.comparison.NodeGuard.Voice;
import proteus.domain.comparison.PeerGuard;
import proteus.domain.comparison.PeerNetwork;
import proteus.domain.comparison.Side;
import proteus.domain.comparison.StackComparison;
import proteus.domain.comparison.Thresholds;

/**
 * Looks at what was measured, and says who is to be taken back from libp2p to legacy: a session that does worse there, or the
 * node. The rules are {@link PeerGuard} and {@link NodeGuard}; here they are given what they look at. Safe for use by many
 * threads.
 */
public final class StackGuard {

    /** What causes begin with that are the guard's, in the journal. */
    public static final String CAUSE = "guard: ";

    private final Comparison comparison;
    private final TaskScheduler clock;
    private NodeGuard node = NodeGuard.NEW;
    private Optional<Long> reviewed = Optional.empty();
    private final AtomicLong taken = new AtomicLong();
    private volatile Optional<Instant> nodeTaken = Optional.empty();
    private volatile String verdict = "nothing was compared yet";

    StackGuard(Comparison comparison, TaskScheduler clock) {
        this.comparison = comparison;
        this.clock = clock;
    }

    /** How often there is something to look at. */
    public Duration interval() {
        return comparison.settings().thresholds().interval();
    }

    /** The node went back at this time, before this process began or in it. */
    public synchronized void nodeWentBack(Instant when) {
        Duration ago = Duration.between(when, clock.instant());
        // A clock that was set back since must not make a day longer than one.
        long nanos = ago.isNegative() ? 0 : Math.min(ago.toSeconds(), NodeGuard.REST.toSeconds()) * 1_000_000_000L;
        node = new NodeGuard(0, Optional.of(clock.nanos() - nanos));
        nodeTaken = Optional.of(when);
    }

    /** A session that was to be taken back has arrived on legacy. */
    public void sessionTakenBack() {
        taken.incrementAndGet();
    }

    /** The operator wants something else now: sessions that are kept on legacy may be tried again. */
    public synchronized void letAllBeTriedAgain() {
        comparison.letAllBeTriedAgain();
        node = new NodeGuard(0, node.wentBack());
    }

    /**
     * Looks at all sessions, if it is time to.
     *
     * @param movable those that may be taken back
     * @param nodeMovable whether the node may be taken back
     * @return why the node is to go back now, to be followed by {@link #nodeWentBack}; empty if it is not
     */
    public synchronized Optional<String> review(Collection<PeerMeter> movable, boolean nodeMovable) {
        long now = clock.nanos();
        if (reviewed.isPresent() && now - reviewed.get() < interval().toNanos()) {
            return Optional.empty();
        }
        reviewed = Optional.of(now);
        Thresholds thresholds = comparison.settings().thresholds();
        boolean on = comparison.settings().on();
        List<PeerMeter> all = comparison.open();
        Set<PeerMeter> guarded = on ? Set.copyOf(movable) : Set.of();
        for (PeerMeter meter : all) {
            review(meter, guarded.contains(meter), thresholds, now);
        }
        NodeGuard.Step step = node.look(voices(all, now), thresholds, now);
        verdict = step.finding().text();
        if (!on || !nodeMovable) {
            return Optional.empty();
        }
        if (!step.goesBack()) {
            node = step.next();
        }
        return step.goesBack() ? Optional.of(CAUSE + step.finding().text()) : Optional.empty();
    }

    private static void review(PeerMeter meter, boolean guarded, Thresholds thresholds, long now) {
        PeerWindow window = meter.window();
        PeerGuard before = window.guard();
        if (meter.current().stack() == Stack.LEGACY) {
            Side here = window.recent(Stack.LEGACY, now);
            window.guard(before.onLegacy(here, thresholds, now));
            meter.verdict(onLegacy(window.guard(), now));
            return;
        }
        Side libp2p = window.recent(Stack.LIBP2P, now);
        Side legacy = window.baseline(now).orElse(Side.NOTHING);
        if (guarded) {
            window.guard(before.onLibp2p(libp2p, legacy, thresholds, now));
        }
        int strikes = window.guard().strikes();
        meter.verdict(window.guard()
                .hold()
                .map(PeerGuard.Hold::why)
                .orElseGet(
                        () -> new StackComparison(thresholds).of(libp2p, legacy).text()
                                + (strikes > 0 ? "; so " + strikes + " of " + thresholds.strikes() + " times" : "")));
    }

    private static String onLegacy(PeerGuard guard, long now) {
        return guard.hold()
                .map(hold -> "taken back for "
                        + Math.max(0, Duration.ofNanos(hold.until() - now).toSeconds()) + " s more: " + hold.why())
                .orElse("on legacy");
    }

    /** Of all that vote, each of which has one voice: the first of its sessions speaks. */
    private Collection<Voice> voices(List<PeerMeter> all, long now) {
        Map<PeerKey, Voice> voices = new LinkedHashMap<>();
        for (PeerMeter meter : all) {
            Description current = meter.current();
            PeerNetwork network = PeerNetwork.of(current.address().ip());
            Voice.of(network, current.stack() == Stack.LIBP2P, meter.window().guard(), now)
                    .ifPresent(voice -> voices.putIfAbsent(comparison.key(current), voice));
        }
        return voices.values();
    }

    /** How it stands; does not wait for a look that goes on. */
    ComparisonControl.Guard status() {
        return new ComparisonControl.Guard(comparison.settings().on(), verdict, taken.get(), nodeTaken);
    }
}
