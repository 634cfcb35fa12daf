package proteus.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.interop.Eventually;
import proteus.bootstrap.legacy.LegacyStack;

/** The image as an operator has it: unpacked somewhere, on a machine on which no Java is to be found. */
@Tag("image")
@Timeout(180)
class ImageTest {

    private static final Path ARCHIVE = Path.of(System.getProperty("proteus.image"));
    private static final Duration SILENCE = Duration.ofSeconds(90);
    private static final Pattern RPC = Pattern.compile("--port (\\d+)");

    /** What Java says when a node uses the vectors of its processor, which is not everywhere. */
    private static final String OF_VECTORS = "WARNING: Using incubator modules: jdk.incubator.vector\n";

    /** What the launcher may call; no others are on the path. */
    private static final List<String> TOOLS =
            List.of("awk", "bash", "cat", "cksum", "dirname", "find", "ls", "mkdir", "mv", "readlink", "rm");

    @TempDir
    private static Path directory;

    private static Path tools;
    private static Path image;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        tools = Files.createDirectory(directory.resolve("tools"));
        for (String tool : TOOLS) {
            Path there = Stream.of("/usr/bin", "/bin")
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + tool + " on this machine"));
            Files.createSymbolicLink(tools.resolve(tool), there);
        }
        Process tar = new ProcessBuilder("tar", "-xzf", ARCHIVE.toString(), "-C", directory.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        image = directory.resolve(ARCHIVE.getFileName().toString().replace(".tar.gz", ""));
    }

    private static ProcessBuilder proteus(Path program, String... arguments) {
        ProcessBuilder process =
                new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Arrays.stream(arguments))
                        .toList());
        Map<String, String> environment = process.environment();
        environment.clear();
        environment.put("PATH", tools.toString());
        // Nothing here lives long enough for the second compiler to be worth its work.
        environment.put("PROTEUS_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return process;
    }

    /** Runs a command to its end, which must be a good one, and gives all that it printed. */
    private static String printed(Path program, String... arguments) throws IOException, InterruptedException {
        Process process = proteus(program, arguments).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static Path program() {
        return image.resolve(Path.of("bin", "proteus"));
    }

    @Test
    void itHoldsAllThatAnOperatorNeeds() throws IOException {
        assertThat(image).isDirectoryContaining("glob:**/{LICENSE,THIRD-PARTY.txt}");
        assertThat(image.resolve("share/man/man1/proteus.1")).content().startsWith(".TH \"PROTEUS\" \"1\"");
        assertThat(image.resolve("share/bash-completion/completions/proteus"))
                .content()
                .startsWith("#!/usr/bin/env bash");
        assertThat(image.resolve("share/doc/proteus"))
                .isDirectoryRecursivelyContaining("glob:**/operating.md")
                .isDirectoryRecursivelyContaining("glob:**/alerts.yml");
        Path unit = image.resolve("share/doc/proteus/systemd/proteus.service");
        assertThat(unit).content().contains("ExecStart=/opt/proteus/bin/proteus run ");
        // The licences of the Java in it.
        assertThat(image.resolve("runtime/legal/java.base")).isNotEmptyDirectory();
        try (Stream<Path> jars = Files.list(image.resolve("lib"))) {
            assertThat(jars).hasSizeGreaterThan(20);
        }
    }

    @Test
    void itIsFoundThroughALinkAndBringsItsOwnJava() throws IOException, InterruptedException {
        Path link =
                Files.createSymbolicLink(directory.resolve("proteus"), Path.of(image.getFileName() + "/bin/proteus"));

        assertThat(printed(link, "--version"))
                .startsWith("proteus ")
                .contains("\nJava 25")
                .hasLineCount(2);
        assertThat(printed(image.resolve("runtime/bin/java"), "--list-modules").lines())
                .anyMatch(module -> module.startsWith("java.base@25"))
                .noneMatch(module -> module.startsWith("jdk.compiler@"));
    }

    @Test
    void aNodeRunsIsDrivenAndEndsWhenItIsTold() throws Exception {
        Path data = directory.resolve("data");
        Path log = directory.resolve("log");
        Process node = proteus(
                        program(),
                        "run",
                        "--network=regtest",
                        "--peer-listen-addr=127.0.0.1",
                        "--peer-port=0",
                        "--tcp-port=0",
                        "--quic-port=0",
                        "--rpc-port=0",
                        "--data-dir=" + data)
                .redirectError(log.toFile())
                .start();
        try (BufferedReader out = node.inputReader()) {
            String first = firstLine(node, out);
            assertThat(first).as(Files.readString(log)).startsWith("Proteus runs on regtest");
            Matcher rpc = RPC.matcher(first);
            assertThat(rpc.find()).as(first).isTrue();
            String[] which = {"--network=regtest", "--data-dir=" + data, "--rpc-port=" + rpc.group(1)};

            assertThat(printed(program(), with(which, "mine", "1"))).contains("1");
            assertThat(printed(program(), with(which, "status"))).contains("network regtest", "Height   1 ");
            assertThat(printed(program(), with(which, "stage")))
                    .contains("Stage     " + (LegacyStack.isBuilt() ? "dual" : "libp2p-only"));

            if (hasWideVectors()) {
                // Without the second compiler vectors are never faster, and the node gives them up.
                Eventually.until(
                        "the node gives vectors up",
                        SILENCE,
                        () -> Files.readString(log),
                        logged -> logged.contains("Tip5 is computed without vectors: with them "));
            }
            node.destroy();
            assertThat(node.waitFor()).as(Files.readString(log)).isZero();
        } finally {
            node.destroyForcibly();
        }
        String logged = Files.readString(log);
        assertThat(logged.contains(OF_VECTORS)).isEqualTo(hasWideVectors());
        assertThat(logged.replace(OF_VECTORS, ""))
                .contains("Shutdown completed.")
                .doesNotContain("ERROR", "WARNING:", "noting", "/dev/null", "not found");
        assertThat(data).isNotEmptyDirectory();
    }

    private static boolean hasWideVectors() throws IOException {
        Path processor = Path.of("/proc/cpuinfo");
        String flags = Files.isReadable(processor) ? Files.readString(processor) : "";
        return flags.contains(" avx512f ") && flags.contains(" avx512dq ");
    }

    /** Who waits for a line cannot be interrupted, so a node that says nothing is ended. */
    private static String firstLine(Process node, BufferedReader out) throws IOException {
        CompletableFuture<Boolean> late = CompletableFuture.supplyAsync(
                node::isAlive, CompletableFuture.delayedExecutor(SILENCE.toSeconds(), TimeUnit.SECONDS));
        late.thenAccept(alive -> node.destroyForcibly());
        String line = out.readLine();
        assertThat(late.cancel(false)).as("a line before %s", SILENCE).isTrue();
        return line;
    }

    private static String[] with(String[] flags, String... words) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(flags)).toArray(String[]::new);
    }
}
