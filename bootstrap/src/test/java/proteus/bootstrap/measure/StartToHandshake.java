package proteus.bootstrap.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import proteus.application.wire.MalformedMessageException;
import proteus.bootstrap.assembly.RawDialler;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * How long it takes from the start of {@code ./proteus run}, built before, to its first accepted handshake; beside the
 * same for a command given on the command line, such as that of a real node, turn by turn.
 */
public final class StartToHandshake {

    private static final int ROUNDS = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StartToHandshake() {}

    /**
     * Measures.
     *
     * @param args the launcher, and optionally a binary of neptune-core
     */
    public static void main(String[] args) throws Exception {
        // Builds what is stale, which is not to be measured.
        if (new ProcessBuilder(args[0], "--version").inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(args[0] + " does not run");
        }
        for (int command = 0; command < args.length; command++) {
            List<Long> millis = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                millis.add(start(command == 0 ? ours(args[0]) : theirs(args[command])));
            }
            List<Long> sorted = millis.stream().sorted().toList();
            System.out.printf(
                    "%s: from start to the first accepted handshake: median %d ms, minimum %d, maximum %d, of %d%n",
                    Path.of(args[command]).getFileName(),
                    sorted.get(ROUNDS / 2),
                    sorted.getFirst(),
                    sorted.getLast(),
                    ROUNDS);
        }
    }

    private record Started(List<String> command, int port) {}

    private static Started ours(String launcher) throws IOException {
        int port = MeasuredNode.freePort();
        return new Started(
                List.of(
                        launcher,
                        "run",
                        "--network=regtest",
                        "--peer-listen-addr=127.0.0.1",
                        "--peer-port=" + port,
                        "--rpc-port=" + MeasuredNode.freePort(),
                        "--quic-port=" + MeasuredNode.freePort(),
                        "--tcp-port=" + MeasuredNode.freePort(),
                        "--data-dir=" + Files.createTempDirectory("proteus-start-")),
                port);
    }

    private static Started theirs(String binary) throws IOException {
        int port = MeasuredNode.freePort();
        return new Started(
                List.of(
                        binary,
                        "--network=regtest",
                        "--peer-listen-addr=127.0.0.1",
                        "--peer-port=" + port,
                        "--rpc-port=" + MeasuredNode.freePort(),
                        "--quic-port=" + MeasuredNode.freePort(),
                        "--tcp-port=" + MeasuredNode.freePort(),
                        "--tx-proving-capability=singleproof",
                        "--data-dir=" + Files.createTempDirectory("neptune-start-")),
                port);
    }

    private static long start(Started started) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(started.command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            PeerAddress address = new PeerAddress(new IpAddress.V4(0x7F000001), started.port);
            while (!accepted(address)) {
                if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new IOException("no handshake: " + started.command);
                }
                Thread.sleep(2);
            }
            return Duration.ofNanos(System.nanoTime() - began).toMillis();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean accepted(PeerAddress address) {
        try (RawDialler peer = RawDialler.dial("127.0.0.1", address)) {
            peer.shakeHands(RawDialler.handshake(7));
            return true;
        } catch (IOException | MalformedMessageException notYet) {
            return false;
        }
    }
}
