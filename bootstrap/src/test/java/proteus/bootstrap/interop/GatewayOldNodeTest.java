package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.domain.peer.PeerMessageKind;

/** Version 0.18.0 knows the gateway in its first form alone, in which messages are JSON. */
@WithRealNode
final class GatewayOldNodeTest {

    private static final Path RECORDINGS = Path.of("target", "interop");

    private final RealPrograms current = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void overLibp2pProteusAndAnOlderRealNodeListEachOtherWhoeverDials(Seen seen) throws Exception {
        RealPrograms old = old(seen);
        try (RealNode real = RealNode.start(old, directory.resolve("real"))) {
            for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
                PeerEndpoint there = real.endpoint(carrier);
                try (ProteusNode proteus = ProteusNode.start(
                        directory.resolve("dials" + carrier),
                        Setup.OPEN_LIBP2P.dialling(GatewayConnectingTest.target(there)))) {
                    listEachOther(real, proteus);
                }
                Eventually.until("0.18.0 has lost Proteus", real.cliOf(current)::peers, List::isEmpty);

                try (ProteusNode proteus =
                        ProteusNode.start(directory.resolve("dialled" + carrier), Setup.OPEN_LIBP2P)) {
                    real.cliOf(current).run("dial", proteus.endpoint(carrier).toMultiaddress());
                    listEachOther(real, proteus);
                }
                Eventually.until("0.18.0 has lost Proteus", real.cliOf(current)::peers, List::isEmpty);
            }
        }
        seen.says(
                "tcp and quic, either way: peer-info of either lists the other, Proteus with version 0.19.4, standing 0; "
                        + "of the two protocols of the gateway 0.18.0 says that it speaks 1.0 alone");
    }

    private RealPrograms old(Seen seen) throws Exception {
        Optional<RealPrograms> old = RealPrograms.other("0.18.0");
        Assumptions.assumeTrue(old.isPresent(), "neptune-core 0.18.0 is not installed");
        seen.with(old.orElseThrow(), "neptune-core");
        seen.with(current, "neptune-cli");
        return old.orElseThrow();
    }

    private void listEachOther(RealNode real, ProteusNode proteus) throws Exception {
        ConnectedPeer peer = Eventually.until(
                        "Proteus has one peer that has said what it speaks",
                        proteus.node()::peers,
                        peers -> peers.size() == 1
                                && !peers.getFirst().layers().protocols().isEmpty())
                .getFirst();
        NeptuneCli.Peer atReal = Eventually.until(
                        "0.18.0 lists Proteus", real.cliOf(current)::peers, peers -> peers.size() == 1)
                .getFirst();
        assertThat(peer.layers().protocols()).contains(GatewayForm.V1.id()).doesNotContain(GatewayForm.V2.id());
        assertThat(peer.connection().handshake().version()).isEqualTo("0.18.0");
        assertThat(peer.standing().score()).isZero();
        assertThat(atReal.instanceId()).isEqualTo(proteus.node().ownInstanceId().toDecimal());
        assertThat(atReal.version()).isEqualTo("0.19.4");
        assertThat(atReal.standing()).isZero();
        assertThat(proteus.cli(current).peers())
                .extracting(NeptuneCli.Peer::instanceId)
                .containsExactly(real.cliOf(current).ownInstanceId());
    }

    /** A proxy makes Proteus claim more work than it has, so that it is asked for its tip. */
    @Test
    void overLibp2pAnOlderRealNodeAndProteusAskAndAnswerInJson(Seen seen) throws Exception {
        RealPrograms old = old(seen);
        for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
            try (ProteusNode proteus = ProteusNode.start(directory.resolve(carrier + "-proteus"), Setup.OPEN_LIBP2P);
                    GatewayProxy proxy = GatewayProxy.forgingListener(
                            proteus.endpoint(carrier), GatewayForm.V1, Handshakes::withMoreWork);
                    RealNode real = RealNode.start(
                            old,
                            directory.resolve(carrier + "-real"),
                            "--peer",
                            proxy.address().toMultiaddress())) {
                NeptuneCli cli = real.cliOf(current);
                GatewayAnnouncementsTest.hasJudged(1, real);
                assertThat(proxy.kinds(true)).containsExactly(PeerMessageKind.BLOCK_NOTIFICATION_REQUEST);
                assertThat(proxy.kinds(false)).containsExactly(PeerMessageKind.BLOCK_NOTIFICATION);

                cli.run("mine-blocks-to-wallet", "2");
                Eventually.until(
                        "Proteus hears of block 2",
                        proteus.node()::peers,
                        peers -> peers.size() == 1 && peers.getFirst().height() == 2);
                assertThat(proxy.kinds(true))
                        .containsExactly(
                                PeerMessageKind.BLOCK_NOTIFICATION_REQUEST,
                                PeerMessageKind.BLOCK_NOTIFICATION,
                                PeerMessageKind.BLOCK_NOTIFICATION);
                assertThat(proxy.recording().conversation())
                        .allMatch(frame -> new String(frame.payload(), StandardCharsets.UTF_8).contains("\"Block"));
                assertThat(proteus.node().punishedPeers()).isEmpty();
                assertThat(cli.punishedPeers()).isEmpty();
                assertThat(cli.peers()).extracting(NeptuneCli.Peer::standing).containsExactly(0);

                real.stop();
                Eventually.until("Proteus has lost its peer", proteus.node()::peers, List::isEmpty);
                proxy.save(RECORDINGS.resolve("gateway-0.18.0-" + carrier.transport() + ".jsonl"));
            }
        }
        seen.says("tcp and quic: 0.18.0 dials with --peer; its BlockNotificationRequest is answered with "
                + "BlockNotification, two blocks that it mines are announced so, and Proteus shows height 2; every frame "
                + "is JSON both ways; nobody is punished");
    }

    /** A real node that has blocks is asked for its tip, whoever has dialled. */
    @Test
    void overLibp2pProteusAsksAnOlderRealNodeForItsTipInJson(Seen seen) throws Exception {
        RealPrograms old = old(seen);
        try (RealNode real = RealNode.start(old, directory.resolve("real"))) {
            real.cliOf(current).run("mine-blocks-to-wallet", "2");
            Eventually.until("0.18.0 is at height 2", real.cliOf(current)::blockHeight, height -> height == 2);
            for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
                try (GatewayProxy proxy = GatewayProxy.before(real.endpoint(carrier), GatewayForm.V1);
                        ProteusNode proteus = ProteusNode.start(
                                directory.resolve(carrier.name()),
                                Setup.OPEN_LIBP2P.dialling(GatewayConnectingTest.target(proxy.address())))) {
                    Eventually.until(
                            "the tip is told",
                            () -> proxy.kinds(false),
                            List.of(PeerMessageKind.BLOCK_NOTIFICATION)::equals);
                    assertThat(proxy.kinds(true)).containsExactly(PeerMessageKind.BLOCK_NOTIFICATION_REQUEST);
                    GatewayAnnouncementsTest.showsHeight(proteus, 2);
                    assertThat(proteus.onlyPeer().height()).isEqualTo(2);
                    assertThat(proteus.node().punishedPeers()).isEmpty();
                    assertThat(real.cliOf(current).punishedPeers()).isEmpty();
                }
                Eventually.until("0.18.0 has lost Proteus", real.cliOf(current)::peers, List::isEmpty);
            }
        }
        seen.says(
                "tcp and quic: Proteus dials; its BlockNotificationRequest is answered with BlockNotification of height 2; "
                        + "nobody is punished");
    }
}
