package proteus.adapters.libp2p.engine.attack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A script that is a QUIC endpoint which does not keep to the rules: Python with aioquic. To have it: {@code python3 -m
 * venv target/venv && target/venv/bin/pip install aioquic}, in the folder of this module; a test is skipped without.
 */
final class Aioquic implements AutoCloseable {

    private static final Path SCRIPTS = Path.of("src/test/interop/python");
    private static final List<String> PYTHONS = List.of("target/venv/bin/python", "python3");

    private final Process process;
    private final BufferedReader said;

    private Aioquic(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        said = process.inputReader(StandardCharsets.UTF_8);
    }

    static Aioquic start(String script, String... arguments) throws Exception {
        String python = PYTHONS.stream().filter(Aioquic::hasAioquic).findFirst().orElse("");
        assumeTrue(!python.isEmpty(), "no python3 with the package aioquic");
        Path path = SCRIPTS.resolve(script);
        assumeTrue(Files.exists(path), "no " + path.toAbsolutePath());
        return new Aioquic(Stream.concat(Stream.of(python, path.toString()), Stream.of(arguments))
                .toList());
    }

    private static boolean hasAioquic(String python) {
        try (Aioquic importing = new Aioquic(List.of(python, "-c", "import aioquic"))) {
            importing.end();
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    /** The next line that tells how something ended. */
    String outcome() throws IOException {
        StringBuilder other = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(" -> ")) {
                return line;
            }
            other.append(line).append('\n');
        }
        throw new IOException("the script ended: " + other);
    }

    /** Ends its input, waits for its end and gives all that it has said since the last outcome. */
    String end() throws IOException {
        try {
            process.getOutputStream().close();
            String output = said.readAllAsString();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("the script failed: " + output);
            }
            return output;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
