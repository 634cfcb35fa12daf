package proteus.application.node;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.application.port.TaskScheduler;
import proteus.application.session.NodeEvent;
import proteus.application.session.SessionEnd;
import proteus.domain.network.Network;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerInfo;

/**
 * Dials: the peers that the operator named, until they are connected and whenever they are lost; those that the address
 * book remembers; those that legacy peers tell of; and whom the operator orders to dial.
 *
 * <p>Safe for use by many threads. Each dial has a virtual thread; at most {@link #MAX_DIALS} go on at a time. Sources:
 * neptune-cash 0.19.4, {@code network/actor.rs}; legacy discovery of neptune-core 0.14.3, {@code main_loop.rs}.
 */
final class Connector implements SessionListener {

    /** The most dials at a time, over all reasons to dial. */
    static final int MAX_DIALS = 64;

    /** How often lost and failed peers are looked at. */
    static final Duration CHECK = Duration.ofSeconds(30);

    /** How often legacy peers are asked for others. */
    static final Duration DISCOVERY = Duration.ofMinutes(2);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final int DIALS_AT_START = 10;
    private static final int DIALS_WHEN_ALONE = 3;

    private static final System.Logger LOG = System.getLogger(Connector.class.getName());

    private final Reception reception;
    private final Dialler dialler;
    private final AddressBook addressBook;
    private final TaskScheduler scheduler;
    private final List<Redial> redials;
    /** Whom the threads that dial are dialling. */
    private final Map<Thread, Object> dials = new ConcurrentHashMap<>();

    private final boolean exploring;
    private TaskScheduler.@Nullable Timeout check;
    private TaskScheduler.@Nullable Timeout discovery;
    private boolean closed;

    Connector(Reception reception, Dialler dialler, AddressBook addressBook, TaskScheduler scheduler) {
        this.reception = reception;
        this.dialler = dialler;
        this.addressBook = addressBook;
        this.scheduler = scheduler;
        NodeSettings settings = reception.settings();
        redials = settings.peers().stream().map(Redial::new).toList();
        exploring = !settings.connections().restrictPeersToList()
                && settings.connections().maxNumPeers() > 0;
        reception.addListener(this);
    }

    /** Begins to dial. */
    synchronized void start() {
        if (exploring) {
            dialRemembered(DIALS_AT_START);
        }
        redialDue();
        check = scheduler.schedule(CHECK, this::check);
        if (exploring && !(reception.settings().network() instanceof Network.RegTest)) {
            discovery = scheduler.schedule(DISCOVERY, this::discover);
        }
    }

    private synchronized void check() {
        if (closed) {
            return;
        }
        check = scheduler.schedule(CHECK, this::check);
        redialDue();
        boolean alone = reception.connectedPeers().all().isEmpty();
        if (exploring && redials.isEmpty() && alone) {
            dialRemembered(DIALS_WHEN_ALONE);
        }
    }

    private void redialDue() {
        Instant now = scheduler.instant();
        for (Redial redial : redials) {
            PeerAddress address = redial.target().address();
            if (redial.isDue(now) && !reception.bans().isBanned(address.ip())) {
                if (start(() -> dial(redial), address)) {
                    redial.begins();
                }
            }
        }
    }

    private void dial(Redial redial) throws InterruptedException {
        PeerAddress address = redial.target().address();
        try {
            Carrier carrier =
                    dialler.dial(redial.target(), redial::triedAt).description().carrier();
            LOG.log(Level.INFO, "peer {0}: answers over {1}, as was asked for with --peer", address, carrier);
        } catch (DialFailedException failed) {
            boolean isConnected = Dialler.isConnectedOtherwise(failed.reason());
            Duration wait;
            synchronized (this) {
                Instant now = scheduler.instant();
                wait = isConnected ? redial.connectedOtherwise(now) : redial.failed(now);
            }
            LOG.log(
                    isConnected ? Level.DEBUG : Level.WARNING,
                    "peer {0}: dial failed, again in {1} min: {2}",
                    address,
                    wait.toMinutes(),
                    failed.getMessage());
        } catch (RuntimeException | Error defect) {
            synchronized (this) {
                redial.abandoned(scheduler.instant());
            }
            throw defect;
        }
    }

    /**
     * Dials by order of the operator.
     *
     * @return false if so many dials go on that this one cannot
     */
    synchronized boolean dialByOrder(PeerTarget target) {
        return start(() -> dialOrdered(target), target.address());
    }

    private void dialOrdered(PeerTarget target) throws InterruptedException {
        PeerAddress address = target.address();
        Set<PeerAddress> tried = new HashSet<>(Set.of(address));
        reception.wantedPeers().dialBegins(address);
        boolean connected = false;
        try {
            Carrier carrier = dialler.dial(target, place -> {
                        tried.add(place);
                        reception.wantedPeers().dialBegins(place);
                    })
                    .description()
                    .carrier();
            connected = true;
            LOG.log(Level.INFO, "peer {0}: dialled by order, answers over {1}", address, carrier);
        } catch (DialFailedException failed) {
            LOG.log(Level.WARNING, "peer {0}: dial by order failed: {1}", address, failed.getMessage());
        } finally {
            if (!connected) {
                tried.forEach(reception.wantedPeers()::dialEnds);
            }
        }
    }

    private void dialRemembered(int most) {
        start(() -> dialBest(most), "address book");
    }

    private void dialBest(int most) {
        boolean local = reception.settings().network() instanceof Network.RegTest;
        Set<PeerAddress> connected = listenAddresses();
        addressBook.best().stream()
                .filter(entry -> local || !entry.address().ip().isLocal())
                .filter(entry -> !reception.bans().isBanned(entry.address().ip()))
                .filter(entry -> !connected.contains(entry.address()) && !dials.containsValue(entry.address()))
                .filter(entry -> isStranger(entry.address()))
                .limit(most)
                .forEach(entry -> start(() -> dialStranger(target(entry)), entry.address()));
    }

    /** Whether the operator did not name it. */
    private boolean isStranger(PeerAddress address) {
        return redials.stream().noneMatch(redial -> redial.isAt(address));
    }

    private static PeerTarget target(AddressBookEntry entry) {
        PeerTarget.Protocol protocol = switch (entry.carrier()) {
            case LEGACY_TCP, LIBP2P_TCP -> PeerTarget.Protocol.EITHER;
            case LIBP2P_QUIC -> PeerTarget.Protocol.QUIC;
        };
        return new PeerTarget(entry.address(), protocol);
    }

    private void dialStranger(PeerTarget target) throws InterruptedException {
        try {
            dialler.dial(target);
        } catch (DialFailedException failed) {
            reception.knownPeers().forget(target.address());
            LOG.log(Level.DEBUG, "peer {0}: dial failed: {1}", target.address(), failed.getMessage());
        }
    }

    private synchronized void discover() {
        if (closed) {
            return;
        }
        discovery = scheduler.schedule(DISCOVERY, this::discover);
        List<PeerInfo> table = reception.connectedPeers().infos();
        if (table.size() >= reception.settings().connections().maxNumPeers()) {
            return;
        }
        reception.connectedPeers().all().stream()
                .map(ConnectedPeers.Member::session)
                .filter(session -> session.connection().description().stack() == Stack.LEGACY)
                .forEach(session -> session.post(new NodeEvent.RequestPeerList()));
        Optional<PeerAddress> candidate = reception
                .knownPeers()
                .candidate(
                        reception.handshake().instanceId(),
                        table,
                        listenAddresses(),
                        ip -> !reception.bans().isBanned(ip));
        candidate
                .filter(this::isStranger)
                .ifPresent(address ->
                        start(() -> dialStranger(new PeerTarget(address, PeerTarget.Protocol.LEGACY)), address));
    }

    /** Where the connected peers can be dialled. */
    private Set<PeerAddress> listenAddresses() {
        return reception.connectedPeers().all().stream()
                .map(member -> member.session().connection().description())
                .flatMap(peer -> Stream.concat(
                        Stream.of(peer.address()).filter(_ -> peer.direction() == Direction.OUTBOUND),
                        Stream.of(listenAddress(peer))))
                .collect(Collectors.toSet());
    }

    private static PeerAddress listenAddress(Description peer) {
        int port = peer.handshake().listenPort().orElse(peer.address().port());
        return new PeerAddress(peer.address().ip(), port);
    }

    /** What a dial's thread does. */
    private interface Dial {
        void run() throws InterruptedException;
    }

    // Whatever a dial asks of the store, it asks on its own thread: this may be called on the scheduler's.
    private synchronized boolean start(Dial dial, Object whom) {
        if (closed || dials.size() >= MAX_DIALS) {
            return false;
        }
        Thread thread = Thread.ofVirtual().name("dial-" + whom).unstarted(() -> {
            try {
                dial.run();
            } catch (InterruptedException stopping) {
                LOG.log(Level.DEBUG, "peer {0}: dial given up, the node stops", whom);
            } catch (RuntimeException | Error defect) {
                LOG.log(Level.ERROR, () -> "peer " + whom + ": dialling failed", defect);
            } finally {
                dials.remove(Thread.currentThread());
            }
        });
        dials.put(thread, whom);
        thread.start();
        return true;
    }

    @Override
    public synchronized void began(Description peer) {
        redialOf(peer).ifPresent(redial -> redial.connected(scheduler.instant()));
    }

    @Override
    public synchronized void ended(Description peer, SessionEnd end, boolean cared) {
        if (peer.direction() == Direction.OUTBOUND) {
            reception.wantedPeers().dialEnds(peer.address());
        }
        redialOf(peer).ifPresent(redial -> {
            if (cared) {
                redial.cared(scheduler.instant());
            } else if (end.reason() == SessionEnd.Reason.TURNED_AWAY) {
                redial.turnedAway(scheduler.instant(), dialsFirst(peer));
            } else {
                redial.lost(scheduler.instant(), dialsFirst(peer));
            }
            redialDue();
        });
    }

    /**
     * Whether this node tries again first. Two nodes that dial each other at the same moment may each drop what the other
     * keeps; if both then waited for as long, it might happen again.
     */
    private boolean dialsFirst(Description peer) {
        InstanceId own = reception.handshake().instanceId();
        return own.toHex().compareTo(peer.handshake().instanceId().toHex()) < 0;
    }

    private Optional<Redial> redialOf(Description peer) {
        return peer.direction() == Direction.INBOUND
                ? Optional.empty()
                : redials.stream().filter(redial -> redial.isAt(peer.address())).findAny();
    }

    /** Stops dialling, and waits a little until no dial goes on. */
    void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            if (check != null) {
                check.cancel();
            }
            if (discovery != null) {
                discovery.cancel();
            }
        }
        dials.keySet().forEach(Thread::interrupt);
        Instant began = scheduler.instant();
        for (Thread dial : dials.keySet()) {
            dial.join(CLOSE_PATIENCE.minus(Duration.between(began, scheduler.instant())));
        }
    }
}
