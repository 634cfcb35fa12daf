package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.Genesis;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerTime;

final class DecodeCommandTest {

    private static final Path RECORDINGS = Path.of("..", "application/src/test/resources/recordings");

    @TempDir
    private Path directory;

    @Test
    void theRecordedSessionIsUnderstoodAndItsBlocksLinkUp() {
        CommandLineRun run = CommandLineRun.of(
                "decode", RECORDINGS.resolve("legacy-session.jsonl.gz").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("300 distinct blocks, heights 1 to 300; 299 have their parent among them by computed hash")
                .contains("is the genesis block of regtest")
                .contains("Handshake")
                .contains("version 0.19.4 on regtest")
                .doesNotContain("MALFORMED");
    }

    @Test
    void theRecordedSyncOfAnOlderNodeIsUnderstood() {
        CommandLineRun run = CommandLineRun.of(
                "decode", RECORDINGS.resolve("legacy-sync-by-0.18.0.jsonl.gz").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("358 distinct blocks, heights 1 to 358; 357 have their parent among them by computed hash")
                .contains("SyncChallengeResponse")
                .contains("#1 ")
                .doesNotContain("MALFORMED");
    }

    @Test
    void bareHexIsReadToo() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", file("04fbd8d6\n\n13\n"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("BlockRequestByHeight")
                .contains("height 55000")
                .contains("Bye");
    }

    @Test
    void aFrameThatIsNoMessageIsShownAndCounted() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", file("13\nff\n1300\n"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("MALFORMED").contains("2 frames were not understood");
    }

    @Test
    void verboseShowsTheWholeRecord() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", "--verbose", file("04fbd8d6"));

        assertThat(run.out()).contains("BlockRequestByHeight[height=");
    }

    @Test
    void aPeersTextCannotSteerTheTerminal() throws IOException {
        String file = file(HexFormat.of().formatHex(PeerMessageCodec.encode(handshake("0\u001b[2J\u202e\u2028x"))));

        for (String[] args : new String[][] {{"decode", file}, {"decode", "-v", file}}) {
            CommandLineRun run = CommandLineRun.of(args);

            assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(run.out())
                    .contains("0?[2J??x")
                    .doesNotContain("\u001b")
                    .doesNotContain("\u202e")
                    .doesNotContain("\u2028");
        }
    }

    private static PeerMessage handshake(String version) {
        HandshakeData data = new HandshakeData(
                Genesis.of(new Network.RegTest()).header(),
                Optional.empty(),
                new Network.RegTest(),
                new InstanceId(1, 2),
                version,
                true,
                false,
                new PeerTime(1, 0),
                "00");
        return new PeerMessage.Handshake(MagicValue.REQUEST, data);
    }

    @Test
    void everyBlockOfABigMessageIsShownWithItsHash() {
        CommandLineRun run = CommandLineRun.of(
                "decode", RECORDINGS.resolve("legacy-sync-by-0.18.0.jsonl.gz").toString());

        assertThat(run.out().lines().filter(line -> line.startsWith("      block of height ")))
                .hasSize(22);
    }

    @Test
    void nothingToReadIsNoSuccess() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", file("\n\n"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("no frames");
    }

    @Test
    void whatFollowsAnObjectOnItsLineIsRefused() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", file("{\"frame\":\"13\"} x"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("line 1");
    }

    @Test
    void rubbishIsNamedByLine() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", file("13\nhello\n"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("line 2");
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("frames"), content).toString();
    }
}
