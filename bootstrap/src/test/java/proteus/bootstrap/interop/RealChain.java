package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A chain that a real node mined with {@code --compose --guess}, some hundred blocks long. It is mined once and kept below
 * {@code target}, since that takes minutes; real nodes begin with copies of it.
 */
final class RealChain {

    /** At least so high. */
    static final int HEIGHT = 300;

    /** Absolute: the real node takes a relative data directory below the home of its user. */
    private static final Path MINED = Path.of("target/interop/chain-" + HEIGHT).toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private RealChain() {}

    /** Starts a node that has the chain; its identity is its own. */
    static RealNode start(RealPrograms programs, Path directory, String... flags) throws Exception {
        if (!Files.exists(MINED.resolve("done"))) {
            mine(programs);
        }
        copy(MINED.resolve("data"), directory.resolve("data"));
        return RealNode.start(programs, directory, flags);
    }

    private static void mine(RealPrograms programs) throws Exception {
        try (RealNode miner = RealNode.start(programs, MINED, "--compose", "--guess", "--guesser-threads", "1")) {
            Eventually.until(
                    "the real node has mined " + HEIGHT + " blocks",
                    PATIENCE,
                    miner.cli()::blockHeight,
                    height -> height >= HEIGHT);
        }
        Files.createFile(MINED.resolve("done"));
    }

    /** Without what says who the node is and whom it knew. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path relative = from.relativize(file);
                boolean isOfNetwork = relative.toString().contains("network/");
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to.resolve(relative));
                } else if (!isOfNetwork) {
                    Files.copy(file, to.resolve(relative));
                }
            }
        }
    }
}
