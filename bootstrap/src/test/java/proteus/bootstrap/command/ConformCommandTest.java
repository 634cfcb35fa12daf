package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

        assertThat(run.out()).contains("168 lines, 684 checks, 0 disagreements").contains("32 BlockProposal");
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
        Set<String> seen = new HashSet<>();
        for (String line : lines("hashes.jsonl.gz")) {
            JsonObject object = JsonLines.parse(1, line);
            for (String member : object.members().keySet()) {
                String name = member + " of " + object.text("kind");
                Optional<String> value = firstText(object.members().get(member));
                if (inputs.contains(member) || value.isEmpty() || !seen.add(name)) {
                    continue;
                }
                int at = line.indexOf(value.get(), line.indexOf("\"" + member + "\":"));
                String wrong = line.substring(0, at)
                        + flipped(value.get())
                        + line.substring(at + value.get().length());

                CommandLineRun run = CommandLineRun.of("conform", "hashes", file(wrong));

                // Bytes that are decoded before they are compared may not decode when they are wrong.
                assertThat(run.out()).as(name).contains("DISAGREES line 1, " + object.text("kind"));
                assertThat(run.exitCode()).as(name).isEqualTo(ExitCode.FAILED);
            }
        }
        assertThat(seen).hasSize(22).contains("peaks of mmr", "appended_path of mmr", "header_encoded of block");
    }

    private static Optional<String> firstText(Object value) {
        Object first = value instanceof List<?> list ? (list.isEmpty() ? "" : list.getFirst()) : value;
        return Optional.of(String.valueOf(first)).filter(text -> !text.isEmpty());
    }

    @Test
    void afterALineThatIsNotWhatIsWantedTheOthersAreStillCompared() throws IOException {
        CommandLineRun run =
                CommandLineRun.of("conform", "messages", file("{\"tag\":4}\nrubbish\n{\"tag\":19,\"wire\":\"13\"}\n"));

        assertThat(run.out())
                .contains("DISAGREES line 1, unreadable: line 1: \"wire\" is missing")
                .contains("DISAGREES line 2, unreadable")
                .contains("19 Bye");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aDifferentMessageIsNamed() throws IOException {
        CommandLineRun run = CommandLineRun.of("conform", "messages", file("{\"tag\":4,\"wire\":\"04fb0500\"}"));

        assertThat(run.out())
                .contains("DISAGREES line 1, 4 BlockRequestByHeight: wire: expected 04fb0500, computed 0405");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aDifferentJsonTextIsNamed() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "conform",
                "messages",
                file("{\"tag\":4,\"wire\":\"0405\",\"json\":\"{\\\"BlockRequestByHeight\\\": 5}\"}"));

        assertThat(run.out())
                .contains("1 lines, 4 checks, 1 disagreements")
                .contains("4 BlockRequestByHeight: json: expected {\"BlockRequestByHeight\": 5}, computed {");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aJsonTextOfAnotherMessageIsNamed() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "conform",
                "messages",
                file("{\"tag\":4,\"wire\":\"0405\",\"json\":\"{\\\"BlockRequestByHeight\\\":6}\"}"));

        assertThat(run.out()).contains("4 BlockRequestByHeight: json, decoded: expected ");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void anUndecodableJsonTextIsNamed() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "conform", "messages", file("{\"tag\":19,\"wire\":\"13\",\"json\":\"\\\"Bye\\\"x\"}"));

        assertThat(run.out()).contains("19 Bye: json does not decode: Bye at byte 5: bytes left over");
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

        assertThat(run.out()).contains("DISAGREES line 1, unreadable");
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
