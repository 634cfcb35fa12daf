package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.node.NodeSettings;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.bootstrap.config.IdentityChoice;
import proteus.bootstrap.config.Libp2pConfiguration;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.domain.peer.PeerAddress;

/** Whole nodes speak their own protocol to each other, unless one of them is told not to. */
@Timeout(120)
final class NativeSessionsTest {

    private static final String NATIVE = "/proteus/regtest/session/1";
    private static final String GATEWAY = "/id/stream-gateway-handshake/2.0";
    private static final long INBOUND_MEMORY = 64L << 20;

    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(Carrier.LIBP2P_TCP, true, true, NATIVE),
                Arguments.of(Carrier.LIBP2P_QUIC, true, true, NATIVE),
                Arguments.of(Carrier.LIBP2P_TCP, true, false, GATEWAY),
                Arguments.of(Carrier.LIBP2P_QUIC, false, true, GATEWAY));
    }

    /** A block that one of them mines comes to the other. */
    @ParameterizedTest(name = "over {0}; offered: {1}, {2}")
    @MethodSource("pairs")
    void aSessionIsInWhatBothOffer(Carrier carrier, boolean first, boolean second, String expected) throws Exception {
        RunningNode listening = start("first", carrier, first);
        PeerTarget.Protocol protocol =
                carrier == Carrier.LIBP2P_TCP ? PeerTarget.Protocol.LIBP2P : PeerTarget.Protocol.QUIC;
        RunningNode dialling = start(
                "second",
                carrier,
                second,
                new PeerTarget(listening.node().listening().getFirst().address(), protocol));

        assertThat(session(dialling)).isEqualTo(expected);
        assertThat(session(listening)).isEqualTo(expected);
        listening.node().mining().mine();
        await("the block", () -> dialling.node().tipHeader().height().value() == 1);
        assertThat(session(dialling)).isEqualTo(expected);
    }

    private RunningNode start(String name, Carrier carrier, boolean nativeSessions, PeerTarget... peers)
            throws Exception {
        PeerAddress[] addresses = Stream.of(peers).map(PeerTarget::address).toArray(PeerAddress[]::new);
        NodeConfiguration usual =
                TestNodes.configuration(directory.resolve(name), TestNodes.places(10, addresses), INBOUND_MEMORY);
        RunningNode node = TestNodes.start(new NodeConfiguration(
                new NodeSettings(
                        usual.node().network(),
                        usual.node().connections(),
                        Set.of(),
                        Map.of(Stack.LIBP2P, StackUse.BOTH),
                        List.of(new PeerEndpoint(TestNodes.ANY_PORT, carrier)),
                        List.of(peers)),
                usual.listenCandidates(),
                new Libp2pConfiguration(new IdentityChoice.OfRun(), List.of(), nativeSessions),
                usual.quotas(),
                usual.rpc(),
                usual.jsonRpc(),
                usual.metrics(),
                usual.dashboard(),
                usual.data(),
                usual.sync(),
                usual.mining(),
                usual.migration(),
                usual.inboundMemory(),
                usual.log(),
                usual.warnings()));
        open.add(node);
        return node;
    }

    /** By which protocol the only peer is spoken to. */
    private static String session(RunningNode node) {
        await("a peer", () -> !node.node().peers().isEmpty());
        List<ConnectedPeer> peers = node.node().peers();
        assertThat(peers).hasSize(1);
        return peers.getFirst().layers().session().orElseThrow();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(500_000);
        }
    }
}
