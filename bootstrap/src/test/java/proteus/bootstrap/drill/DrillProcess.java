package proteus.bootstrap.drill;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proteus.bootstrap.Main;

/** The whole program, {@code run} on regtest with all stacks in a JVM of its own, that can be killed. */
final class DrillProcess implements AutoCloseable {

    private static final Pattern RPC = Pattern.compile("Started RPC server on 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern STAGE = Pattern.compile("Stage of the migration: ([a-z0-9 %-]+)$");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private DrillProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().name("node-output").daemon().start(this::read);
    }

    /** A node that keeps its data in {@code data}, listens on any ports of loopback, and has these further flags. */
    static DrillProcess start(Path data, Path temp, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temp,
                "-cp",
                classPath(),
                Main.class.getName(),
                "run",
                "--network=regtest",
                "--data-dir=" + data,
                "--peer-listen-addr=127.0.0.1",
                "--peer-port=0",
                "--tcp-port=0",
                "--quic-port=0",
                "--rpc-port=0"));
        command.addAll(flags);
        ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
        java.environment().keySet().removeIf(name -> name.startsWith("PROTEUS_") || name.equals("JAVA_TOOL_OPTIONS"));
        return new DrillProcess(java.start());
    }

    private static String classPath() {
        return Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException killed) {
            lines.add("(the end of the output was lost)");
        }
    }

    /** All that it printed until now. */
    String output() {
        return String.join("\n", lines);
    }

    private Optional<String> said(Pattern pattern) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(found -> found.group(1));
    }

    /** Where its RPC is; empty before all of it has started. */
    Optional<String> rpcPort() {
        return said(RPC);
    }

    /** The stage in which it began, such as {@code migrate 100 %}; empty before it did. */
    Optional<String> firstStage() {
        return said(STAGE);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. Returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM: the order to end; gives the exit code. */
    int end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("has not ended: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
