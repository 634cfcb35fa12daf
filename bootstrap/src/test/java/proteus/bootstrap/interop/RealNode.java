package proteus.bootstrap.interop;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * A real neptune-core on regtest, as a process of its own, on free ports of 127.0.0.1. For one thread.
 *
 * <p>It can be stopped and started again with the same data and ports.
 */
final class RealNode implements AutoCloseable {

    /** No flag of the node: libp2p over QUIC is not where one would look for it. */
    static final String QUIC_ELSEWHERE = "quic-elsewhere";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String READY = "Starting main loop";
    private static final int LAST_LINES = 40;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final RealPrograms programs;
    private final Path directory;
    private final List<String> flags;
    private final List<Integer> ports;
    private final Path log;
    private long logFrom;
    private Process process;

    private RealNode(RealPrograms programs, Path directory, List<String> flags) throws IOException {
        this.programs = programs;
        this.directory = directory;
        this.flags = flags.stream().filter(flag -> !flag.equals(QUIC_ELSEWHERE)).toList();
        ports = new ArrayList<>(freePorts(5));
        if (flags.contains(QUIC_ELSEWHERE)) {
            ports.set(2, freePorts(1).getFirst());
        }
        log = directory.resolve("neptune-core.log");
        Files.createDirectories(directory);
    }

    /** Starts a node with these flags beside the usual ones, and waits until it runs. */
    static RealNode start(RealPrograms programs, Path directory, String... flags) throws Exception {
        RealNode node = new RealNode(programs, directory, List.of(flags));
        node.start();
        return node;
    }

    /** Free ones in a row, as a node has them that is told its first port: libp2p is 2 and 3 above. */
    private static List<Integer> freePorts(int count) throws IOException {
        while (true) {
            List<ServerSocket> held = new ArrayList<>();
            try {
                held.add(new ServerSocket(0, 1, LOOPBACK));
                int first = held.getFirst().getLocalPort();
                for (int i = 1; i < count; i++) {
                    held.add(new ServerSocket(first + i, 1, LOOPBACK));
                }
                return held.stream().map(ServerSocket::getLocalPort).toList();
            } catch (BindException taken) {
                // Another row, then.
            } finally {
                for (ServerSocket socket : held) {
                    socket.close();
                }
            }
        }
    }

    /** Starts it, again after {@link #stop}. */
    void start() throws Exception {
        logFrom = Files.exists(log) ? Files.size(log) : 0;
        List<String> command = new ArrayList<>(List.of(
                programs.program("neptune-core").toString(),
                "--network",
                "regtest",
                "--data-dir",
                directory.resolve("data").toString(),
                "--peer-listen-addr",
                "127.0.0.1",
                "--peer-port",
                ports.get(0).toString(),
                "--rpc-port",
                ports.get(1).toString(),
                "--quic-port",
                ports.get(2).toString(),
                "--tcp-port",
                ports.get(3).toString(),
                "--listen-rpc",
                "127.0.0.1:" + ports.get(4),
                "--tx-proving-capability",
                "singleproof"));
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("RUST_LOG", "info,neptune_cash=debug,multistream_select=debug");
        builder.environment().put("NO_COLOR", "1");
        process = builder.start();
        process.getOutputStream().close();
        Eventually.until("the real node runs", PATIENCE, this::logSinceStart, text -> {
            if (!process.isAlive()) {
                throw new AssertionError("the real node ended with " + process.exitValue() + ":\n" + lastLines());
            }
            return text.contains(READY);
        });
    }

    /** What the node has logged since it was started last. */
    String logSinceStart() throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int from = (int) logFrom;
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    /** The end of its log, for the message of a failed test. */
    String lastLines() {
        try {
            List<String> lines = logSinceStart().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "no log: " + unreadable;
        }
    }

    /** Where it takes legacy connections. */
    PeerAddress address() {
        return new PeerAddress(new IpAddress.V4(0x7F000001), ports.get(0));
    }

    /** Where it takes connections by {@code carrier}. */
    PeerEndpoint endpoint(Carrier carrier) {
        int port = switch (carrier) {
            case LEGACY_TCP -> ports.get(0);
            case LIBP2P_QUIC -> ports.get(2);
            case LIBP2P_TCP -> ports.get(3);
        };
        return new PeerEndpoint(new PeerAddress(new IpAddress.V4(0x7F000001), port), carrier);
    }

    /** The client, for this node. */
    NeptuneCli cli() {
        return new NeptuneCli(programs, ports.get(1));
    }

    /** The client of another version, for this node. */
    NeptuneCli cliOf(RealPrograms other) {
        return new NeptuneCli(other, ports.get(1));
    }

    /** Asks it to end, as Ctrl-C does, and waits until it has; by force if it takes too long. */
    void stop() throws IOException, InterruptedException {
        Process interrupt = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        interrupt.waitFor();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("the real node did not end:\n" + lastLines());
        }
    }

    @Override
    public void close() throws IOException {
        if (!process.isAlive()) {
            return;
        }
        try {
            stop();
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
