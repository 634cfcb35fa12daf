package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.node.Node;
import proteus.application.port.Carrier;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.domain.network.Network;

/** Who refuses whom over libp2p for what it says of itself, and how. */
@WithRealNode
final class GatewayRefusalsTest {

    private static final Path OUTPUT = Path.of("target", "interop");

    /** Upstream's flags for no limit worth mentioning. */
    private static final String[] NO_LIMITS = {
        "--max-num-peers",
        "100",
        "--max-connections-per-ip",
        "100",
        "--max-connections-per-prefix",
        "100",
        "--max-connection-attempts-per-ip-per-minute",
        "1000"
    };

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void overLibp2pTheRealNodeAndProteusTakeAndRefuseTheSameRecords(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"), NO_LIMITS);
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_LIBP2P)) {
            List<String> ofReal = new ArrayList<>();
            List<String> ofProteus = new ArrayList<>();
            for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
                ofReal.addAll(GatewayHandshakeTable.of(real.endpoint(carrier)));
                ofProteus.addAll(GatewayHandshakeTable.of(proteus.endpoint(carrier)));
            }
            Files.createDirectories(OUTPUT);
            Files.write(OUTPUT.resolve("gateway-handshakes-real.txt"), ofReal);
            Files.write(OUTPUT.resolve("gateway-handshakes-proteus.txt"), ofProteus);

            assertThat(ofReal)
                    .contains(
                            "version \"0.16.0\": closed",
                            "version \"0.18.0\": a session",
                            "clock 92 s ahead: closed",
                            "clock 88 s ahead: a session",
                            "network main: closed",
                            "the instance id of a connected peer: closed",
                            "the listener's own instance id: closed",
                            "another connection of a connected peer: closed");
            assertThat(ofProteus).containsExactlyElementsOf(ofReal);
            assertThat(real.cli().punishedPeers()).isEmpty();
            assertThat(proteus.cli(programs).punishedPeers()).isEmpty();
            seen.says(
                    ofReal.size() / 2
                            + " records over tcp and over quic, each tried on both: the same of them lead to a "
                            + "session, and for all others both close the connection and say nothing; nobody is punished for it");
        }
    }

    @Test
    void overLibp2pNodesOfDifferentNetworksLeaveEachOther(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"))) {
            for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
                Setup ofMain = Setup.OPEN_LIBP2P.on(new Network.Main());
                try (LogCapture log = new LogCapture();
                        ProteusNode proteus = ProteusNode.start(
                                directory.resolve("dials" + carrier),
                                ofMain.dialling(GatewayConnectingTest.target(real.endpoint(carrier))))) {
                    assertThat(log.await("dial failed, again in 2 min"))
                            .matches(".* again in 2 min: (refused by us|closed by the peer): .*");
                    nobodyIsConnectedOrPunished(real, proteus.node());
                }
                try (LogCapture log = new LogCapture();
                        ProteusNode proteus = ProteusNode.start(directory.resolve("dialled" + carrier), ofMain)) {
                    real.cli().run("dial", proteus.endpoint(carrier).toMultiaddress());
                    log.await("no session over the gateway");
                    nobodyIsConnectedOrPunished(real, proteus.node());
                }
            }
            seen.says(
                    "Proteus of main and the real node of regtest, tcp and quic, either way: the connection is closed with "
                            + "the record or with the answer of identify, whichever comes first, so that Proteus logs \"refused by us\" "
                            + "or \"closed by the peer\"; neither punishes the other");
        }
    }

    private static void nobodyIsConnectedOrPunished(RealNode real, Node proteus) throws Exception {
        assertThat(proteus.peers()).isEmpty();
        assertThat(proteus.punishedPeers()).isEmpty();
        assertThat(real.cli().peers()).isEmpty();
        assertThat(real.cli().punishedPeers()).isEmpty();
    }

    @Test
    void overLibp2pAClockThatIsTooFarOffEndsTheHandshake(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
            for (int seconds : List.of(91, -91)) {
                String name = carrier + "" + seconds;
                try (LogCapture log = new LogCapture();
                        RealNode real = RealNode.start(programs, directory.resolve("real" + name))) {
                    Duration ahead = Duration.ofSeconds(seconds);
                    try (SkewedNode dialler = SkewedNode.start(
                            directory.resolve("dials" + name),
                            Setup.OPEN_LIBP2P.dialling(GatewayConnectingTest.target(real.endpoint(carrier))),
                            ahead)) {
                        log.await("its clock is more than 90 s off this node's");
                        log.await("dial failed, again in 2 min: refused by us: Other[code=0]");
                        nobodyIsConnectedOrPunished(real, dialler.node());
                    }
                    try (SkewedNode listener =
                            SkewedNode.start(directory.resolve("dialled" + name), Setup.OPEN_LIBP2P, ahead)) {
                        real.cli().run("dial", listener.endpoint(carrier).toMultiaddress());
                        log.await("INBOUND, version 0.19.4, clock " + -seconds + " s from ours");
                        nobodyIsConnectedOrPunished(real, listener.node());
                    }
                }
            }
        }
        seen.says(
                "Proteus 91 s ahead and 91 s behind, tcp and quic, whoever dials: no session, and nobody is punished; "
                        + "Proteus as the dialler warns that the clocks differ; 88 s are still taken, see the records");
    }

    @Test
    void overLibp2pProteusThatDialsItselfRefusesItself(Seen seen) throws Exception {
        seen.with(programs, "neptune-cli");
        for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
            try (LogCapture log = new LogCapture();
                    ProteusNode proteus = ProteusNode.start(directory.resolve(carrier.name()), Setup.OPEN_LIBP2P)) {
                proteus.cli(programs).run("dial", proteus.endpoint(carrier).toMultiaddress());
                log.await("dial by order failed: refused by us: this node itself");
                assertThat(proteus.node().peers()).isEmpty();
            }
        }
        seen.says("tcp and quic: Proteus logs \"dial by order failed: refused by us: this node itself\"");
    }
}
