package proteus.application.node;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import proteus.application.chain.ChainState;
import proteus.application.comparison.Comparison;
import proteus.application.migration.Migration;
import proteus.application.mining.Proposals;
import proteus.application.node.ConnectedPeers.Member;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerStore;
import proteus.application.port.Randomness;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.application.port.TaskScheduler;
import proteus.application.port.WorkPool;
import proteus.application.request.PendingRequests;
import proteus.application.session.NodeEvent;
import proteus.application.session.PeerSession;
import proteus.application.session.Relocation;
import proteus.application.session.SessionEnd;
import proteus.application.session.SessionStanding;
import proteus.application.sync.Synchronisation;
import proteus.domain.peer.ConnectionPolicy;
import proteus.domain.peer.ConnectionPolicy.RefusalAfterHandshake;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.ConnectionSnapshot;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeValidation;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerInfo;
import proteus.domain.peer.PeerStanding;

/**
 * Lets peers in, by one policy for all stacks, and runs a session with each until its end.
 *
 * <p>Safe for use by many threads. A session has a virtual thread of its own; whatever happens in it, its peer leaves the
 * table and its standing is stored. Source: behaviour of neptune-cash 0.19.4, {@code peer_loop.rs}, {@code run_wrapper}.
 */
public final class Reception implements PeerGate {

    private static final System.Logger LOG = System.getLogger(Reception.class.getName());

    private final NodeSettings settings;
    private final ConnectionPolicy policy;
    private final ChainState chain;
    private final Synchronisation sync;
    private final Proposals proposals;
    private final PendingRequests requests = new PendingRequests();
    private final TaskScheduler scheduler;
    private final WorkPool workPool;
    private final Randomness randomness;
    private final OwnHandshake ownHandshake;
    private final Bans bans;
    private final Standings standings;
    private final KnownPeers knownPeers;
    private final WantedPeers wantedPeers;
    private final ConnectedPeers connected = new ConnectedPeers();
    private final Comparison comparison;
    private final StackUses stackUses;
    private final Set<Thread> sessions = ConcurrentHashMap.newKeySet();
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<StoreException>> chainFailures = new CopyOnWriteArrayList<>();
    private volatile Optional<Migration> migration = Optional.empty();
    private volatile boolean frozen;
    private volatile boolean stopping;

    /**
     * A reception with nobody in it.
     *
     * @param chain the node's chain
     * @param sync how it catches up
     * @param proposals the proposal that it holds
     * @param store where standings and bans are kept; not closed here
     * @param randomness draws this node's instance id
     * @param workPool decodes large messages
     */
    public Reception(
            NodeSettings settings,
            ChainState chain,
            Synchronisation sync,
            Proposals proposals,
            PeerStore store,
            TaskScheduler scheduler,
            Randomness randomness,
            WorkPool workPool) {
        this.settings = settings;
        this.chain = chain;
        this.sync = sync;
        this.proposals = proposals;
        this.scheduler = scheduler;
        this.workPool = workPool;
        this.randomness = randomness;
        policy = new ConnectionPolicy(settings.connections());
        ownHandshake = new OwnHandshake(settings.network(), randomness.nextInstanceId(), chain, scheduler);
        bans = new Bans(settings.commandLineBans(), store, scheduler);
        standings = new Standings(store, scheduler, settings.connections().peerTolerance());
        knownPeers = new KnownPeers(settings.connections().maxNumPeers(), randomness);
        wantedPeers = new WantedPeers(settings.connections());
        stackUses = new StackUses(settings.stacks());
        comparison = new Comparison(scheduler, connected::traffic);
    }

    @Override
    public boolean isBanned(IpAddress ip) {
        return bans.isBanned(ip);
    }

    @Override
    public boolean admits(IpAddress ip) {
        if (stopping) {
            return false;
        }
        Optional<String> refusal = bans.isBanned(ip)
                ? Optional.of("BANNED")
                : policy.beforeHandshake(ip, snapshot(ip, List.of())).map(Enum::name);
        refusal.ifPresent(reason -> LOG.log(Level.DEBUG, "IP {0}: may not connect: {1}", ip, reason));
        return refusal.isEmpty();
    }

    @Override
    public HandshakeData ownHandshake() {
        return ownHandshake.now();
    }

    @Override
    public HandshakeVerdict judge(HandshakeData own, HandshakeData theirs, Remote remote) {
        Optional<Member> predecessor = predecessor(theirs, remote)
                .filter(member -> migration
                        .filter(moves ->
                                moves.mayFollow(member, remote.carrier().stack()))
                        .isPresent());
        if (predecessor.isEmpty()) {
            return judge(own, theirs, remote, snapshotFor(remote.address()));
        }
        HandshakeVerdict verdict = judgeSuccessor(predecessor.get(), own, theirs, remote);
        // The peer is not told yet: its Bye over the connection that it has cannot come before the session's word.
        boolean refused = verdict instanceof HandshakeVerdict.Accepted
                && !Admission.of(
                        predecessor.get(),
                        Successions.word(theirs, remote.carrier().stack()),
                        scheduler);
        return refused ? new HandshakeVerdict.Refused(new ConnectionRefusedReason.AlreadyConnected()) : verdict;
    }

    /** Judges a connection that is to carry on the session of {@code member}, as if that were not in the table. */
    HandshakeVerdict judgeSuccessor(Member member, HandshakeData own, HandshakeData theirs, Remote remote) {
        PeerInfo info = info(remote.peerId(), theirs, remote.address(), remote.direction());
        ConnectionSnapshot others = snapshot(remote.address().ip(), connected.infosWithout(member));
        return HandshakeValidation.successor(own, theirs, info, others);
    }

    /** Random bits. */
    long nextWord() {
        return randomness.nextInstanceId().low();
    }

    private Optional<Member> predecessor(HandshakeData theirs, Remote remote) {
        if (!Successions.isClaimed(theirs, remote)) {
            return Optional.empty();
        }
        return connected.all().stream()
                .filter(member -> Successions.isSuccessor(theirs, remote, member))
                .findFirst();
    }

    private HandshakeVerdict judge(HandshakeData own, HandshakeData theirs, Remote remote, ConnectionSnapshot node) {
        PeerAddress address = remote.address();
        HandshakeVerdict verdict = switch (remote.carrier().stack()) {
            case LEGACY -> HandshakeValidation.legacy(policy, own, theirs, address, node);
            case LIBP2P ->
                HandshakeValidation.gateway(
                        policy, own, theirs, info(remote.peerId(), theirs, address, remote.direction()), node);
        };
        if (!(verdict instanceof HandshakeVerdict.Accepted)) {
            LOG.log(
                    Level.DEBUG,
                    "peer {0}: {1}, version {2}, clock {3} s from ours: {4}",
                    address,
                    remote.direction(),
                    theirs.version(),
                    theirs.timestamp().seconds() - own.timestamp().seconds(),
                    verdict);
        }
        return verdict;
    }

    private ConnectionSnapshot snapshotFor(PeerAddress address) {
        List<PeerInfo> table = wantedPeers.contains(address)
                ? connected.infosForWanted(settings.connections().places())
                : connected.infos();
        return snapshot(address.ip(), table);
    }

    private ConnectionSnapshot snapshot(IpAddress ip, List<PeerInfo> table) {
        return new ConnectionSnapshot(bans.list(), standings.stored(ip.canonical()), table, scheduler.instant());
    }

    @Override
    public void connected(PeerConnection connection) {
        if (stopping) {
            connection.close();
            return;
        }
        PeerConnection.Description peer = connection.description();
        if (carriesOn(connection)) {
            return;
        }
        Thread thread = Thread.ofVirtual().name("peer-" + peer.address()).unstarted(() -> {
            try {
                receive(connection);
            } finally {
                sessions.remove(Thread.currentThread());
            }
        });
        sessions.add(thread);
        thread.start();
    }

    /** Hands a connection to the session that it is to carry on, if that is what it is for. */
    private boolean carriesOn(PeerConnection connection) {
        PeerConnection.Description peer = connection.description();
        Stack stack = peer.stack();
        Optional<Member> predecessor = predecessor(
                peer.handshake(), new Remote(peer.address(), peer.carrier(), peer.direction(), peer.peerId()));
        Optional<Migration> moves = migration;
        if (predecessor.isEmpty() || moves.isEmpty()) {
            return false;
        }
        Member member = predecessor.get();
        Relocation following = moves.get().following(member, stack, () -> member.carriedBy(peer));
        // Over the legacy stack only what the peer says over libp2p shows that it is the peer.
        return member.post(new NodeEvent.Switch(
                connection, stack == Stack.LEGACY, Successions.word(peer.handshake(), stack), following));
    }

    private void receive(PeerConnection connection) {
        PeerConnection.Description peer = connection.description();
        SessionEnd end = new SessionEnd(SessionEnd.Reason.FAILED, "a defect in this program");
        Optional<Member> member = Optional.empty();
        try {
            Entered entered = enter(connection);
            member = entered.member();
            end = entered.member().isPresent() ? converse(member.get(), entered.before()) : entered.refusal();
        } catch (InterruptedException stopped) {
            end = new SessionEnd(SessionEnd.Reason.ORDERED, "the node stops");
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.ERROR, () -> "peer " + peer.address() + ": its session failed", defect);
        } finally {
            connection.close();
            boolean cared = false;
            if (member.isPresent() && migration.isPresent()) {
                cared = migration.get().ended(member.get(), end);
            }
            for (SessionListener listener : listeners) {
                listener.ended(peer, end, cared);
            }
        }
    }

    /**
     * What became of a peer that wanted into the table.
     *
     * @param member its place; empty if it has none
     * @param refusal why it has none; of no meaning if it has one
     * @param before the standing with which it came
     */
    private record Entered(Optional<Member> member, SessionEnd refusal, PeerStanding before) {

        private static Entered refused(PeerStanding before, PeerConnection.Description peer, String reason) {
            return new Entered(Optional.empty(), turnedAway(peer, reason), before);
        }
    }

    private Entered enter(PeerConnection connection) {
        PeerConnection.Description peer = connection.description();
        IpAddress ip = peer.address().ip().canonical();
        PeerStanding before = standings.initial(ip);
        PeerSession session = new PeerSession(
                connection,
                new SessionStanding(before),
                new NodeOfSession(this, before),
                scheduler,
                workPool,
                comparison);
        PeerInfo info = info(peer.peerId(), peer.handshake(), peer.address(), peer.direction());
        Member member = new Member(info, session, wantedPeers.contains(peer.address()));
        if (bans.isBanned(ip) || stopping) {
            return Entered.refused(before, peer, stopping ? "the node stops" : "BANNED");
        }
        if (settings.connections().restrictPeersToList()
                && !settings.connections().isConfigured(peer.address())) {
            return Entered.refused(before, peer, "NOT_ON_THE_LIST");
        }
        if (stackUses.of(peer.stack()) == StackUse.OFF) {
            return Entered.refused(before, peer, "STACK_NOT_USED");
        }
        ConnectedPeers.Entry entry = connected.enter(member, table -> {
            ConnectionSnapshot node =
                    new ConnectionSnapshot(bans.list(), Optional.of(before), table, scheduler.instant());
            return new ConnectedPeers.Judgement(policy.afterHandshake(info, node), policy.isContested(info, node));
        });
        return switch (entry) {
            case ConnectedPeers.Entry.Refused(RefusalAfterHandshake reason) ->
                Entered.refused(before, peer, reason.name());
            case ConnectedPeers.Entry.Admitted(var evicted) -> {
                evicted.ifPresent(other ->
                        other.session().post(new NodeEvent.Disconnect("its place is needed for " + peer.address())));
                yield new Entered(Optional.of(member), new SessionEnd(SessionEnd.Reason.FAILED, ""), before);
            }
        };
    }

    private static PeerInfo info(PeerId id, HandshakeData handshake, PeerAddress address, Direction direction) {
        return new PeerInfo(id, handshake.instanceId(), Optional.of(address), direction == Direction.INBOUND);
    }

    private static SessionEnd turnedAway(PeerConnection.Description peer, String reason) {
        LOG.log(Level.INFO, "peer {0}: turned away after the handshake: {1}", peer.address(), reason);
        return new SessionEnd(SessionEnd.Reason.TURNED_AWAY, reason);
    }

    private SessionEnd converse(Member member, PeerStanding before) throws InterruptedException {
        PeerSession session = member.session();
        PeerConnection.Description peer = session.connection().description();
        LOG.log(
                Level.INFO,
                "peer {0}: connected, {1} {2}, version {3}, height {4}{5}",
                peer.address(),
                peer.carrier(),
                peer.direction(),
                peer.handshake().version(),
                peer.handshake().tipHeader().height(),
                member.contested() ? "; it claims the instance id of another peer that is connected" : "");
        try {
            migration.ifPresent(moves -> moves.began(member));
            listeners.forEach(listener -> listener.began(peer));
            endIfUnwelcomeNow(member, before);
            SessionEnd end = session.run();
            LOG.log(
                    Level.INFO,
                    "peer {0}: disconnected after {1} s: {2}",
                    member.current().address(),
                    Long.toString(Duration.between(peer.established(), scheduler.instant())
                            .toSeconds()),
                    end);
            return end;
        } finally {
            // Stored first: when nobody is connected any more, nothing is left to store.
            try {
                standings.save(peer.address().ip().canonical(), before, session.standing()::current);
            } finally {
                connected.leave(member);
            }
        }
    }

    /**
     * A ban, and the end of the node, reach the sessions that are in the table by then. What came between the look at this
     * peer and its entry is seen here.
     */
    private void endIfUnwelcomeNow(Member member, PeerStanding before) {
        PeerSession session = member.session();
        IpAddress ip = session.connection().description().address().ip().canonical();
        Instant now = scheduler.instant();
        if (stopping) {
            session.post(new NodeEvent.Disconnect("the node stops"));
        } else if (bans.isBanned(ip)) {
            session.standing().ban();
            session.post(new NodeEvent.Disconnect("banned by the operator"));
        } else if (!before.isBadAt(now) && standings.initial(ip).isBadAt(now) && !isConfigured(member)) {
            session.post(new NodeEvent.Expel("its IP was banned over another connection"));
        }
    }

    /** Wherever its session is by now: the operator named where its peer was dialled. */
    private boolean isConfigured(Member member) {
        return settings.connections().isConfigured(member.origin().address())
                || settings.connections().isConfigured(member.current().address());
    }

    /** What a session did got its IP banned: the standing is stored at once, and its other connections end. */
    void banned(PeerConnection.Description peer, PeerStanding before, PeerStanding after) {
        IpAddress ip = peer.address().ip().canonical();
        LOG.log(Level.INFO, "peer {0}: banned, standing {1}", peer.address(), Integer.toString(after.score()));
        standings.save(ip, before, () -> after);
        for (Member other : connected.all()) {
            PeerConnection.Description theirs = other.session().connection().description();
            if (other.info().hasIp(ip) && !theirs.equals(peer) && !isConfigured(other)) {
                other.session().post(new NodeEvent.Expel("its IP was banned over " + peer.address()));
            }
        }
    }

    /** Ends all sessions with a {@code Bye}, and lets no new ones begin. */
    void stop(Duration patience) throws InterruptedException {
        stopping = true;
        broadcast(new NodeEvent.Disconnect("the node stops"));
        if (!connected.awaitEmpty(patience)) {
            LOG.log(Level.WARNING, "{0} sessions did not end in time; ended by force", sessions.size());
        }
        sessions.forEach(Thread::interrupt);
        Instant began = scheduler.instant();
        for (Thread session : sessions) {
            session.join(patience.minus(Duration.between(began, scheduler.instant())));
        }
    }

    /** Tells all sessions. */
    void broadcast(NodeEvent event) {
        connected.all().forEach(member -> member.session().post(event));
    }

    /** From now on sessions can be moved. */
    void movesWith(Migration moves) {
        migration = Optional.of(moves);
    }

    Comparison comparison() {
        return comparison;
    }

    StackUses stackUses() {
        return stackUses;
    }

    void addListener(SessionListener listener) {
        listeners.add(listener);
    }

    NodeSettings settings() {
        return settings;
    }

    ChainState chain() {
        return chain;
    }

    Synchronisation sync() {
        return sync;
    }

    Proposals proposals() {
        return proposals;
    }

    PendingRequests requests() {
        return requests;
    }

    /** From now on {@code listener} is told when the chain cannot be read or written any more. */
    void onChainFailure(Consumer<StoreException> listener) {
        chainFailures.add(listener);
    }

    void chainFailed(StoreException failure) {
        chainFailures.forEach(listener -> listener.accept(failure));
    }

    OwnHandshake handshake() {
        return ownHandshake;
    }

    Bans bans() {
        return bans;
    }

    Standings standings() {
        return standings;
    }

    KnownPeers knownPeers() {
        return knownPeers;
    }

    WantedPeers wantedPeers() {
        return wantedPeers;
    }

    ConnectedPeers connectedPeers() {
        return connected;
    }

    boolean frozen() {
        return frozen;
    }

    void freeze(boolean freeze) {
        frozen = freeze;
    }
}
