package proteus.application.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import proteus.application.contract.Await;
import proteus.application.contract.GenesisChain;
import proteus.application.contract.InMemoryPeerTransport;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerGate;
import proteus.application.port.Stack;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.PeerTime;
import proteus.domain.peer.TransferConnectionStatus;

/**
 * A peer on both stacks that treats connections as a real neptune-core does: it refuses an instance that is connected, and
 * ends a connection over which it hears {@code Bye}, some time before it forgets the instance. What else it does is the
 * test's to say.
 */
final class CoreLike implements AutoCloseable {

    private final World world;
    private final Network network;
    private final IpAddress host;
    private final Map<Stack, InMemoryPeerTransport> transports = new EnumMap<>(Stack.class);
    private final Set<InstanceId> connected = ConcurrentHashMap.newKeySet();
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final int legacyPort;
    private volatile Optional<Integer> listenPort;
    private volatile InstanceId instance;
    private volatile String extraData = "00";
    /** How long it takes to forget an instance whose connection is over. */
    volatile Duration forgetsAfter = Duration.ZERO;
    /** How many of the next connections over libp2p it closes as soon as they stand. */
    final AtomicInteger closesNext = new AtomicInteger();
    /** How many of the next connections over libp2p it tells that all places are taken. */
    final AtomicInteger fullNext = new AtomicInteger();

    /** A connection that it has or had. */
    record Line(PeerConnection connection, RecordedEvents heard) {

        boolean isOpen() {
            return heard.others().isEmpty();
        }

        Stack stack() {
            return connection.description().stack();
        }

        boolean heard(PeerMessageKind kind) {
            return heard.messages().stream().anyMatch(message -> message.kind() == kind);
        }
    }

    /** Listens on both stacks at upstream's ports. */
    static CoreLike at(World world, Network network, int host, long instance) throws Exception {
        return new CoreLike(world, network, host, instance, Places.PORT);
    }

    CoreLike(World world, Network network, int host, long instance, int legacyPort) throws Exception {
        this.world = world;
        this.network = network;
        this.host = Places.ip(host);
        this.instance = new InstanceId(9, instance);
        this.legacyPort = legacyPort;
        listenPort = Optional.of(legacyPort);
        for (Carrier carrier : List.of(Carrier.LEGACY_TCP, Carrier.LIBP2P_TCP)) {
            transports.put(
                    carrier.stack(),
                    new InMemoryPeerTransport(world.wires, this.host, new Door(carrier.stack()), world.clock, carrier));
        }
        open(Stack.LEGACY);
        open(Stack.LIBP2P);
        world.owns(this);
    }

    PeerAddress legacy() {
        return new PeerAddress(host, legacyPort);
    }

    PeerAddress libp2p() {
        return new PeerAddress(host, legacyPort + 3);
    }

    PeerId peerId() {
        return InMemoryPeerTransport.idOf(host);
    }

    InstanceId instance() {
        return instance;
    }

    /** From now on it is another node, as after a restart. */
    CoreLike calledFromNowOn(InstanceId other) {
        instance = other;
        return this;
    }

    CoreLike saying(String extra) {
        extraData = extra;
        return this;
    }

    CoreLike claimingToListenAt(Optional<Integer> port) {
        listenPort = port;
        return this;
    }

    CoreLike open(Stack stack) throws Exception {
        transport(stack).listen(stack == Stack.LEGACY ? legacy() : libp2p());
        return this;
    }

    CoreLike shut(Stack stack) {
        transport(stack).stopListening();
        return this;
    }

    InMemoryPeerTransport transport(Stack stack) {
        return java.util.Objects.requireNonNull(transports.get(stack));
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    List<Line> open() {
        return lines.stream().filter(Line::isOpen).toList();
    }

    List<Line> on(Stack stack) {
        return lines.stream().filter(line -> line.stack() == stack).toList();
    }

    Line awaitOpen(Stack stack) {
        Await.until(
                () -> "a connection over " + stack + "; there are " + lines,
                () -> open().stream().anyMatch(line -> line.stack() == stack));
        return open().stream().filter(line -> line.stack() == stack).findFirst().orElseThrow();
    }

    /** Ends what is open over {@code stack}, as if the connection broke. */
    void breakAll(Stack stack) {
        open().stream().filter(line -> line.stack() == stack).forEach(line -> line.connection.close());
    }

    /** Its side of handshakes over one stack. */
    private final class Door implements PeerGate {

        private final Stack stack;

        private Door(Stack stack) {
            this.stack = stack;
        }

        @Override
        public boolean isBanned(IpAddress ip) {
            return false;
        }

        @Override
        public boolean admits(IpAddress ip) {
            return true;
        }

        @Override
        public HandshakeData ownHandshake() {
            return new HandshakeData(
                    GenesisChain.of(network).tip().header(),
                    listenPort,
                    network,
                    instance,
                    "0.19.4",
                    true,
                    false,
                    PeerTime.of(world.clock.instant()),
                    extraData);
        }

        @Override
        public HandshakeVerdict judge(HandshakeData own, HandshakeData theirs, Remote remote) {
            return connected.contains(theirs.instanceId())
                    ? new HandshakeVerdict.Refused(new ConnectionRefusedReason.AlreadyConnected())
                    : new HandshakeVerdict.Accepted();
        }

        @Override
        public void connected(PeerConnection connection) {
            InstanceId theirs = connection.description().handshake().instanceId();
            connected.add(theirs);
            RecordedEvents heard = new RecordedEvents();
            lines.add(new Line(connection, heard));
            connection.open(event -> {
                heard.accept(event);
                if (event instanceof ConnectionEvent.Closed) {
                    forget(theirs);
                } else if (event instanceof ConnectionEvent.FrameArrived) {
                    connection.request();
                    answer(connection, heard.messages().getLast());
                }
            });
            connection.request();
            if (stack == Stack.LIBP2P && take(closesNext)) {
                connection.close();
            } else if (stack == Stack.LIBP2P && take(fullNext)) {
                say(
                        connection,
                        new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Refused(
                                new ConnectionRefusedReason.MaxPeerNumberExceeded())));
                connection.close();
            }
        }

        private static boolean take(AtomicInteger left) {
            return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
        }
    }

    private void forget(InstanceId theirs) {
        if (forgetsAfter.isZero()) {
            connected.remove(theirs);
        } else {
            world.clock.schedule(forgetsAfter, () -> connected.remove(theirs));
        }
    }

    private static void answer(PeerConnection connection, PeerMessage message) {
        switch (message.kind()) {
            case BYE -> connection.close();
            case PEER_LIST_REQUEST, BLOCK_NOTIFICATION_REQUEST ->
                say(connection, new PeerMessage.PeerListResponse(new ArrayList<>()));
            default -> {}
        }
    }

    static void say(PeerConnection connection, PeerMessage message) {
        try {
            connection.send(message);
        } catch (ConnectionClosedException over) {
            // Nobody is left to hear it.
        }
    }

    @Override
    public void close() {
        transports.values().forEach(InMemoryPeerTransport::close);
    }
}
