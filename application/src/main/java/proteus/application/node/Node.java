package proteus.application.node;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import proteus.application.chain.ChainListener;
import proteus.application.chain.ChainTip;
import proteus.application.chain.TipChange;
import proteus.application.migration.Migration;
import proteus.application.migration.MigrationSettings;
import proteus.application.mining.Mining;
import proteus.application.mining.Proposal;
import proteus.application.node.ConnectedPeers.Member;
import proteus.application.port.Carrier;
import proteus.application.port.ComparisonControl;
import proteus.application.port.Counterpart;
import proteus.application.port.MigrationControl;
import proteus.application.port.MigrationStore;
import proteus.application.port.MiningControl;
import proteus.application.port.NodeControl;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTransport;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.application.port.SyncStatus;
import proteus.application.port.TaskScheduler;
import proteus.application.session.NodeEvent;
import proteus.application.session.PeerSession;
import proteus.application.session.SessionStanding;
import proteus.domain.block.BlockHeader;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerStanding;

/**
 * A node: begins to listen and to dial when it is started, and takes orders until it is closed.
 *
 * <p>Safe for use by many threads. A closed node stays closed.
 */
public final class Node implements NodeControl, AutoCloseable {

    /** How long sessions may take to end when the node stops. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    private final Reception reception;
    private final List<PeerTransport> transports;
    private final PeerStore store;
    private final TaskScheduler scheduler;
    private final Connector connector;
    private final Mining mining;
    private final Runnable onShutdown;
    private final Listeners listeners;
    private final Migration migration;
    private final AtomicReference<@Nullable StoreException> chainFailure = new AtomicReference<>();
    private boolean closed;

    /**
     * A node that does nothing yet.
     *
     * @param reception whom the transports have as their gate
     * @param transports the stacks that it runs, the preferred one first; closed with it
     * @param store what it remembers; not closed with it
     * @param migrating what it is told of its migration
     * @param migrationStore what it remembers of its migration; not closed with it
     * @param mining makes blocks for it; neither started nor closed with it
     * @param onShutdown is called when an operator orders the end; returns at once
     */
    public Node(
            Reception reception,
            List<PeerTransport> transports,
            PeerStore store,
            MigrationSettings migrating,
            MigrationStore migrationStore,
            Mining mining,
            TaskScheduler scheduler,
            Runnable onShutdown) {
        this.reception = reception;
        this.transports = List.copyOf(transports);
        this.store = store;
        this.mining = mining;
        this.scheduler = scheduler;
        this.onShutdown = onShutdown;
        AddressBook addressBook = new AddressBook(store, scheduler);
        listeners = new Listeners(transports, reception.settings(), reception.stackUses(), reception.handshake());
        migration = new Migration(
                migrating,
                new NodeOfMigration(reception, listeners, addressBook),
                migrationStore,
                reception.comparison(),
                scheduler);
        reception.movesWith(migration);
        Dialler dialler = new Dialler(
                listeners::dialling,
                legacy -> migration.libp2pOf(legacy).map(Counterpart.Reached::endpoint),
                addressBook);
        connector = new Connector(reception, dialler, addressBook, scheduler);
        reception.onChainFailure(this::chainFailed);
        reception.sync().onChainFailure(reception::chainFailed);
        reception.chain().addListener(this::tipChanged);
        reception.proposals().addListener(this::proposalHeld);
        mining.onAnnouncement(this::announce);
        mining.onChainFailure(this::chainFailed);
    }

    /**
     * Begins to listen, if the settings allow incoming connections, and to dial.
     *
     * @throws IOException if an address cannot be bound; the message names it. Close the node then
     * @throws StoreException if the stored bans cannot be read
     */
    public void start() throws IOException, StoreException {
        reception.bans().load();
        Optional<PeerId> own = ownPeerId();
        own.ifPresent(reception.handshake()::identifiedAs);
        Rollout rollout = migration.load(
                own.map(PeerId::toString).orElseGet(() -> ownInstanceId().toHex()), own);
        if (!reception.settings().connections().allowsIncoming()) {
            LOG.log(Level.INFO, "Not accepting incoming peer-connections");
        }
        listeners.use(migration.custom() ? reception.settings().stacks() : StackUses.of(rollout.stage()));
        migration.start();
        connector.start();
    }

    /** Peers that have not seen a tip as high are told, but not of those that come by the hundred. */
    private void tipChanged(TipChange change) {
        ChainTip tip = change.chain().tip();
        boolean syncing = reception.sync().active();
        LOG.log(
                syncing ? Level.DEBUG : Level.INFO,
                "New tip: block {0} {1}{2}",
                tip.header().height(),
                tip.digest(),
                change.left().isEmpty() ? "" : "; " + change.left().size() + " blocks are no longer on the chain");
        if (!syncing) {
            reception.broadcast(new NodeEvent.TipChanged(tip));
        }
    }

    private void proposalHeld(Proposal proposal) {
        LOG.log(
                Level.INFO,
                "{0} proposal for block {1} pays {2} coins to its guesser",
                proposal.origin() == Proposal.Origin.OWN ? "Own" : "Foreign",
                proposal.height(),
                proposal.reward().toCoins());
        boolean secret = proposal.origin() == Proposal.Origin.OWN
                && reception.proposals().policy().keepsOwnSecret();
        if (!secret) {
            announce(proposal);
        }
    }

    private void announce(Proposal proposal) {
        reception.broadcast(new NodeEvent.NewProposal(proposal.notification()));
    }

    private void chainFailed(StoreException failure) {
        if (chainFailure.compareAndSet(null, failure)) {
            LOG.log(Level.ERROR, "The chain cannot be used any more, so this node ends: {0}", failure.getMessage());
            onShutdown.run();
        }
    }

    /** Why the node ordered its own end; empty if it did not. */
    public Optional<StoreException> chainFailure() {
        return Optional.ofNullable(chainFailure.get());
    }

    /** From now on {@code listener} is told of every new tip. */
    public void addTipListener(ChainListener listener) {
        reception.chain().addListener(listener);
    }

    /** Asks every peer to announce its tip. */
    public void requestTips() {
        reception.broadcast(new NodeEvent.RequestBlockNotification());
    }

    @Override
    public Network network() {
        return reception.settings().network();
    }

    @Override
    public Optional<PeerAddress> ownListenAddress() {
        return listeners.listening().stream()
                .filter(endpoint -> endpoint.carrier() == Carrier.LEGACY_TCP)
                .map(PeerEndpoint::address)
                .findFirst();
    }

    @Override
    public List<PeerEndpoint> listening() {
        return listeners.listening();
    }

    @Override
    public Optional<PeerId> ownPeerId() {
        return transports.stream()
                .flatMap(transport -> transport.ownPeerId().stream())
                .findFirst();
    }

    @Override
    public InstanceId ownInstanceId() {
        return reception.handshake().instanceId();
    }

    @Override
    public BlockHeader tipHeader() {
        return reception.chain().tip().header();
    }

    @Override
    public Digest tipDigest() {
        return reception.chain().tip().digest();
    }

    @Override
    public SyncStatus syncStatus() {
        return reception.sync().status();
    }

    @Override
    public List<ConnectedPeer> peers() {
        return reception.connectedPeers().all().stream()
                .map(Node::connectedPeer)
                .toList();
    }

    private static ConnectedPeer connectedPeer(Member member) {
        PeerSession session = member.session();
        return new ConnectedPeer(
                session.connection().description(),
                session.connection().layers(),
                member.contested(),
                session.standing().current(),
                session.traffic(),
                session.highestSharedHeight().value(),
                member.origin().established());
    }

    @Override
    public Map<IpAddress, PeerStanding> punishedPeers() throws StoreException {
        Instant now = scheduler.instant();
        Map<IpAddress, PeerStanding> standings =
                new HashMap<>(reception.standings().all());
        Map<IpAddress, PeerStanding> connected = new HashMap<>();
        for (Member member : reception.connectedPeers().all()) {
            PeerStanding standing = member.session().standing().current();
            // Of several connections of one IP the worst counts, as it will when they end.
            member.info()
                    .address()
                    .ifPresent(address -> connected.merge(
                            address.ip(),
                            standing,
                            (one, other) -> one.scoreAt(now) <= other.scoreAt(now) ? one : other));
        }
        standings.putAll(connected);
        standings.values().removeIf(standing -> standing.scoreAt(now) >= 0);
        return Map.copyOf(standings);
    }

    @Override
    public void clearStanding(IpAddress ip) throws StoreException {
        // Sessions first: one that ends now stores what it has.
        connectedFrom(ip).forEach(member -> member.session().standing().clear());
        reception.standings().clear(ip.canonical());
    }

    @Override
    public void clearAllStandings() throws StoreException {
        reception
                .connectedPeers()
                .all()
                .forEach(member -> member.session().standing().clear());
        reception.standings().clearAll();
    }

    @Override
    public void ban(IpAddress ip) throws StoreException {
        reception.bans().add(ip.canonical());
        LOG.log(Level.INFO, "Banning peer by IP {0}.", ip.canonical());
        for (Member member : connectedFrom(ip)) {
            member.session().standing().ban();
            member.session().post(new NodeEvent.Disconnect("banned by the operator"));
        }
    }

    private List<Member> connectedFrom(IpAddress ip) {
        return reception.connectedPeers().all().stream()
                .filter(member -> member.info().hasIp(ip))
                .toList();
    }

    @Override
    public void unban(IpAddress ip) throws StoreException {
        reception.bans().remove(ip.canonical());
        forgetBansOf(connectedFrom(ip));
        reception.standings().clear(ip.canonical());
        LOG.log(Level.INFO, "Unbanned IP {0}.", ip.canonical());
    }

    @Override
    public void unbanAll() throws StoreException {
        reception.bans().removeAll();
        forgetBansOf(reception.connectedPeers().all());
        reception.standings().clearAll();
        LOG.log(Level.INFO, "Unbanned all IPs but those of the command line.");
    }

    /** A session that a ban is ending would store its bad standing after all were forgotten. */
    private void forgetBansOf(List<Member> members) {
        Instant now = scheduler.instant();
        members.stream()
                .map(member -> member.session().standing())
                .filter(standing -> standing.current().isBadAt(now))
                .forEach(SessionStanding::clear);
    }

    @Override
    public boolean dial(PeerTarget target) throws StoreException {
        reception.bans().remove(target.address().ip());
        return connector.dialByOrder(target);
    }

    @Override
    public void freeze() {
        reception.freeze(true);
        LOG.log(Level.INFO, "Frozen: blocks, proposals and transactions are ignored, both ways.");
    }

    @Override
    public void unfreeze() {
        reception.freeze(false);
        LOG.log(Level.INFO, "No longer frozen.");
    }

    @Override
    public boolean frozen() {
        return reception.frozen();
    }

    @Override
    public int addressBookSize() throws StoreException {
        return store.addressBook().size();
    }

    @Override
    public Map<Stack, PeerConnection.Traffic> traffic() {
        return reception.connectedPeers().traffic();
    }

    @Override
    public long contestedConnections() {
        return reception.connectedPeers().contested();
    }

    @Override
    public int bannedPeers() {
        return reception.bans().count();
    }

    @Override
    public MiningControl mining() {
        return mining;
    }

    @Override
    public MigrationControl migration() {
        return migration;
    }

    @Override
    public ComparisonControl comparison() {
        return reception.comparison();
    }

    @Override
    public void shutdown() {
        LOG.log(Level.INFO, "Shutdown was ordered.");
        onShutdown.run();
    }

    /**
     * Stops listening and dialling, says {@code Bye} to all peers, stores their standings, and closes the transports.
     * Takes some seconds at most. Does nothing the second time.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        migration.close();
        transports.forEach(PeerTransport::stopAccepting);
        try {
            connector.close();
            reception.stop(CLOSE_PATIENCE);
            reception.sync().close();
        } catch (InterruptedException hurried) {
            LOG.log(Level.WARNING, "interrupted while stopping; standings of connected peers may not be stored");
            Thread.currentThread().interrupt();
        } finally {
            transports.forEach(PeerTransport::close);
        }
    }
}
