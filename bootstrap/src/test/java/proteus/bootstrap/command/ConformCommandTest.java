package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the wire form, the hashes and genesis against lines that the real node made, as an operator would. */
final class ConformCommandTest {

    /** The vectors of the wire form are with the module that owns it. */
    private static final Path MESSAGES = Path.of("..", "application/src/test/resources/vectors/messages.jsonl.gz");

    @TempDir
    private Path directory;

    @Test
    void allMessagesAgree() {
        CommandLineRun run = CommandLineRun.of("conform", "messages", MESSAGES.toString());

        assertThat(run.out()).contains("168 lines, 348 checks, 0 disagreements").contains("32 BlockProposal");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void allHashesAgree() {
        CommandLineRun run = CommandLineRun.of("conform", "hashes", resource("hashes.jsonl.gz"));

        assertThat(run.out()).contains("97 lines, 271 checks, 0 disagreements");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void allGenesisBlocksAgree() {
        CommandLineRun run = CommandLineRun.of("conform", "genesis", resource("genesis.jsonl.gz"));

        assertThat(run.out()).contains("4 lines, 24 checks, 0 disagreements");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aWrongHashIsNamed() throws IOException {
        String line = lines("hashes.jsonl.gz").stream()
                .filter(text -> text.contains("\"tip5_hash_pair\""))
                .findFirst()
                .orElseThrow();
        String wrong = line.replaceFirst(
                "\"digest\":\"..", "\"digest\":\"" + (line.contains("\"digest\":\"00") ? "01" : "00"));

        CommandLineRun run = CommandLineRun.of("conform", "hashes", file(wrong));

        assertThat(run.out()).contains("DISAGREES line 1, tip5_hash_pair: digest: expected 00");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void everyMemberOfEveryKindOfLineIsCompared() throws IOException {
        List<String> inputs = List.of("kind", "input", "left", "right", "leafs", "appended", "difficulty", "pow");
        for (String line : lines("hashes.jsonl.gz").stream()
                .filter(text -> text.length() < 100_000)
                .toList()) {
            JsonObject object = JsonLines.parse(1, line);
            for (String member : object.members().keySet()) {
                if (inputs.contains(member) || !(object.members().get(member) instanceof String text)) {
                    continue;
                }
                // Bytes that are decoded first may then not decode; that must be found, too.
                String wrong = line.replace("\"" + member + "\":\"" + text, "\"" + member + "\":\"" + flipped(text));
                assertThat(wrong).isNotEqualTo(line);
                CommandLineRun run = CommandLineRun.of("conform", "hashes", file(wrong));
                assertThat(run.exitCode())
                        .as("%s of %s", member, object.text("kind"))
                        .isEqualTo(ExitCode.FAILED);
            }
        }
    }

    @Test
    void aDifferentMessageIsNamed() throws IOException {
        CommandLineRun run = CommandLineRun.of("conform", "messages", file("{\"tag\":4,\"wire\":\"04fb0500\"}"));

        assertThat(run.out())
                .contains("DISAGREES line 1, 4 BlockRequestByHeight: wire: expected 04fb0500, computed 0405");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void anUndecodableMessageIsNamedWithItsOffset() throws IOException {
        CommandLineRun run = CommandLineRun.of("conform", "messages", file("{\"tag\":19,\"wire\":\"1300\"}"));

        assertThat(run.out()).contains("line 1").contains("at byte 1").contains("bytes left over");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aWrongGenesisIsNamed() throws IOException {
        String regtest = lines("genesis.jsonl.gz").stream()
                .filter(text -> text.contains("\"regtest\""))
                .findFirst()
                .orElseThrow();

        CommandLineRun run =
                CommandLineRun.of("conform", "genesis", file(regtest.replace("\"regtest\"", "\"testnet-7\"")));

        assertThat(run.out()).contains("DISAGREES line 1, testnet-7: hash, built in");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aFileWithNothingToCompareDoesNotAgree() throws IOException {
        CommandLineRun run = CommandLineRun.of("conform", "messages", file(""));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("Nothing was compared");
    }

    @Test
    void aLineThatIsNoJsonIsNamed() throws IOException {
        CommandLineRun run = CommandLineRun.of("conform", "hashes", file("{\"kind\":"));

        assertThat(run.err()).contains("line 1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aMissingFileIsAClearError() {
        CommandLineRun run = CommandLineRun.of("conform", "hashes", "no-such-file.jsonl");

        assertThat(run.err()).contains("no-such-file.jsonl").doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void misuseIsTold() {
        assertThat(CommandLineRun.of("conform", "hashes").exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(CommandLineRun.of("conform", "nonsense").exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(CommandLineRun.of("conform").exitCode()).isEqualTo(ExitCode.MISUSE);
    }

    private static String flipped(String hex) {
        char last = hex.charAt(hex.length() / 2);
        return hex.substring(0, hex.length() / 2) + (last == '1' ? '2' : '1') + hex.substring(hex.length() / 2 + 1);
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(resource(resource))))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String resource(String name) {
        return Path.of("src/test/resources", name).toString();
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("lines.jsonl"), content).toString();
    }
}
