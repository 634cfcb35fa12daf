package proteus.adapters.persistence;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A JVM of its own, and what it says on its standard output. */
final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts {@link StoreWriter}, as {@link #start(Class, Path, String...)} does. */
    static ChildProcess start(Path temp, String... arguments) throws IOException {
        return start(StoreWriter.class, temp, arguments);
    }

    /**
     * Starts {@code program}; its standard error goes to that of the tests, and its temporary files into {@code temp}.
     */
    static ChildProcess start(Class<?> program, Path temp, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temp,
                "-cp",
                classPath(),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line; fails if there is none. */
    String line() {
        return Objects.requireNonNull(lineOrNull(), "the child ended");
    }

    /** The next line, or null when it has ended. */
    @Nullable String lineOrNull() {
        try {
            return output.readLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Kills it and gives the lines that were not read yet; one that it had not finished is left out. */
    List<String> kill() throws IOException {
        // Not Process.destroyForcibly, which throws away what was said and not read.
        process.toHandle().destroyForcibly();
        process.onExit().join();
        StringBuilder rest = new StringBuilder();
        for (int c = output.read(); c >= 0; c = output.read()) {
            rest.append((char) c);
        }
        return rest.substring(0, rest.lastIndexOf("\n") + 1).lines().toList();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        output.close();
    }

    private static String classPath() {
        URI here = URI.create(Objects.requireNonNull(StoreWriter.class.getResource("StoreWriter.class"))
                .toString());
        Path tests = Path.of(here).resolve("../../../..").normalize();
        return Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"), tests.toString())
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
