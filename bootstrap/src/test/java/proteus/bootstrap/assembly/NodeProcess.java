package proteus.bootstrap.assembly;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proteus.bootstrap.Main;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** The whole program, {@code run} in a JVM of its own, that can be killed; and all lines that it prints. */
final class NodeProcess implements AutoCloseable {

    private static final Pattern JSON_RPC = Pattern.compile("HTTP-JSON RPC server on (127\\.0\\.0\\.1:\\d+)");
    private static final Pattern HEIGHT = Pattern.compile("\"height\":(\\d+)");
    private static final Pattern PEERS = Pattern.compile("peers at \\D*127\\.0\\.0\\.1:(\\d+)");
    private static final byte[] ASK_FOR_HEIGHT =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"chain_height\",\"params\":[]}".getBytes(StandardCharsets.UTF_8);
    private static final int PATIENCE_MILLIS = 10_000;

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private NodeProcess(Process process) {
        this.process = process;
        reader = Thread.ofPlatform().name("node-output").daemon().start(this::read);
    }

    /** A node that keeps its data in {@code data}, listens on any port of loopback, and has these further flags. */
    static NodeProcess start(Network network, Path data, Path temp, String... flags) throws IOException {
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
                "--network=" + network.id(),
                "--data-dir=" + data,
                "--libp2p=off",
                "--peer-listen-addr=127.0.0.1",
                "--peer-port=0",
                "--rpc-port=0",
                "--listen-rpc=127.0.0.1:0"));
        command.addAll(List.of(flags));
        ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
        java.environment().keySet().removeIf(name -> name.startsWith("PROTEUS_") || name.equals("JAVA_TOOL_OPTIONS"));
        return new NodeProcess(java.start());
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

    private <T> Optional<T> said(Pattern pattern, Function<String, T> asWhat) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(found -> asWhat.apply(found.group(1)));
    }

    /** Where it listens for peers; empty before all of it has started. */
    Optional<PeerAddress> address() {
        return said(PEERS, port -> new PeerAddress(new IpAddress.V4(0x7F000001), Integer.parseInt(port)));
    }

    /** The height of its chain, as it tells everybody; empty if it does not answer (yet). */
    OptionalLong height() {
        Optional<URI> server = said(JSON_RPC, address -> URI.create("http://" + address));
        if (server.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            HttpURLConnection call = (HttpURLConnection) server.get().toURL().openConnection();
            call.setDoOutput(true);
            call.setConnectTimeout(PATIENCE_MILLIS);
            call.setReadTimeout(PATIENCE_MILLIS);
            call.setRequestProperty("Content-Type", "application/json");
            try (OutputStream question = call.getOutputStream()) {
                question.write(ASK_FOR_HEIGHT);
            }
            try (InputStream answer = call.getInputStream()) {
                Matcher height = HEIGHT.matcher(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
                return height.find() ? OptionalLong.of(Long.parseLong(height.group(1))) : OptionalLong.empty();
            }
        } catch (IOException ending) {
            return OptionalLong.empty();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. Returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM: the order to end. */
    void order() {
        process.destroy();
    }

    /** Waits for its end, and gives its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("has not ended: " + output());
        }
        reader.join();
        return process.exitValue();
    }

    /** The flag for a peer to stay connected to. */
    static String peer(PeerAddress address) {
        return "--peer=legacy:127.0.0.1:" + address.port();
    }

    @Override
    public void close() {
        kill();
    }
}
