package proteus.application.node;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import proteus.application.contract.Await;
import proteus.application.contract.GenesisChain;
import proteus.application.contract.InMemoryNetwork;
import proteus.application.contract.InMemoryPeerTransport;
import proteus.application.contract.ManualScheduler;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.DialFailedException;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerGate;
import proteus.domain.block.BlockHeader;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerTime;

/** A peer that takes everybody, hears everything and says what the test wants. */
final class Stranger implements PeerGate, AutoCloseable {

    private final ManualScheduler clock;
    private final Network network;
    private final InstanceId instance;
    private final Optional<Integer> listenPort;
    private final InMemoryPeerTransport transport;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private volatile Optional<BlockHeader> tip = Optional.empty();
    private volatile Function<PeerMessage, List<PeerMessage>> answers = _ -> List.of();

    /** A connection that it has or had. */
    record Line(PeerConnection connection, RecordedEvents heard) {

        void say(PeerMessage message) throws Exception {
            connection.send(message);
        }

        /** Asks for peers and waits for the answer, which comes after all that was said before was handled. */
        PeerMessage.PeerListResponse askForPeers() throws Exception {
            long before = answers().size();
            say(new PeerMessage.PeerListRequest());
            Await.until(
                    () -> "a list of peers; heard: " + heard.messages(),
                    () -> answers().size() > before);
            return answers().getLast();
        }

        private List<PeerMessage.PeerListResponse> answers() {
            return heard.messages().stream()
                    .filter(PeerMessage.PeerListResponse.class::isInstance)
                    .map(PeerMessage.PeerListResponse.class::cast)
                    .toList();
        }

        long heard(PeerMessage message) {
            return heard.messages().stream().filter(message::equals).count();
        }
    }

    Stranger(
            InMemoryNetwork wires,
            ManualScheduler clock,
            Network network,
            Carrier carrier,
            IpAddress host,
            long instance,
            Optional<Integer> listenPort) {
        this.clock = clock;
        this.network = network;
        this.instance = new InstanceId(7, instance);
        this.listenPort = listenPort;
        transport = new InMemoryPeerTransport(wires, host, this, clock, carrier);
    }

    /** From now on its handshakes show this tip, and it answers like this. */
    Stranger answering(BlockHeader shown, Function<PeerMessage, List<PeerMessage>> how) {
        tip = Optional.of(shown);
        answers = how;
        return this;
    }

    InstanceId instance() {
        return instance;
    }

    Stranger listen(PeerAddress address) throws IOException {
        transport.listen(address);
        return this;
    }

    /** Dials; fails the test if that does not work. */
    Line dial(PeerAddress address) throws Exception {
        PeerConnection connection = transport.dial(address);
        return lines.stream()
                .filter(line -> line.connection.equals(connection))
                .findAny()
                .orElseThrow();
    }

    /** Dials where it must fail. */
    DialFailedException.Cause failToDial(PeerAddress address) throws InterruptedException {
        try {
            throw new AssertionError("connected: " + transport.dial(address).description());
        } catch (DialFailedException failed) {
            return failed.reason();
        }
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The connection with this number, from 0, which must come soon. */
    Line awaitLine(int number) {
        Await.until(() -> "connection " + number + "; so far: " + lines.size(), () -> lines.size() > number);
        return lines.get(number);
    }

    @Override
    public boolean admits(IpAddress ip) {
        return true;
    }

    @Override
    public HandshakeData ownHandshake() {
        return new HandshakeData(
                tip.orElseGet(() -> GenesisChain.of(network).tip().header()),
                listenPort,
                network,
                instance,
                "0.19.4",
                true,
                false,
                PeerTime.of(clock.instant()),
                "00");
    }

    @Override
    public HandshakeVerdict judge(HandshakeData own, HandshakeData theirs, Remote remote) {
        return new HandshakeVerdict.Accepted();
    }

    @Override
    public boolean isBanned(IpAddress ip) {
        return false;
    }

    @Override
    public void connected(PeerConnection connection) {
        RecordedEvents heard = new RecordedEvents();
        lines.add(new Line(connection, heard));
        connection.open(event -> {
            heard.accept(event);
            if (event instanceof ConnectionEvent.FrameArrived) {
                connection.request();
                answers.apply(heard.messages().getLast()).forEach(answer -> send(connection, answer));
            }
        });
        connection.request();
    }

    private static void send(PeerConnection connection, PeerMessage answer) {
        try {
            connection.send(answer);
        } catch (ConnectionClosedException over) {
            // Nobody is left to be answered.
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
