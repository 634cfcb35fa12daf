package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** What the network within the process can do that sockets cannot. */
@Timeout(60)
final class InMemoryNetworkTest {

    private static final PeerAddress SOMEWHERE = address(99, 9798);

    private final InMemoryNetwork network = new InMemoryNetwork();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<InMemoryPeerTransport> transports = new ArrayList<>();

    private static PeerAddress address(int host, int port) {
        return new PeerAddress(ip(host), port);
    }

    private static IpAddress ip(int host) {
        return new IpAddress.V4(0x0A00_0000 | host);
    }

    private InMemoryPeerTransport node(int host, PeerGate gate) {
        InMemoryPeerTransport transport = new InMemoryPeerTransport(network, ip(host), gate, scheduler);
        transports.add(transport);
        return transport;
    }

    private InMemoryPeerTransport node(int host) {
        return node(host, gate(host));
    }

    private static FakeGate gate(int host) {
        return new FakeGate(Descriptions.handshake(host));
    }

    @AfterEach
    void closeAll() {
        transports.forEach(InMemoryPeerTransport::close);
    }

    @Test
    void anAddressMaySpeakAnotherProtocol() {
        network.speakAnotherProtocolAt(SOMEWHERE);

        assertThat(Dials.failureOf(node(1), by(SOMEWHERE))).isInstanceOf(Cause.NotThisProtocol.class);
    }

    @Test
    void aSilentAddressTimesOutByTheClockOfTheDialler() throws Exception {
        network.staySilentAt(SOMEWHERE);

        CompletableFuture<PeerConnection> dial = Dials.elsewhere(node(1), by(SOMEWHERE));
        scheduler.awaitWaiting(1);
        scheduler.advance(Duration.ofMillis(3_999));
        assertThat(dial).isNotDone();
        scheduler.advance(Duration.ofMillis(1));

        assertThat(Dials.failureOf(dial)).isInstanceOf(Cause.TimedOut.class);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void closingTheTransportEndsADialToASilentAddress() throws Exception {
        network.staySilentAt(SOMEWHERE);
        InMemoryPeerTransport node = node(1);

        CompletableFuture<PeerConnection> dial = Dials.elsewhere(node, by(SOMEWHERE));
        scheduler.awaitWaiting(1);
        node.close();

        assertThat(Dials.failureOf(dial)).isEqualTo(new Cause.Stopped());
    }

    @Test
    void aSlowListenerTimesOutAndIsNotConnected() throws Exception {
        FakeGate slow = gate(2);
        slow.holdJudgements();
        InMemoryPeerTransport listener = node(2, slow);
        PeerAddress at = listener.listen(address(2, 9798));

        CompletableFuture<PeerConnection> dial = Dials.elsewhere(node(1), by(at));
        slow.awaitJudging();
        // The dialler waits for a handshake and then for a status; which of the two it is at cannot be seen from here.
        Await.until("the dial to end", () -> {
            scheduler.advance(Duration.ofSeconds(4));
            return dial.isDone();
        });

        assertThat(Dials.failureOf(dial)).isInstanceOf(Cause.TimedOut.class);
        slow.judgeAgain();
        listener.close();
        assertThat(slow.connections()).isZero();
    }

    @Test
    void nobodyIsAtAnAddressThatWasVacated() {
        network.staySilentAt(SOMEWHERE);
        network.vacate(SOMEWHERE);

        assertThat(Dials.failureOf(node(1), by(SOMEWHERE))).isInstanceOf(Cause.PortClosed.class);
    }

    @Test
    void aNodeListensAtItsOwnAddressOnly() throws Exception {
        InMemoryPeerTransport node = node(1);

        assertThatThrownBy(() -> node.listen(SOMEWHERE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(SOMEWHERE.toString());

        assertThat(node.listen(new PeerAddress(new IpAddress.V4(0), 9798)))
                .isEqualTo(new PeerAddress(new IpAddress.V4(0), 9798));
        assertThat(node(2).dial(address(1, 9798)).description().address()).isEqualTo(address(1, 9798));
    }

    @Test
    void eachDialComesFromAPortOfItsOwnAtTheAddressOfTheDialler() throws Exception {
        FakeGate gate = gate(2);
        PeerAddress at = node(2, gate).listen(address(2, 9798));
        InMemoryPeerTransport dialler = node(1);

        dialler.dial(at);
        dialler.dial(at);

        PeerAddress first = gate.awaitConnection().description().address();
        PeerAddress second = gate.awaitConnection().description().address();
        assertThat(first).isEqualTo(address(1, 49_152));
        assertThat(second).isEqualTo(address(1, 49_153));
    }

    @Test
    void whatAGateThrowsIsKeptAndEndsTheHandshake() throws Exception {
        IllegalStateException failure = new IllegalStateException("a broken gate");
        FakeGate broken = gate(2);
        broken.failWith(failure);
        PeerAddress at = node(2, broken).listen(address(2, 9798));

        assertThat(Dials.failureOf(node(1), by(at))).isInstanceOf(Cause.NotThisProtocol.class);

        assertThat(network.failures()).containsExactly(failure);
    }

    /** As on the legacy stack: the listener has accepted when the dialler judges. */
    @Test
    void whoRefusesAsDiallerSaysGoodBye() throws Exception {
        FakeGate listening = gate(2);
        PeerAddress at = node(2, listening).listen(address(2, 9798));
        FakeGate choosy = gate(1);
        choosy.judgeEverybody(new HandshakeVerdict.Refused(new ConnectionRefusedReason.SelfConnect()));

        assertThat(Dials.failureOf(node(1, choosy), by(at))).isInstanceOf(Cause.RefusedByUs.class);

        RecordedEvents events = new RecordedEvents();
        PeerConnection accepted = listening.awaitConnection();
        accepted.open(events);
        accepted.request();
        assertThat(events.awaitMessages(1)).containsExactly(new PeerMessage.Bye());
        assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.REMOTE);
        assertThat(choosy.connections()).isZero();
    }

    @Test
    void aConnectionThatIsOverIsForgotten() throws Exception {
        InMemoryPeerTransport listener = node(2);
        PeerAddress at = listener.listen(address(2, 9798));
        InMemoryPeerTransport dialler = node(1);
        PeerConnection connection = dialler.dial(at);
        assertThat(dialler.connections()).isEqualTo(1);
        assertThat(listener.connections()).isEqualTo(1);

        connection.close();

        assertThat(dialler.connections()).isZero();
    }

    @Test
    void anAssertingNetworkTellsWhatItsNodesDoWrong() throws Exception {
        InMemoryNetwork asserting = InMemoryNetwork.asserting();
        FakeGate listening = gate(2);
        FakeGate dialling = gate(1);
        try (InMemoryPeerTransport listener = new InMemoryPeerTransport(asserting, ip(2), listening, scheduler);
                InMemoryPeerTransport dialler = new InMemoryPeerTransport(asserting, ip(1), dialling, scheduler)) {
            PeerConnection dialled = dialler.dial(listener.listen(address(2, 9798)));
            assertThat(dialling.awaitConnection()).isSameAs(dialled);
            CountDownLatch arrived = new CountDownLatch(1);
            PeerConnection accepted = listening.awaitConnection();
            accepted.open(_ -> arrived.countDown());
            accepted.request();
            dialled.send(new PeerMessage.PeerListRequest());
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(dialled::request).isInstanceOf(BrokenRuleError.class);

            assertThat(asserting.violations())
                    .extracting(BrokenRuleError::rule)
                    .containsExactly(PortRule.OPEN_BEFORE_REQUEST);
            assertThat(asserting.unclosedFrames()).containsExactly(PeerMessageKind.PEER_LIST_REQUEST);
        }
    }

    @Test
    void everyNodeCanDialEveryOther() throws Exception {
        int nodes = 8;
        List<FakeGate> gates = new ArrayList<>();
        List<PeerAddress> addresses = new ArrayList<>();
        for (int host = 1; host <= nodes; host++) {
            FakeGate gate = gate(host);
            gates.add(gate);
            addresses.add(node(host, gate).listen(address(host, 9798)));
        }

        List<CompletableFuture<PeerConnection>> dials = new ArrayList<>();
        for (InMemoryPeerTransport from : transports) {
            for (PeerAddress to : addresses) {
                dials.add(Dials.elsewhere(from, by(to)));
            }
        }
        dials.forEach(CompletableFuture::join);

        // A node that dials itself hears of both ends.
        assertThat(gates).allSatisfy(gate -> assertThat(gate.connections()).isEqualTo(2 * nodes));
        transports.forEach(InMemoryPeerTransport::close);
        assertThat(transports)
                .allSatisfy(transport -> assertThat(transport.connections()).isZero());
    }

    private static PeerEndpoint by(PeerAddress address) {
        return new PeerEndpoint(address, Carrier.LEGACY_TCP);
    }
}
