package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;
import proteus.application.contract.Await;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.Stack;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

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
            return node.transport()
                    .listen(TestNode.endpoint(new PeerAddress(new IpAddress.V6(0, 0), 0)))
                    .address();
        } catch (IOException e) {
            throw new TestAbortedException("this machine has no IPv6", e);
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

            // A thread says that it has ended a moment before it has.
            Await.until("the end of the threads", () -> ownThreads().isEmpty());
            assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.LOCAL);
            assertThat(connected.readToEnd()).isEmpty();
            assertThat(halfOpen.readToEnd()).isEmpty();
            assertThatThrownBy(() -> RawPeer.dial(node.address())).isInstanceOf(ConnectException.class);
        }
    }
}
