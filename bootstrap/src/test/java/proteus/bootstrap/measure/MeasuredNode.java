package proteus.bootstrap.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node of either make as a process of its own, which is asked over JSON-RPC for its height. */
final class MeasuredNode implements AutoCloseable {

    private static final Pattern HEIGHT = Pattern.compile("\"height\":(\\d+)");
    private static final Pattern HEAP = Pattern.compile("Pause.* (\\d+)M->\\d+M\\(");
    private static final String ASK = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"chain_height\",\"params\":[]}";
    private static final int PATIENCE_MILLIS = 10_000;

    private final Path directory;
    private final Process process;
    private final int tcpPort;
    private final URI rpc;
    final long began;

    private MeasuredNode(Path directory, List<String> program, int tcpPort, int rpcPort) throws IOException {
        this.directory = directory;
        this.tcpPort = tcpPort;
        rpc = URI.create("http://127.0.0.1:" + rpcPort + "/");
        ProcessBuilder builder = new ProcessBuilder(program)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile());
        builder.environment().put("PROTEUS_JAVA_OPTS", "-Xlog:gc:file=" + directory.resolve("gc.txt"));
        began = System.nanoTime();
        process = builder.start();
    }

    /**
     * Starts a node on regtest.
     *
     * @param program {@code ./proteus run} or neptune-core, as words
     * @param peer the port on which its only peer listens for libp2p over TCP, if it has one
     */
    static MeasuredNode start(Path directory, List<String> program, OptionalLong peer) throws IOException {
        Files.createDirectories(directory);
        int tcp = freePort();
        int rpc = freePort();
        List<String> words = new ArrayList<>(program);
        words.addAll(List.of(
                "--network=regtest",
                "--data-dir=" + directory.resolve("data"),
                "--peer-listen-addr=127.0.0.1",
                "--peer-port=" + freePort(),
                "--rpc-port=" + freePort(),
                "--quic-port=" + freePort(),
                "--tcp-port=" + tcp,
                "--listen-rpc=127.0.0.1:" + rpc,
                "--tx-proving-capability=singleproof",
                "--max-connections-per-ip=100",
                "--max-connection-attempts-per-ip-per-minute=1000"));
        peer.ifPresent(port -> words.add("--peer=/ip4/127.0.0.1/tcp/" + port));
        return new MeasuredNode(directory, words, tcp, rpc);
    }

    int tcpPort() {
        return tcpPort;
    }

    /** The height of its tip, once it answers. */
    OptionalLong height() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the node ended; see " + directory.resolve("log.txt"));
        }
        try {
            HttpURLConnection call = (HttpURLConnection) rpc.toURL().openConnection();
            call.setConnectTimeout(PATIENCE_MILLIS);
            call.setReadTimeout(PATIENCE_MILLIS);
            call.setRequestMethod("POST");
            call.setRequestProperty("content-type", "application/json");
            call.setDoOutput(true);
            try (OutputStream out = call.getOutputStream()) {
                out.write(ASK.getBytes(StandardCharsets.UTF_8));
            }
            try (InputStream in = call.getInputStream()) {
                Matcher height = HEIGHT.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                return height.find() ? OptionalLong.of(Long.parseLong(height.group(1))) : OptionalLong.empty();
            }
        } catch (IOException notYet) {
            return OptionalLong.empty();
        }
    }

    /** Waits until it is so high, and gives the nanoseconds since its start. */
    long awaitHeight(long wanted, Duration patience) throws IOException, InterruptedException {
        while (true) {
            OptionalLong height = height();
            long passed = System.nanoTime() - began;
            if (height.isPresent() && height.getAsLong() >= wanted) {
                return passed;
            }
            if (passed > patience.toNanos()) {
                throw new IOException("only at " + height + " after " + patience);
            }
            Thread.sleep(10);
        }
    }

    /** What the process holds of memory, in MiB. */
    long residentMegabytes() throws IOException {
        return status("VmRSS");
    }

    /** The most that it held so far, in MiB. */
    long mostResidentMegabytes() throws IOException {
        return status("VmHWM");
    }

    private long status(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            }
        }
        throw new IOException("no " + name);
    }

    /** The most heap that was used before a collection, in MiB; empty if there was none, or it is no Java program. */
    OptionalLong mostHeapMegabytes() throws IOException {
        Path log = directory.resolve("gc.txt");
        return Files.exists(log)
                ? HEAP.matcher(Files.readString(log))
                        .results()
                        .mapToLong(found -> Long.parseLong(found.group(1)))
                        .max()
                : OptionalLong.empty();
    }

    /** Below those that diallers get, or who dials before anybody listens could meet himself. */
    static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one, then.
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
