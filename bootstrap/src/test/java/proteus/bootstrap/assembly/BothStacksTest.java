package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.Stack;
import proteus.bootstrap.assembly.Libp2pPeer.Session;
import proteus.bootstrap.config.SourceQuotaSettings;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferConnectionStatus;

/** What a peer takes of a node over one stack, it has taken of the whole node. */
@Timeout(120)
@SpeaksLegacy
final class BothStacksTest {

    private static final String HERE = "127.0.0.1";
    private static final String ELSEWHERE = "127.0.0.2";
    private static final String OTHER_PREFIX = "127.0.1.1";
    private static final PeerMessage REFUSED = new PeerMessage.ConnectionStatus(
            new TransferConnectionStatus.Refused(new ConnectionRefusedReason.MaxPeerNumberExceeded()));
    private static final PeerMessage ALREADY_CONNECTED = new PeerMessage.ConnectionStatus(
            new TransferConnectionStatus.Refused(new ConnectionRefusedReason.AlreadyConnected()));

    private final List<AutoCloseable> open = new ArrayList<>();
    private RunningNode node;
    private long instances = 100;

    @TempDir
    private Path directory;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private void start(int places, SourceQuotaSettings quotas) throws Exception {
        node = opened(TestNodes.start(TestNodes.onBothStacks(directory, TestNodes.places(places), quotas)));
    }

    private PeerEndpoint endpoint(Carrier carrier) {
        return node.node().listening().stream()
                .filter(listening -> listening.carrier() == carrier)
                .findFirst()
                .orElseThrow();
    }

    private RawDialler legacy(String from) throws Exception {
        return legacy(from, instances++);
    }

    private RawDialler legacy(String from, long instance) throws Exception {
        return dialled(from).shakeHands(RawDialler.handshake(instance));
    }

    private RawDialler dialled(String from) throws Exception {
        return opened(RawDialler.dial(from, endpoint(Carrier.LEGACY_TCP).address()));
    }

    private Session libp2p(Carrier carrier) throws Exception {
        return libp2p(carrier, instances++);
    }

    private Session libp2p(Carrier carrier, long instance) throws Exception {
        return opened(new Libp2pPeer(instance)).dial(endpoint(carrier));
    }

    /** The node answers, so it has a session with this peer. */
    private static void assertTalks(RawDialler peer) throws Exception {
        peer.send(new PeerMessage.BlockNotificationRequest());
        assertThat(peer.read()).isInstanceOf(PeerMessage.BlockNotificationWithPowWitness.class);
    }

    private static void assertTalks(Session peer) throws Exception {
        peer.send(new PeerMessage.BlockNotificationRequest());
        assertThat(peer.read()).isInstanceOf(PeerMessage.BlockNotificationWithPowWitness.class);
    }

    private void assertLegacyRefused(String from) throws Exception {
        assertThatThrownBy(() -> legacy(from)).isInstanceOfAny(EOFException.class, SocketException.class);
    }

    private void assertLibp2pRefused(Carrier carrier) {
        assertThatThrownBy(() -> libp2p(carrier)).isInstanceOf(DialFailedException.class);
    }

    /** What the node answers to the handshake of a peer that it does not take. */
    private PeerMessage legacyAnswer(String from, long instance) throws Exception {
        RawDialler peer = dialled(from);
        peer.send(new PeerMessage.Handshake(MagicValue.REQUEST, RawDialler.handshake(instance)));
        assertThat(peer.read()).isInstanceOf(PeerMessage.Handshake.class);
        return peer.read();
    }

    private static SourceQuotaSettings attempts(int aMinute) {
        return new SourceQuotaSettings(1000, 1000, aMinute);
    }

    private static SourceQuotaSettings perPrefix(int connections) {
        return new SourceQuotaSettings(1000, connections, 1000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Carrier.class,
            names = {"LIBP2P_TCP", "LIBP2P_QUIC"})
    void attemptsOverLegacyAreAttempts(Carrier carrier) throws Exception {
        start(10, attempts(3));
        for (int i = 0; i < 3; i++) {
            legacy(HERE).close();
        }

        assertLibp2pRefused(carrier);

        assertTalks(legacy(ELSEWHERE));
    }

    @ParameterizedTest
    @EnumSource(
            value = Carrier.class,
            names = {"LIBP2P_TCP", "LIBP2P_QUIC"})
    void attemptsOverLibp2pAreAttempts(Carrier carrier) throws Exception {
        start(10, attempts(3));
        for (int i = 0; i < 3; i++) {
            assertTalks(libp2p(carrier));
        }

        assertLegacyRefused(HERE);

        assertTalks(legacy(ELSEWHERE));
    }

    @Test
    void thePlacesOfAPrefixThatLegacyHasAreTaken() throws Exception {
        start(10, perPrefix(2));
        RawDialler first = legacy("127.0.0.7");
        legacy("127.0.0.8");

        assertLibp2pRefused(Carrier.LIBP2P_TCP);
        first.close();
        awaitPeers(1);

        assertTalks(libp2p(Carrier.LIBP2P_TCP));
        assertLegacyRefused("127.0.0.9");
        assertTalks(legacy(OTHER_PREFIX));
    }

    @Test
    void thePlacesOfAPrefixThatLibp2pHasAreTaken() throws Exception {
        start(10, perPrefix(2));
        assertTalks(libp2p(Carrier.LIBP2P_TCP));
        assertTalks(libp2p(Carrier.LIBP2P_QUIC));

        assertLegacyRefused("127.0.0.9");
        assertLibp2pRefused(Carrier.LIBP2P_TCP);

        assertTalks(legacy(OTHER_PREFIX));
    }

    private void awaitPeers(int count) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (node.node().peers().size() != count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "waited in vain for " + count + " peers: " + node.node().peers());
            }
            LockSupport.parkNanos(500_000);
        }
    }

    @Test
    void aBanEndsAndKeepsOutOnBoth() throws Exception {
        start(10, TestNodes.PLENTY);
        RawDialler legacy = legacy(HERE);
        Session tcp = libp2p(Carrier.LIBP2P_TCP);
        Session quic = libp2p(Carrier.LIBP2P_QUIC);
        RawDialler other = legacy(ELSEWHERE);
        awaitPeers(4);

        node.node().ban(IpAddress.parse(HERE).orElseThrow());

        assertThat(legacy.read()).isEqualTo(new PeerMessage.Bye());
        assertThatThrownBy(legacy::read).isInstanceOf(IOException.class);
        for (Session session : List.of(tcp, quic)) {
            assertThat(session.read()).isEqualTo(new PeerMessage.Bye());
            session.awaitEnd();
        }
        assertLegacyRefused(HERE);
        assertLibp2pRefused(Carrier.LIBP2P_TCP);
        assertLibp2pRefused(Carrier.LIBP2P_QUIC);
        assertTalks(other);
        awaitPeers(1);

        node.node().unban(IpAddress.parse(HERE).orElseThrow());

        assertTalks(legacy(HERE));
        assertTalks(libp2p(Carrier.LIBP2P_TCP));
    }

    @Test
    void allPeersTogetherHaveSoManyPlaces() throws Exception {
        start(2, TestNodes.PLENTY);
        RawDialler legacy = legacy(ELSEWHERE);
        assertTalks(legacy);
        assertTalks(libp2p(Carrier.LIBP2P_TCP));

        assertThat(legacyAnswer(HERE, instances++)).isEqualTo(REFUSED);
        assertThat(libp2p(Carrier.LIBP2P_TCP).read()).isEqualTo(REFUSED);
        assertThat(libp2p(Carrier.LIBP2P_QUIC).read()).isEqualTo(REFUSED);
        legacy.close();
        awaitPeers(1);

        assertTalks(libp2p(Carrier.LIBP2P_QUIC));
        assertThat(legacyAnswer(HERE, instances++)).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Carrier.class,
            names = {"LIBP2P_TCP", "LIBP2P_QUIC"})
    void whoIsThereCannotComeAgainUnderAnotherInstanceId(Carrier carrier) throws Exception {
        start(10, TestNodes.PLENTY);
        Identity identity = Identity.generate(new SecureRandom());
        Session first = opened(new Libp2pPeer(1, identity)).dial(endpoint(Carrier.LIBP2P_TCP));
        assertTalks(first);

        assertEndsOrFails(new Libp2pPeer(2, identity), carrier);

        assertTalks(first);
        awaitPeers(1);
    }

    /** Whether a dial fails or its session ends at once depends on who is faster. */
    private void assertEndsOrFails(Libp2pPeer peer, Carrier carrier) throws InterruptedException {
        Session session;
        try {
            session = opened(peer).dial(endpoint(carrier));
        } catch (DialFailedException denied) {
            return;
        }
        session.awaitEnd();
    }

    @Test
    void anInstanceIsThereOnceForEachIpOverBothStacks() throws Exception {
        start(10, TestNodes.PLENTY);
        Session first = libp2p(Carrier.LIBP2P_TCP, 7);
        assertTalks(first);

        assertThat(legacyAnswer(HERE, 7)).isEqualTo(ALREADY_CONNECTED);
        assertEndsOrFails(new Libp2pPeer(7), Carrier.LIBP2P_QUIC);
        RawDialler second = legacy(ELSEWHERE, 7);

        assertTalks(second);
        assertTalks(first);
        assertContested(Stack.LEGACY);
    }

    @Test
    void anInstanceIsThereOnceForEachIpWhicheverStackComesFirst() throws Exception {
        start(10, TestNodes.PLENTY);
        RawDialler first = legacy(ELSEWHERE, 7);
        assertTalks(first);

        Session second = libp2p(Carrier.LIBP2P_QUIC, 7);

        assertTalks(second);
        assertTalks(first);
        assertContested(Stack.LIBP2P);
        assertThat(legacyAnswer(HERE, 7)).isEqualTo(ALREADY_CONNECTED);
        assertThat(legacyAnswer(ELSEWHERE, 7)).isEqualTo(ALREADY_CONNECTED);
    }

    /** Two claim to be the same; the one that came second, over this stack, is marked. */
    private void assertContested(Stack second) {
        List<ConnectedPeer> peers = node.node().peers();
        assertThat(peers)
                .hasSize(2)
                .allSatisfy(peer ->
                        assertThat(peer.connection().handshake().instanceId()).isEqualTo(new InstanceId(0, 7)));
        assertThat(peers).extracting(ConnectedPeer::contested).containsExactly(false, true);
        assertThat(peers.getLast().connection().stack()).isEqualTo(second);
        assertThat(node.node().contestedConnections()).isEqualTo(1);
    }
}
