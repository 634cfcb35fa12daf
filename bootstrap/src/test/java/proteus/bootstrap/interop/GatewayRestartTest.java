package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.bootstrap.interop.ProteusNode.Setup;

/** Proteus and a real node find each other again over libp2p, with the clocks, back-offs and limits of real runs. */
@WithRealNode
final class GatewayRestartTest {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int RECONNECTS = 10;

    /** Between two dials of one node: five a minute, of six that are allowed. */
    private static final Duration BETWEEN_DIALS = Duration.ofSeconds(12);

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    /** Takes three minutes: the first dial comes at once and in vain, the next when upstream's back-off is over. */
    @Test
    void overLibp2pProteusFindsTheRealNodeAgainAfterItsRestart(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"));
                ProteusNode overTcp = dialling(real, Carrier.LIBP2P_TCP);
                ProteusNode overQuic = dialling(real, Carrier.LIBP2P_QUIC)) {
            String first = instanceIdOfPeer(overTcp);
            assertThat(instanceIdOfPeer(overQuic)).isEqualTo(first);
            long began = System.nanoTime();

            real.stop();
            for (ProteusNode proteus : List.of(overTcp, overQuic)) {
                Eventually.until("Proteus has lost its peer", proteus.node()::peers, List::isEmpty);
            }
            real.start();
            for (ProteusNode proteus : List.of(overTcp, overQuic)) {
                Eventually.until(
                        "Proteus is connected again", LONGEST_WAIT, proteus.node()::peers, peers -> peers.size() == 1);
                assertThat(instanceIdOfPeer(proteus))
                        .isNotEqualTo(first)
                        .isEqualTo(real.cli().ownInstanceId());
            }
            seen.says("tcp and quic: both connected again " + secondsSince(began)
                    + " s after the stop, with the back-off of a real run (2 min, looked at every 30 s); the real node has a "
                    + "new instance id and the same PeerId, and lists both");
            assertThat(real.cli().peers()).hasSize(2);
        }
    }

    private ProteusNode dialling(RealNode real, Carrier carrier) throws Exception {
        return ProteusNode.start(
                directory.resolve(carrier.name()),
                Setup.OPEN_LIBP2P.dialling(GatewayConnectingTest.target(real.endpoint(carrier))));
    }

    private static String instanceIdOfPeer(ProteusNode proteus) throws Exception {
        return proteus.onlyPeer().connection().handshake().instanceId().toDecimal();
    }

    private static long secondsSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toSeconds();
    }

    @Test
    void overLibp2pTheRealNodeFindsProteusAgainAfterItsRestart(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        Path data = directory.resolve("proteus");
        Setup setup = Setup.OPEN_LIBP2P.hidden().as(directory.resolve("identity.key"));
        ProteusNode proteus = ProteusNode.start(data, setup);
        try (RealNode overTcp = wanting(proteus, Carrier.LIBP2P_TCP);
                RealNode overQuic = wanting(proteus, Carrier.LIBP2P_QUIC)) {
            List<RealNode> both = List.of(overTcp, overQuic);
            Eventually.until("both are connected", proteus.node()::peers, peers -> peers.size() == 2);
            for (RealNode real : both) {
                // It dials whom it knows then, which is not what is to be seen here; the next is three minutes later.
                Eventually.until(
                        "the first crawl has begun",
                        real::logSinceStart,
                        log -> log.contains("periodic network crawl"));
            }
            String first = proteus.cli(programs).ownInstanceId();
            Setup again = setup.listeningAt(proteus.node().listening());
            long began = System.nanoTime();

            proteus.stop();
            for (RealNode real : both) {
                Eventually.until("the real node has lost Proteus", real.cli()::peers, List::isEmpty);
            }
            proteus = ProteusNode.start(data, again);
            Eventually.until(
                    "both are connected again", LONGEST_WAIT, proteus.node()::peers, peers -> peers.size() == 2);
            String second = proteus.cli(programs).ownInstanceId();
            assertThat(second).isNotEqualTo(first);
            for (RealNode real : both) {
                assertThat(real.cli().peers())
                        .extracting(NeptuneCli.Peer::instanceId)
                        .containsExactly(second);
                assertThat(real.cli().punishedPeers()).isEmpty();
            }
            seen.says("two real nodes of 0.19.4 with --peer, one over tcp, one over quic: both connected again "
                    + secondsSince(began)
                    + " s after Proteus was stopped and started at the same ports with the same identity (they look at their "
                    + "peers every 30 s)");
        } finally {
            proteus.stop();
        }
    }

    private RealNode wanting(ProteusNode proteus, Carrier carrier) throws Exception {
        return RealNode.start(
                programs,
                directory.resolve("real-" + carrier),
                "--peer",
                proteus.endpoint(carrier).toMultiaddress());
    }

    /**
     * Takes two minutes: each node may dial the other six times a minute. They stay connected until it is time for the next
     * dial, since either also dials of its own accord when it is alone.
     */
    @Test
    void overLibp2pEitherDialsTheOtherTenTimesInARowWithinTheLimitsThatBothHaveByDefault(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        Setup setup = Setup.OPEN_LIBP2P.withUsualLimits().hidden();
        try (RealNode dialled = RealNode.start(programs, directory.resolve("dialled"));
                ProteusNode dialler = ProteusNode.start(directory.resolve("dialler"), setup);
                RealNode realDialler = RealNode.start(programs, directory.resolve("real-dialler"));
                ProteusNode dialledProteus = ProteusNode.start(directory.resolve("listener"), setup)) {
            for (int i = 0; i <= RECONNECTS; i++) {
                Carrier carrier = i % 2 == 0 ? Carrier.LIBP2P_TCP : Carrier.LIBP2P_QUIC;
                dial(dialler.cli(programs), dialled.cli(), dialled.endpoint(carrier));
                dial(realDialler.cli(), dialledProteus.cli(programs), dialledProteus.endpoint(carrier));
                // From the later of the two dials on, so that a slow round is not made up for.
                awaitTime(System.nanoTime() + BETWEEN_DIALS.toNanos());
                part(dialler.cli(programs), dialled.cli());
                part(dialledProteus.cli(programs), realDialler.cli());
            }
            for (RealNode real : List.of(dialled, realDialler)) {
                assertThat(real.cli().punishedPeers()).isEmpty();
            }
            assertThat(dialler.node().punishedPeers()).isEmpty();
            assertThat(dialledProteus.node().punishedPeers()).isEmpty();
            seen.says("with neptune-cli dial, " + BETWEEN_DIALS.toSeconds()
                    + " s from dial to dial, by turns over tcp and "
                    + "quic: the first connection and " + RECONNECTS
                    + " more come about when Proteus dials, and when the real "
                    + "node does; Proteus parts with ban and unban; in the end nobody is punished");
        }
    }

    private static void dial(NeptuneCli dialler, NeptuneCli listener, PeerEndpoint address) throws Exception {
        dialler.run("dial", address.toMultiaddress());
        Eventually.until("the dialler lists the other", dialler::peers, peers -> peers.size() == 1);
        Eventually.until("the listener lists the other", listener::peers, peers -> peers.size() == 1);
    }

    private static void awaitTime(long due) throws Exception {
        Eventually.until("it is time to dial again", () -> System.nanoTime() - due, late -> late >= 0);
    }

    private static void part(NeptuneCli proteus, NeptuneCli real) throws Exception {
        String anyPort = "/ip4/127.0.0.1/tcp/1";
        proteus.run("ban", anyPort);
        Eventually.until("Proteus lists nobody", proteus::peers, List::isEmpty);
        Eventually.until("the real node lists nobody", real::peers, List::isEmpty);
        proteus.run("unban", anyPort);
    }
}
