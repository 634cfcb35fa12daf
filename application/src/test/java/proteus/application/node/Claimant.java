package proteus.application.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import proteus.application.contract.GenesisChain;
import proteus.application.contract.InMemoryPeerTransport;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.DialFailedException;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerGate;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeFlags;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerTime;
import proteus.domain.peer.Succession;

/** Somebody who says of itself what it likes. */
final class Claimant implements PeerGate, AutoCloseable {

    final InMemoryPeerTransport transport;
    private final World world;
    private final Network network;
    private final List<RecordedEvents> heard = new CopyOnWriteArrayList<>();
    private volatile InstanceId instance = new InstanceId(66, 66);
    private volatile Optional<Integer> listenPort = Optional.of(Places.PORT);
    private volatile String extraData = "00";

    Claimant(World world, Network network, IpAddress host, Carrier carrier, PeerId id) {
        this.world = world;
        this.network = network;
        transport = new InMemoryPeerTransport(world.wires, host, this, world.clock, carrier, id);
        world.owns(this);
    }

    Claimant(World world, Network network, int host, Carrier carrier) {
        this(world, network, Places.ip(host), carrier, InMemoryPeerTransport.idOf(Places.ip(1000 + host)));
    }

    Claimant being(InstanceId other) {
        instance = other;
        return this;
    }

    Claimant listeningAt(Optional<Integer> port) {
        listenPort = port;
        return this;
    }

    /** Names where it is to be found over libp2p. */
    Claimant naming(PeerId id, int tcpPort) {
        extraData = new Libp2pContact(id, Optional.of(tcpPort), Optional.empty()).toExtraData(HandshakeFlags.DEFAULT);
        return this;
    }

    /** Claims to carry on a session. */
    Claimant marked() {
        extraData = Succession.of(99).addedTo(extraData);
        return this;
    }

    PeerConnection dial(PeerAddress address) throws Exception {
        return transport.dial(address);
    }

    /** Dials, be it in vain; true if it was taken. */
    boolean tries(PeerAddress address) throws InterruptedException {
        try {
            transport.dial(address);
            return true;
        } catch (DialFailedException refused) {
            return false;
        }
    }

    List<PeerMessage> messages() {
        return heard.stream().flatMap(events -> events.messages().stream()).toList();
    }

    /** How many of its connections are not over. */
    long open() {
        return heard.stream().filter(events -> events.others().isEmpty()).count();
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
        return new HandshakeVerdict.Accepted();
    }

    @Override
    public void connected(PeerConnection connection) {
        RecordedEvents events = new RecordedEvents();
        heard.add(events);
        connection.open(event -> {
            events.accept(event);
            if (event instanceof ConnectionEvent.FrameArrived) {
                connection.request();
            }
        });
        connection.request();
    }

    @Override
    public void close() {
        transport.close();
    }
}
