package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.peer.PeerMessageKind;

/** Version 0.18.0 is the last that dials over the legacy stack; only port 9798 means that stack to it. */
@SpeaksLegacy
@WithRealNode
final class OldDiallerTest {

    private static final int LEGACY_PORT = 9798;

    private final RealPrograms current = RealPrograms.current();

    @TempDir
    private Path directory;

    /** A proxy makes Proteus claim more work than it has, so that it is asked for its tip. */
    @Test
    void anOlderRealNodeDialsProteusAndBothUseTheOldForm(Seen seen) throws Exception {
        Optional<RealPrograms> old = RealPrograms.other("0.18.0");
        Assumptions.assumeTrue(old.isPresent(), "neptune-core 0.18.0 is not installed");
        seen.with(old.orElseThrow(), "neptune-core");
        seen.with(current, "neptune-cli");

        try (ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN);
                RecordingProxy proxy =
                        RecordingProxy.forgingListener(LEGACY_PORT, proteus.address(), Forgery.moreWork());
                RealNode real = RealNode.start(
                        old.orElseThrow(), directory.resolve("real"), "--peer", "/ip4/127.0.0.1/tcp/" + LEGACY_PORT)) {
            NeptuneCli cli = real.cliOf(current);
            ConnectedPeer peer = proteus.onlyPeer();
            NeptuneCli.Peer atReal = Eventually.until("0.18.0 lists Proteus", cli::peers, peers -> peers.size() == 1)
                    .getFirst();
            assertThat(peer.connection().handshake().version()).isEqualTo("0.18.0");
            assertThat(atReal.instanceId())
                    .isEqualTo(proteus.node().ownInstanceId().toDecimal());
            assertThat(proteus.cli(current).peers())
                    .extracting(NeptuneCli.Peer::instanceId)
                    .containsExactly(cli.ownInstanceId());
            seen.says("0.18.0 dials port 9798 and is accepted; each lists the other, Proteus with version "
                    + atReal.version());

            Eventually.until("Proteus has told its tip", () -> kinds(proxy, false), kinds -> kinds.size() >= 4);
            assertThat(kinds(proxy, false))
                    .containsExactly(
                            PeerMessageKind.HANDSHAKE,
                            PeerMessageKind.CONNECTION_STATUS,
                            PeerMessageKind.PEER_LIST_RESPONSE,
                            PeerMessageKind.BLOCK_NOTIFICATION);
            seen.says("its PeerListRequest is answered, and its BlockNotificationRequest in the old form");

            cli.run("mine-blocks-to-wallet", "2");
            Eventually.until(
                    "Proteus hears of block 2",
                    proteus.node()::peers,
                    peers -> peers.size() == 1 && peers.getFirst().height() == 2);
            assertThat(kinds(proxy, true)).contains(PeerMessageKind.BLOCK_NOTIFICATION);
            assertThat(proteus.node().punishedPeers()).isEmpty();
            assertThat(cli.punishedPeers()).isEmpty();
            seen.says("two blocks that it mines are announced in the old form, and Proteus shows height 2; nobody is "
                    + "punished");

            real.stop();
            Eventually.until("Proteus has lost its peer", proteus.node()::peers, List::isEmpty);
            assertThat(kinds(proxy, true)).endsWith(PeerMessageKind.BYE);
            seen.says("it says Bye when it ends");
            proxy.save(Path.of("target", "interop", "dialled-by-0.18.0.jsonl"));
        }
    }

    private static List<PeerMessageKind> kinds(RecordingProxy proxy, boolean ofDialler) {
        return proxy.frames().stream()
                .filter(frame -> frame.fromDialler() == ofDialler)
                .map(frame -> frame.message().kind())
                .toList();
    }
}
