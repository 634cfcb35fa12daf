package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.legacytcp.Bytes.hex;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;
import proteus.application.contract.RecordedEvents;
import proteus.application.memory.InboundBudget;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.PeerConnection;
import proteus.application.port.Stack;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;

@Timeout(60)
final class LegacyTransportTest {

    private static List<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("legacy-tcp"))
                .toList();
    }

    @Test
    void itIsTheLegacyStack() throws Exception {
        try (TestNode node = new TestNode(TestNode.PATIENT, Handshakes.of(1))) {
            assertThat(node.transport().stack()).isEqualTo(Stack.LEGACY);
        }
    }

    @Test
    void anAddressInUseIsNamedInTheError() throws Exception {
        try (TestNode node = new TestNode(TestNode.PATIENT, Handshakes.of(1));
                LegacyTransport other = new LegacyTransport(
                        TestNode.PATIENT, new InboundBudget(1), new FakeGate(Handshakes.of(2)), () -> TestNode.NOW)) {
            assertThatThrownBy(() -> other.listen(node.address()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(node.address().toString());
        }
    }

    /** A dual-stack listener sees IPv4 peers under mapped addresses; neptune-core 0.19.4 checks bans by those. */
    @Test
    void anIpv4PeerOfADualStackListenerHasItsPlainAddress() throws Exception {
        try (TestNode node = new TestNode(TestNode.PATIENT, Handshakes.of(1))) {
            PeerAddress any = listenOnAllAddresses(node);
            PeerAddress overIpv4 = new PeerAddress(node.address().ip(), any.port());

            try (RawPeer peer = RawPeer.dial(overIpv4)) {
                peer.shakeHands(Handshakes.of(2));

                assertThat(node.gate().awaitConnection().description().address().ip())
                        .isEqualTo(node.address().ip());
            }
        }
    }

    private static PeerAddress listenOnAllAddresses(TestNode node) {
        try {
            return node.transport().listen(new PeerAddress(new IpAddress.V6(0, 0), 0));
        } catch (IOException e) {
            throw new TestAbortedException("this machine has no IPv6", e);
        }
    }

    @Test
    void aMappedAddressIsDialledAsThePlainOneThatItMeans() throws Exception {
        try (TestNode near = new TestNode(TestNode.PATIENT, Handshakes.of(1));
                TestNode far = new TestNode(TestNode.PATIENT, Handshakes.of(2))) {
            PeerAddress mapped = new PeerAddress(
                    new IpAddress.V6(0, 0xFFFF_7F00_0001L), far.address().port());

            PeerConnection connection = near.transport().dial(mapped);

            assertThat(connection.description().address()).isEqualTo(far.address());
        }
    }

    @Test
    void whoStoppedAcceptingKeepsItsConnections() throws Exception {
        try (TestNode near = new TestNode(TestNode.PATIENT, Handshakes.of(1));
                TestNode far = new TestNode(TestNode.PATIENT, Handshakes.of(2))) {
            PeerConnection dialled = near.transport().dial(far.address());
            PeerConnection accepted = far.gate().awaitConnection();
            RecordedEvents events = new RecordedEvents();
            accepted.open(events);
            accepted.request();

            far.transport().stopAccepting();
            dialled.send(new PeerMessage.PeerListRequest());

            assertThat(events.awaitMessages(1)).containsExactly(new PeerMessage.PeerListRequest());
        }
    }

    @Test
    void aClosedTransportLeavesNoThreadAndNoSocket() throws Exception {
        TestNode node = new TestNode(TestNode.PATIENT, Handshakes.of(1));
        try (RawPeer connected = RawPeer.dial(node.address());
                RawPeer halfOpen = RawPeer.dial(node.address())) {
            connected.shakeHands(Handshakes.of(2));
            RecordedEvents events = new RecordedEvents();
            node.gate().awaitConnection().open(events);
            assertThat(ownThreads()).isNotEmpty();

            node.transport().close();
            node.transport().close();

            assertThat(ownThreads()).isEmpty();
            assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.LOCAL);
            assertThat(connected.readToEnd()).isEmpty();
            assertThat(halfOpen.readToEnd()).isEmpty();
            assertThatThrownBy(() -> RawPeer.dial(node.address())).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aByeBeforeTheCloseOfTheTransportArrives() throws Exception {
        TestNode node = new TestNode(TestNode.PATIENT, Handshakes.of(1));
        try (RawPeer peer = RawPeer.dial(node.address())) {
            peer.shakeHands(Handshakes.of(2));
            node.gate().awaitConnection().send(new PeerMessage.Bye());

            node.close();

            assertThat(peer.readFrame()).isEqualTo(hex("13"));
            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    void aClosedTransportListensNoMore() throws Exception {
        TestNode node = new TestNode(TestNode.PATIENT, Handshakes.of(1));
        node.close();

        assertThatThrownBy(() -> node.transport().listen(node.address())).isInstanceOf(IOException.class);
    }
}
