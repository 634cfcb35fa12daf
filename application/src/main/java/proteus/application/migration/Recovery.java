package proteus.application.migration;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.DialFailedException;
import proteus.application.port.Direction;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerKey;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;
import proteus.application.port.TaskScheduler;
import proteus.application.session.SessionEnd;

/**
 * Gets a peer back whose session this node had moved to libp2p, and whose connection broke there.
 *
 * <p>libp2p is tried first: who can break a connection must not be able to send a node back to plain text with that alone.
 * Only when libp2p cannot be had, or broke too often in a short time, the peer is dialled where it takes legacy
 * connections, and left there for a while. Safe for use by many threads.
 */
final class Recovery {

    /** How often within {@link #WINDOW} a connection may break before its peer goes back. */
    static final int MOST_BREAKS = 3;

    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final List<Duration> WAITS_ON_LIBP2P =
            List.of(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(2));

    /** Longer, since it is the last resort, and the peer may not have noticed yet that the connection is broken. */
    private static final List<Duration> WAITS_ON_LEGACY = List.of(
            Duration.ZERO,
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15));

    private static final int MOST_PEERS = 1024;

    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    private final MigratingNode node;
    private final Counterparts counterparts;
    private final Journal journal;
    private final TaskScheduler scheduler;
    private final Map<PeerKey, List<Instant>> breaks = new LinkedHashMap<>();

    Recovery(MigratingNode node, Counterparts counterparts, Journal journal, TaskScheduler scheduler) {
        this.node = node;
        this.counterparts = counterparts;
        this.journal = journal;
        this.scheduler = scheduler;
    }

    /** What became of a peer that was to be got back. */
    enum Found {
        /** It has a session over libp2p again. */
        ON_LIBP2P,
        /** It has one over the legacy stack. */
        ON_LEGACY,
        /** It has none. */
        NOWHERE
    }

    /**
     * Gets a peer back. Blocks; for virtual threads.
     *
     * @param lost the connection over libp2p that broke
     * @param since when it did
     */
    Found recover(Description lost, SessionEnd end, Instant since) throws InterruptedException {
        PeerKey key = counterparts.keyOf(lost);
        int times = broke(key);
        Optional<PeerEndpoint> libp2p = lost.direction() == Direction.OUTBOUND
                ? Optional.of(new PeerEndpoint(lost.address(), lost.carrier(), Optional.of(lost.peerId())))
                : Optional.empty();
        String why = "its libp2p connection broke " + times + " times";
        if (times < MOST_BREAKS && libp2p.isPresent()) {
            if (isBack(lost, libp2p.get(), WAITS_ON_LIBP2P)) {
                return Found.ON_LIBP2P;
            }
            why = "its libp2p connection broke and cannot be made again";
        }
        journal.ledger().fallsBack(key, scheduler.instant());
        Optional<PeerEndpoint> legacy = counterparts.legacyEndpointOf(lost);
        boolean back = legacy.isPresent() && isBack(lost, legacy.get(), WAITS_ON_LEGACY);
        Duration gap = Duration.between(since, scheduler.instant());
        if (back) {
            Mover.Report report = new Mover.Report(MoveOutcome.FELL_BACK, Optional.of(gap), end.toString());
            journal.moved(lost.address(), key, Stack.LEGACY, why, report);
        } else {
            // It is gone altogether, as peers are that end.
            journal.moved(lost.address(), key, Stack.LEGACY, why, MoveOutcome.LATER, "it answers on neither stack");
        }
        return back ? Found.ON_LEGACY : Found.NOWHERE;
    }

    private synchronized int broke(PeerKey key) {
        Instant now = scheduler.instant();
        breaks.values().removeIf(times -> {
            times.removeIf(time -> !time.isAfter(now.minus(WINDOW)));
            return times.isEmpty();
        });
        if (breaks.size() >= MOST_PEERS && !breaks.containsKey(key)) {
            breaks.remove(breaks.keySet().iterator().next());
        }
        List<Instant> times = breaks.computeIfAbsent(key, _ -> new ArrayList<>());
        times.add(now);
        return times.size();
    }

    /** Dials until the peer is connected, which it may also be by its own doing. */
    private boolean isBack(Description lost, PeerEndpoint place, List<Duration> waits) throws InterruptedException {
        Optional<PeerTransport> transport = node.dialling(place.carrier().stack());
        if (transport.isEmpty()) {
            return false;
        }
        for (Duration wait : waits) {
            Pause.of(wait, scheduler);
            if (hasSession(lost)) {
                return true;
            }
            try {
                transport.get().dial(place);
                LOG.log(Level.DEBUG, "peer {0}: got back", place);
                return true;
            } catch (DialFailedException failed) {
                // Also that it is connected already: that may be the connection that broke.
                LOG.log(Level.DEBUG, "peer {0}: not got back: {1}", place, failed.getMessage());
            }
        }
        return hasSession(lost);
    }

    private boolean hasSession(Description lost) {
        return node.sessions().stream()
                .map(MovableSession::current)
                .anyMatch(peer ->
                        peer.handshake().instanceId().equals(lost.handshake().instanceId())
                                && peer.address().ip().equals(lost.address().ip()));
    }
}
