package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.peer.PeerMessageKind;

/** An operator drives Proteus with the real neptune-cli, while it is connected to a real node. */
@SpeaksLegacy
@WithRealNode
final class OperatorTest {

    private static final Path RECORDINGS = Path.of("target", "interop");

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void neptuneCliBansUnbansDialsAndShutsDownProteus(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"));
                RecordingProxy proxy = RecordingProxy.before(real.address());
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN)) {
            NeptuneCli cli = proteus.cli(programs);
            String address = "/ip4/127.0.0.1/tcp/" + proxy.address().port();

            cli.run("dial", address);
            proteus.onlyPeer();
            seen.says("dial: connected, the real node lists Proteus");
            Eventually.until("the real node lists Proteus", real.cli()::peers, peers -> peers.size() == 1);

            cli.run("ban", address);
            Eventually.until("the peer is gone", proteus.node()::peers, List::isEmpty);
            Eventually.until("the real node has lost Proteus", real.cli()::peers, List::isEmpty);
            assertThat(proxy.frames().getLast().fromDialler()).isTrue();
            assertThat(proxy.frames().getLast().message().kind()).isEqualTo(PeerMessageKind.BYE);
            assertThat(cli.punishedPeers().get("127.0.0.1").standing()).isEqualTo(-1000);
            try (TestPeer refused = TestPeer.dial(proteus.address())) {
                assertThat(HandshakeAttempt.of(refused, Handshakes.fresh())).isEqualTo("closed without a word");
            }
            assertThat(real.cli().punishedPeers()).isEmpty();
            seen.says(
                    "ban: the real node gets Bye and lists nobody, all-punished-peers of Proteus says -1000, a dial from "
                            + "that IP is closed without a word");

            cli.run("unban", address);
            assertThat(cli.punishedPeers()).isEmpty();
            cli.run("dial", address);
            proteus.onlyPeer();
            Eventually.until("the real node lists Proteus again", real.cli()::peers, peers -> peers.size() == 1);
            seen.says("unban, dial: connected again");

            cli.run("shutdown");
            assertThat(proteus.shutdown().await(Duration.ofSeconds(60))).isTrue();
            proteus.stop();
            Eventually.until("the real node has lost Proteus", real.cli()::peers, List::isEmpty);
            assertThat(proxy.frames().getLast().message().kind()).isEqualTo(PeerMessageKind.BYE);
            seen.says("shutdown: the order arrives, the real node gets Bye and lists nobody");
            proxy.save(RECORDINGS.resolve("operator.jsonl"));
        }
    }

    /** What needs blocks or a wallet is left out; what a real node at genesis prints, Proteus prints. */
    @Test
    void neptuneCliPrintsForProteusWhatItPrintsForTheRealNodeAtGenesis(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        List<List<String>> commands = List.of(
                List.of("network"),
                List.of("block-height"),
                List.of("tip-digest"),
                List.of("tip-header"),
                List.of("latest-tip-digests", "3"),
                List.of("header", "tip"),
                List.of("header", "genesis"),
                List.of("header", "0"),
                List.of("header", "1"),
                List.of("block-digests-by-height", "0"),
                List.of("block-digests-by-height", "1"),
                List.of("mempool-tx-count"),
                List.of("list-mempool-transaction-ids"),
                List.of("best-block-proposal"),
                List.of("confirmations"),
                List.of("peer-info"),
                List.of("all-punished-peers"),
                List.of("clear-all-standings"),
                List.of("clear-standing-by-ip", "127.0.0.9"),
                List.of("ban", "/ip4/127.0.0.9/tcp/1"),
                List.of("unban", "/ip4/127.0.0.9/tcp/1"),
                List.of("unban", "--all"),
                List.of("freeze"),
                List.of("unfreeze"));
        try (RealNode real = RealNode.start(programs, directory.resolve("real"));
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN)) {
            List<String> different = new ArrayList<>();
            for (List<String> command : commands) {
                String[] words = command.toArray(String[]::new);
                NeptuneCli.Printed ofReal = real.cli().run(words);
                NeptuneCli.Printed ofProteus = proteus.cli(programs).run(words);
                if (!ofReal.equals(ofProteus)) {
                    different.add(
                            String.join(" ", command) + "\n  real node: " + ofReal + "\n  Proteus:   " + ofProteus);
                }
            }
            assertThat(different).isEmpty();

            String listen =
                    proteus.cli(programs).run("own-listen-address-for-peers").text();
            assertThat(listen).isEqualTo(proteus.address().toString());
            assertThat(real.cli().run("own-listen-address-for-peers").text())
                    .isEqualTo(real.address().toString());
            assertThat(proteus.cli(programs).run("network-overview").text())
                    .containsPattern("PeerId: +\\w+")
                    .containsPattern("Connections: +0/100");
            // An empty mempool takes some bytes there, and there is none here.
            assertThat(proteus.cli(programs).run("mempool-size").text()).isEqualTo("0 bytes");
            assertThat(proteus.cli(programs).ownInstanceId()).matches("\\d+");
            seen.says(
                    commands.size() + " commands print the same for both, to the character; "
                            + "own-listen-address-for-peers, own-instance-id, mempool-size and network-overview print the node's own");
        }
    }
}
