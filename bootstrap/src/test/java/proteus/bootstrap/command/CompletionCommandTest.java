package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script is tried in the shell that {@code ./proteus} itself needs. */
@Timeout(60)
class CompletionCommandTest {

    @TempDir
    private Path directory;

    @Test
    void theScriptIsAllThatIsPrinted() {
        CommandLineRun run = CommandLineRun.of("completion");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("complete -F _complete_proteus");
    }

    @ParameterizedTest
    @CsvSource({
        "proteus sta, status stage",
        "./proteus compl, completion",
        "proteus run --listen-m, --listen-metrics",
        "proteus store b, backup",
        "proteus nonsense-, ''"
    })
    void bashCompletes(String typed, String offered) throws Exception {
        assertThat(completionsOf(typed))
                .containsExactlyInAnyOrder(offered.isEmpty() ? new String[0] : offered.split(" "));
    }

    private List<String> completionsOf(String typed) throws IOException, InterruptedException {
        Path script = Files.writeString(
                directory.resolve("completion"), CommandLineRun.of("completion").out());
        Process bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        "source \"$0\"; COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
                                + "_complete_proteus proteus \"${COMP_WORDS[-1]}\"; printf '%s\\n' \"${COMPREPLY[@]}\"",
                        script.toString(),
                        typed)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        return out.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
