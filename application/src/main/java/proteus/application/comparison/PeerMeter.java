package proteus.application.comparison;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import proteus.application.comparison.OpenRequests.Answer;
import proteus.application.port.ComparisonControl.PeerFigures;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.application.port.StackFigures.EndCause;
import proteus.application.port.TaskScheduler;
import proteus.domain.comparison.PeerGuard;
import proteus.domain.peer.PeerMessage;

/**
 * Measures one session on each stack that carries it, in memory that does not grow.
 *
 * <p>A round-trip lasts from the moment that a request was given to the connection until its answer is handled: there is the
 * network in it, the time that the peer took, and what waited on either side before it, in queues or in a busy session. Times
 * are taken from a clock that is never set; only that of the handshake is a difference of two looks at the other one, and does
 * not count if that was set meanwhile.
 *
 * <p>What is told here is told by the session's thread. What was measured may be asked for by any.
 */
public final class PeerMeter {

    private static final Duration LONGEST_HANDSHAKE = Duration.ofMinutes(1);
    private static final double NANOS = 1e9;

    /** The rate of a smaller block tells of the round-trip and not of the rate. */
    private static final int LEAST_COMPARED_BLOCK = 256 << 10;

    private final Comparison all;
    private final TaskScheduler clock;
    private final Supplier<Description> current;
    private final Supplier<Map<Stack, Traffic>> traffic;
    private final PeerWindow window;
    private final OpenRequests requests = new OpenRequests();
    private final Map<Stack, StackMeter> stacks = new EnumMap<>(Stack.class);
    private Stack carrier = Stack.LEGACY;
    private long since;
    private boolean isProbe;
    private boolean probing;
    private long probed;
    private volatile String verdict = "not compared yet";

    PeerMeter(
            Comparison all, TaskScheduler clock, Supplier<Description> current, Supplier<Map<Stack, Traffic>> traffic) {
        this.all = all;
        this.clock = clock;
        this.current = current;
        this.traffic = traffic;
        window = new PeerWindow(all.settings().thresholds(), all.outages());
    }

    /** What of it is compared. */
    PeerWindow window() {
        return window;
    }

    /** The connection that carries the session, or did last. */
    Description current() {
        return current.get();
    }

    /** Whether the guard wants it to be on legacy. */
    public boolean isHeld() {
        return window.guard().holds();
    }

    /** Why the guard wants it to be on legacy; empty if it does not. */
    public Optional<String> heldFor() {
        return window.guard().hold().map(PeerGuard.Hold::why);
    }

    void verdict(String text) {
        verdict = text;
    }

    /** The session begins. */
    public void began(Description connection) {
        all.opened(this, connection);
        probed = clock.nanos();
        carried(connection);
    }

    /** The session goes on over this connection. */
    public void carriedBy(Description connection) {
        over(connection.stack() == carrier ? EndCause.OURS : EndCause.MOVED);
        window.carriedBy(connection.stack(), clock.nanos());
        carried(connection);
    }

    private void carried(Description connection) {
        carrier = connection.stack();
        since = clock.nanos();
        Duration took = Duration.between(connection.ownHandshakeTime(), connection.established());
        if (took.compareTo(LONGEST_HANDSHAKE) <= 0) {
            double seconds = took.getSeconds() + took.getNano() / NANOS;
            meter(carrier).handshake(seconds);
            all.total(carrier).handshake(seconds);
        }
    }

    /** The session is over. */
    public void ended(EndCause why) {
        over(why);
        if (why == EndCause.BROKEN) {
            long now = clock.nanos();
            all.outages().broke(all.key(current.get()), now);
            window.broke(carrier, now);
        }
        all.closed(this, current.get());
    }

    private void over(EndCause why) {
        double seconds = (clock.nanos() - since) / NANOS;
        meter(carrier).session(seconds);
        all.total(carrier).session(seconds);
        meter(carrier).ended(why);
        all.total(carrier).ended(why);
    }

    private StackMeter meter(Stack stack) {
        synchronized (stacks) {
            return stacks.computeIfAbsent(stack, _ -> new StackMeter());
        }
    }

    /**
     * Time passes: a question that is open for too long counts as one that took that long.
     *
     * @param line the number of the connection over which is asked now
     * @return whether it is time to ask the peer for peers, only to see how long it takes
     */
    public boolean isToProbe(int line) {
        long now = clock.nanos();
        if (requests.isUnanswered(line, now)) {
            roundTrip(carrier, OpenRequests.PATIENCE.toNanos() / NANOS, now);
        }
        Duration every = all.probeEvery();
        return !every.isZero() && now - probed >= every.toNanos() && !requests.asksForPeers(line);
    }

    private void roundTrip(Stack over, double seconds, long now) {
        meter(over).roundTrip(seconds);
        all.total(over).roundTrip(seconds);
        window.roundTrip(over, seconds, now);
    }

    /** The peer is asked for peers, to see how long it takes. To be followed by {@link #sent}. */
    public void probes() {
        isProbe = true;
        probed = clock.nanos();
    }

    /** A message was sent over the connection with this number. */
    public void sent(int line, PeerMessage message) {
        boolean measured = requests.sent(line, message, clock);
        if (message instanceof PeerMessage.PeerListRequest) {
            probing = measured ? isProbe : probing;
            isProbe = false;
        }
    }

    /**
     * A message came over the connection with this number.
     *
     * @param over the stack of that connection
     * @param bytes its length
     * @param came when, by {@link TaskScheduler#nanos}
     * @return whether that was the answer to a {@linkplain #probes probe}, and so nothing else
     */
    public boolean received(int line, Stack over, PeerMessage message, long bytes, long came) {
        Answer answer = requests.received(line, message, came);
        double seconds = answer.nanos() / NANOS;
        switch (answer.what()) {
            case PEERS -> {
                roundTrip(over, seconds, came);
                return answersProbe();
            }
            case LATE_PEERS -> {
                return answersProbe();
            }
            case BLOCK -> {
                meter(over).blockRate(bytes / seconds);
                all.total(over).blockRate(bytes / seconds);
                if (bytes >= LEAST_COMPARED_BLOCK) {
                    window.blockRate(over, bytes / seconds, came);
                }
            }
            case NOTHING -> {}
        }
        return false;
    }

    private boolean answersProbe() {
        boolean answers = probing;
        probing = false;
        return answers;
    }

    /** What was measured, and what the guard makes of it. */
    PeerFigures figures() {
        Map<Stack, Traffic> carried = traffic.get();
        Map<Stack, StackFigures> figures = new EnumMap<>(Stack.class);
        synchronized (stacks) {
            stacks.forEach(
                    (stack, meter) -> figures.put(stack, meter.figures(carried.getOrDefault(stack, Traffic.NONE))));
        }
        Description now = current.get();
        return new PeerFigures(now.address(), now.carrier(), figures, verdict);
    }
}
