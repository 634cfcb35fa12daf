package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.time.InstantSource;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.contract.Await;
import proteus.application.contract.Descriptions;
import proteus.application.contract.FakeGate;
import proteus.application.contract.RecordedEvents;
import proteus.application.memory.InboundBudget;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.PeerMessage;

/** A node that strangers do their worst to, and a peer that has a session with it and must notice nothing. */
final class AttackedNode implements AutoCloseable {

    /** What buffers may take beyond what they took before: some chunks of the allocator, for each host of a test. */
    private static final long SOME_MEMORY = 32L << 20;

    private final InboundBudget budget = new InboundBudget(64 << 20);
    private final FakeGate gate = new FakeGate(Descriptions.handshake(1));
    private final GatewayTransport transport;
    private final PeerEndpoint endpoint;
    private final GatewayTransport friend;
    private final Session friendship;
    private final long memoryBefore;
    private int strangers = 10;

    /** Both ends of a session, which take whatever comes. */
    private record Session(PeerConnection near, RecordedEvents atNear, PeerConnection far, RecordedEvents atFar) {

        static Session of(PeerConnection near, PeerConnection far) {
            return new Session(near, heard(near), far, heard(far));
        }

        private static RecordedEvents heard(PeerConnection connection) {
            RecordedEvents events = new RecordedEvents();
            connection.open(event -> {
                events.accept(event);
                connection.request();
            });
            connection.request();
            return events;
        }

        void assertCarries() throws Exception {
            int before = atNear.messages().size();
            PeerMessage message = new PeerMessage.BlockRequestByHeight(new BlockHeight(before));
            near.send(message);
            assertThat(atFar.awaitMessages(before + 1)).last().isEqualTo(message);
            far.send(message);
            assertThat(atNear.awaitMessages(before + 1)).last().isEqualTo(message);
        }
    }

    /** A node that listens by {@code carrier}. */
    AttackedNode(Carrier carrier) throws Exception {
        this(carrier, GatewayNode.PATIENT);
    }

    AttackedNode(Carrier carrier, GatewaySettings settings) throws Exception {
        this(carrier, settings, PeerIds.any());
    }

    AttackedNode(Carrier carrier, GatewaySettings settings, Identity identity) throws Exception {
        transport = GatewayNode.transport(settings, identity, budget, gate, InstantSource.system());
        endpoint = listen(carrier);
        friend = GatewayNode.transport(
                GatewayNode.PATIENT, new FakeGate(Descriptions.handshake(2)), InstantSource.system());
        friendship = Session.of(friend.dial(endpoint), gate.awaitConnection());
        friendship.assertCarries();
        memoryBefore = usedMemory();
    }

    private PeerEndpoint listen(Carrier carrier) throws IOException {
        return transport.listen(GatewayNode.anyPort(carrier));
    }

    FakeGate gate() {
        return gate;
    }

    GatewayTransport transport() {
        return transport;
    }

    InboundBudget budget() {
        return budget;
    }

    PeerEndpoint endpoint() {
        return endpoint;
    }

    /** Somebody who opens the stream, for the node waits. */
    Identity smaller() {
        return PeerIds.below(id());
    }

    /** Somebody who waits for the node to open the stream. */
    Identity greater() {
        return PeerIds.above(id());
    }

    proteus.adapters.libp2p.engine.identity.PeerId id() {
        return transport.id();
    }

    /** What the buffers of this process hold, on the heap or not, in chunks of the allocator. */
    private static long usedMemory() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    /** The friend is served as before, another peer gets in, and little is held for those who do their worst. */
    void assertUnharmed() throws Exception {
        assertUnharmed(SOME_MEMORY);
    }

    /** The same, where so much memory may be held in all. */
    void assertUnharmed(long memory) throws Exception {
        assertFriendServed();
        try (GatewayTransport other = GatewayNode.transport(
                GatewayNode.PATIENT, new FakeGate(Descriptions.handshake(strangers++)), InstantSource.system())) {
            PeerConnection dialled = other.dial(endpoint);
            Session.of(dialled, gate.awaitConnection(Direction.INBOUND)).assertCarries();
        }
        assertThat(usedMemory() - memoryBefore).isLessThan(memory);
    }

    /** The friend is served as before. */
    void assertFriendServed() throws Exception {
        friendship.assertCarries();
        assertThat(friendship.atNear().others()).isEmpty();
        assertThat(friendship.atFar().others()).isEmpty();
    }

    /** Waits until it keeps account of no connection but so many, the friend's included. */
    void awaitConnections(int count) {
        Await.until(() -> transport.gateways() + " connections, not " + count, () -> transport.gateways() == count);
    }

    @Override
    public void close() {
        transport.close();
        friend.close();
    }
}
