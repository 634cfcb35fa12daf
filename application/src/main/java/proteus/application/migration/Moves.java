package proteus.application.migration;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import proteus.application.comparison.StackGuard;
import proteus.application.port.Counterpart;
import proteus.application.port.Direction;
import proteus.application.port.MigrationControl;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerKey;
import proteus.application.port.PeerTransport;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.TaskScheduler;
import proteus.application.session.NodeEvent;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.Succession;

/** Decides which session is to be moved, and moves it. */
final class Moves {

    /** How long the one of two Proteus nodes that has the greater id leaves it to the other to begin. */
    static final Duration PEER_GOES_FIRST = Duration.ofSeconds(5);

    /** How long a session may stay on a stack that is not used any more, while it waits to be moved. */
    static final Duration LEAVE_AFTER = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(Moves.class.getName());

    private final MigratingNode node;
    private final MigrationSettings settings;
    private final Counterparts counterparts;
    private final Journal journal;
    private final TaskScheduler scheduler;
    private final AttemptBudget budget = new AttemptBudget();
    private ShareChoice choice = new ShareChoice("");
    private Optional<PeerId> own = Optional.empty();

    Moves(
            MigratingNode node,
            MigrationSettings settings,
            Counterparts counterparts,
            Journal journal,
            TaskScheduler scheduler) {
        this.node = node;
        this.settings = settings;
        this.counterparts = counterparts;
        this.journal = journal;
        this.scheduler = scheduler;
    }

    /** Who this node is; before anything else is asked. */
    void start(ShareChoice shareChoice, Optional<PeerId> ownId) {
        choice = shareChoice;
        own = ownId;
    }

    /**
     * What is to become of a session.
     *
     * @param changed when the stage was set
     * @param all all sessions, this one among them
     */
    Verdict judge(Tracked tracked, Rollout rollout, Instant changed, Collection<Tracked> all) {
        if (tracked.moving()) {
            return new Verdict.Stays("moving");
        }
        Description peer = tracked.session().current();
        Stack wanted = wanted(tracked, peer, rollout);
        if (wanted == peer.stack()) {
            return new Verdict.Stays(restText(tracked, peer, rollout));
        }
        Optional<String> obstacle = obstacle(peer, wanted, changed, all);
        if (obstacle.isEmpty()) {
            return new Verdict.Move(
                    wanted,
                    tracked.session()
                            .meter()
                            .heldFor()
                            .filter(_ -> wanted == Stack.LEGACY && rollout.stage() == Stage.MIGRATE)
                            .map(why -> StackGuard.CAUSE + why)
                            .orElse("stage " + rollout));
        }
        boolean stackIsUsed = rollout.stage().uses(peer.stack());
        boolean waited = !scheduler
                .instant()
                .isBefore(latest(changed, peer.established()).plus(LEAVE_AFTER));
        return stackIsUsed || !(waited || tracked.hopeless())
                ? new Verdict.Stays(obstacle.get())
                : new Verdict.Leave("the stage is " + rollout.stage() + ", and " + obstacle.get());
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Stack wanted(Tracked tracked, Description peer, Rollout rollout) {
        return switch (rollout.stage()) {
            case LEGACY_ONLY -> Stack.LEGACY;
            case LIBP2P_ONLY -> Stack.LIBP2P;
            case DUAL -> tracked.movedByUs() ? Stack.LEGACY : peer.stack();
            case MIGRATE -> {
                boolean movable = tracked.movedByUs() || peer.stack() == Stack.LEGACY;
                boolean chosen = choice.includes(name(peer), rollout.share())
                        && !tracked.session().meter().isHeld();
                yield movable ? (chosen ? Stack.LIBP2P : Stack.LEGACY) : peer.stack();
            }
        };
    }

    /** The same on both stacks, for a peer that takes legacy connections. */
    private String name(Description peer) {
        return counterparts
                .legacyOf(peer)
                .map(PeerAddress::toString)
                .orElseGet(() -> counterparts.keyOf(peer).toString());
    }

    private String restText(Tracked tracked, Description peer, Rollout rollout) {
        return switch (peer.stack()) {
            case LIBP2P -> tracked.movedByUs() ? "moved to libp2p" : "on libp2p";
            case LEGACY ->
                switch (rollout.stage()) {
                    case MIGRATE ->
                        tracked.session()
                                .meter()
                                .heldFor()
                                .map(why -> "taken back: " + why)
                                .orElse("not in the share of " + rollout.share() + " %");
                    case LEGACY_ONLY, DUAL, LIBP2P_ONLY -> "on legacy";
                };
        };
    }

    private Optional<String> obstacle(Description peer, Stack wanted, Instant changed, Collection<Tracked> all) {
        Instant now = scheduler.instant();
        PeerKey key = counterparts.keyOf(peer);
        if (node.dialling(wanted).isEmpty()) {
            return Optional.of("this node does not dial over " + text(wanted));
        }
        if (wanted == Stack.LEGACY && counterparts.legacyOf(peer).isEmpty()) {
            return Optional.of("it takes no legacy connections");
        }
        if (wanted == Stack.LIBP2P && isOldPeer(peer, now)) {
            return Optional.of("it has no libp2p");
        }
        Optional<MoveLedger.Wait> wait = journal.ledger().waiting(key, now);
        if (wait.isPresent()) {
            return Optional.of(MigrationControl.PeerStatus.waiting(
                    wait.get().after(), Duration.between(now, wait.get().notBefore())));
        }
        if (!journal.ledger().allows(key, now)) {
            return Optional.of("moved " + settings.movesPerDay() + " times within a day");
        }
        if (wanted == Stack.LIBP2P && !budget.allows(name(peer), peer.address().ip(), now)) {
            return Optional.of("looked for it " + AttemptBudget.PER_PEER + " times within a minute");
        }
        boolean takesPart = takesPart(peer);
        // After a failure, too: the two may have refused each other, and wait for as long.
        Instant since = latest(
                latest(changed, peer.established()),
                journal.ledger().triedAgainFrom(key).orElse(Instant.MIN));
        if (takesPart && leavesItToPeer(peer, since, now)) {
            return Optional.of("it may begin");
        }
        long moving = all.stream().filter(Tracked::moving).count();
        if (moving >= settings.atOnce()) {
            return Optional.of("waits for its turn");
        }
        if (!takesPart && all.size() - 1 - moving < settings.minPeers()) {
            return Optional.of("too few peers would be left meanwhile");
        }
        return Optional.empty();
    }

    private boolean isOldPeer(Description peer, Instant now) {
        return !saysThatItListens(peer)
                && counterparts
                        .of(peer)
                        .filter(Counterpart::isOldPeer)
                        .filter(known -> now.isBefore(known.since().plus(MoveLedger.ASK_OLD_PEER_AFTER)))
                        .isPresent();
    }

    /** Whether the peer knows how to move without a gap, as Proteus nodes do, which say where their libp2p is. */
    private static boolean takesPart(Description peer) {
        return peer.handshake().libp2pContact().isPresent();
    }

    /** Of two that may both want to move their session one begins, lest each refuse the other. */
    private boolean leavesItToPeer(Description peer, Instant since, Instant now) {
        Optional<PeerId> theirs = peer.handshake().libp2pContact().map(Libp2pContact::peerId);
        return own.isPresent()
                && theirs.isPresent()
                && own.get().compareTo(theirs.get()) > 0
                && now.isBefore(since.plus(PEER_GOES_FIRST));
    }

    private static String text(Stack stack) {
        return switch (stack) {
            case LEGACY -> "the legacy stack";
            case LIBP2P -> "libp2p";
        };
    }

    /** Ends a session that has no business on its stack any more. */
    void disconnect(Tracked tracked, String why) {
        LOG.log(
                Level.INFO,
                "peer {0}: has to go: {1}",
                tracked.session().current().address(),
                why);
        tracked.session().post(new NodeEvent.Disconnect(why));
    }

    /** Moves a session, or finds out that it cannot be. Blocks; for virtual threads. */
    void move(Tracked tracked, Stack to, String cause) throws InterruptedException {
        MovableSession session = tracked.session();
        Description before = session.current();
        Optional<PeerTransport> transport = node.dialling(to);
        if (transport.isEmpty()) {
            return;
        }
        boolean takesPart = takesPart(before);
        MoveGate gate =
                new MoveGate(node, session, takesPart ? Optional.of(Succession.of(node.nextWord())) : Optional.empty());
        Search search = tracked.search().orElseGet(() -> new Search(places(before, to), before.address()));
        Search.Result result = search.go(
                transport.get(),
                gate,
                () -> to == Stack.LEGACY
                        || budget.spend(name(before), before.address().ip(), scheduler.instant()));
        switch (result) {
            case Search.Result.Unfinished() -> tracked.search(Optional.of(search));
            case Search.Result.NotFound(var why, var detail) -> {
                tracked.search(Optional.empty());
                notFound(tracked, before, to, cause, why, detail);
            }
            case Search.Result.Found found -> {
                tracked.search(Optional.empty());
                Optional<String> refusal = refusal(gate, found);
                if (refusal.isPresent()) {
                    found.held().close();
                    notFound(tracked, before, to, cause, MoveOutcome.LATER, refusal.get());
                    return;
                }
                Mover mover = new Mover(
                        session, gate, transport.get(), found, wayTo(before.stack(), before), takesPart, scheduler);
                moved(tracked, before, to, cause, found, mover.run());
            }
        }
    }

    /** Why this node would not take the peer there: better known before the session gives anything up. */
    private Optional<String> refusal(MoveGate gate, Search.Result.Found found) {
        PeerEndpoint place = found.endpoint();
        return found.held()
                .theirs()
                .map(theirs -> gate.judge(
                        gate.ownHandshake(),
                        theirs,
                        new PeerGate.Remote(
                                place.address(),
                                place.carrier(),
                                Direction.OUTBOUND,
                                found.held().peerId())))
                .filter(verdict -> !(verdict instanceof HandshakeVerdict.Accepted))
                .map(verdict -> "this node would refuse it: " + verdict);
    }

    private List<PeerEndpoint> places(Description peer, Stack to) {
        return switch (to) {
            case LIBP2P -> new Candidates(counterparts.all(), node.addressBook(), settings.pairs()).of(peer);
            case LEGACY -> counterparts.legacyEndpointOf(peer).stream().toList();
        };
    }

    /** How the peer is reached on the stack where it is now. */
    private Optional<Mover.Way> wayTo(Stack stack, Description peer) {
        Optional<PeerEndpoint> endpoint = switch (stack) {
            case LEGACY -> counterparts.legacyEndpointOf(peer);
            case LIBP2P -> libp2pOf(peer);
        };
        return node.dialling(stack).flatMap(transport -> endpoint.map(place -> new Mover.Way(transport, place)));
    }

    private Optional<PeerEndpoint> libp2pOf(Description peer) {
        Optional<PeerId> id = Optional.of(peer.peerId());
        return switch (peer.direction()) {
            case OUTBOUND -> Optional.of(new PeerEndpoint(peer.address(), peer.carrier(), id));
            case INBOUND -> counterparts.of(peer).flatMap(Counterpart::libp2p).map(Counterpart.Reached::endpoint);
        };
    }

    private void notFound(Tracked tracked, Description peer, Stack to, String cause, MoveOutcome met, String detail) {
        // Who can have a port refuse connections for a while does not make an old peer of one that had libp2p.
        boolean canBeOld = to == Stack.LIBP2P && !wasReached(peer);
        MoveOutcome why = met == MoveOutcome.OLD_PEER && !canBeOld ? MoveOutcome.LATER : met;
        if (why == MoveOutcome.OLD_PEER) {
            counterparts
                    .legacyOf(peer)
                    .ifPresent(
                            legacy -> counterparts.put(new Counterpart(legacy, Optional.empty(), scheduler.instant())));
        }
        tracked.last(why);
        journal.moved(peer.address(), counterparts.keyOf(peer), to, cause, why, detail);
    }

    private static boolean saysThatItListens(Description peer) {
        return peer.handshake()
                .libp2pContact()
                .filter(contact ->
                        contact.tcpPort().isPresent() || contact.quicPort().isPresent())
                .isPresent();
    }

    private boolean wasReached(Description peer) {
        return saysThatItListens(peer)
                || counterparts.of(peer).filter(known -> !known.isOldPeer()).isPresent();
    }

    private void moved(
            Tracked tracked,
            Description before,
            Stack to,
            String cause,
            Search.Result.Found found,
            Mover.Report report) {
        tracked.last(report.outcome());
        if (report.outcome() == MoveOutcome.SETTLED) {
            tracked.movedByUs(to == Stack.LIBP2P);
        }
        PeerKey key = counterparts.keyOf(before);
        if (to == Stack.LIBP2P && report.outcome() == MoveOutcome.SETTLED) {
            PeerId proven = found.held().peerId();
            PeerEndpoint place = found.endpoint();
            counterparts
                    .legacyOf(before)
                    .ifPresent(legacy -> counterparts.put(new Counterpart(
                            legacy,
                            Optional.of(new Counterpart.Reached(place.address(), place.carrier(), proven)),
                            scheduler.instant())));
            key = new PeerKey.OfPeerId(proven);
            node.answered(place);
        }
        journal.moved(before.address(), key, to, cause, report);
    }
}
