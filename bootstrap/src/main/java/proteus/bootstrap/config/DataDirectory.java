package proteus.bootstrap.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import proteus.domain.network.Network;

/**
 * Where a node of one network keeps its files.
 *
 * <p>The rules are upstream's under our own name (neptune-cash 0.19.4, {@code data_directory.rs}), so that a node of
 * theirs and one of ours on the same machine never share a directory.
 *
 * @param path the directory of the network, absolute
 */
public record DataDirectory(Path path) {

    private static final String NAME = "proteus";

    /** What only the directory of a neptune-core node has in it. */
    private static final List<String> MARKS_OF_UPSTREAM = List.of("wallet", "databases/block_index");

    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Finds the directory; touches nothing.
     *
     * @param dataDir what the operator named as the root; one that is not absolute is looked for below the directory in
     *     which this system keeps the data of programs
     * @throws BadValueException if there is no home directory to begin from, or the directory is neptune-core's
     */
    static DataDirectory find(Host host, Optional<Path> dataDir, Network network) throws BadValueException {
        Optional<Path> absolute = dataDir.filter(Path::isAbsolute);
        Path root = absolute.isPresent()
                ? absolute.get()
                : parent(host).resolve(dataDir.orElse(Path.of(ofProgram(host, NAME))));
        // Upstream's library keeps data apart from settings on this system alone.
        Path data = host.system() == Host.OperatingSystem.WINDOWS ? root.resolve("data") : root;
        DataDirectory found = new DataDirectory(data.resolve(network.id()));
        requireOurs(host, found.path);
        return found;
    }

    private static String ofProgram(Host host, String name) {
        return switch (host.system()) {
            case LINUX -> name;
            case MACOS -> "org." + name + "." + name;
            case WINDOWS -> name + "/" + name;
        };
    }

    private static Path parent(Host host) throws BadValueException {
        return switch (host.system()) {
            case LINUX -> {
                Optional<Path> data = absolute(host, "XDG_DATA_HOME");
                yield data.isPresent() ? data.get() : home(host, "HOME").resolve(".local/share");
            }
            case MACOS -> home(host, "HOME").resolve("Library/Application Support");
            case WINDOWS -> home(host, "APPDATA");
        };
    }

    private static Path home(Host host, String variable) throws BadValueException {
        return absolute(host, variable)
                .orElseThrow(() -> new BadValueException("there is no home directory: the environment variable "
                        + variable + " is not set to an absolute path; set it, or name an absolute --data-dir"));
    }

    private static Optional<Path> absolute(Host host, String variable) {
        return host.variable(variable).map(Path::of).filter(Path::isAbsolute);
    }

    private static void requireOurs(Host host, Path path) throws BadValueException {
        if (isOfUpstream(host, path)) {
            throw new BadValueException(
                    path + " belongs to neptune-core, whose files must not be touched; choose another --data-dir");
        }
    }

    /** Whether {@code path} is where neptune-core keeps its files by default. */
    static boolean isOfUpstream(Host host, Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return rootOfUpstream(host).filter(absolute::startsWith).isPresent();
    }

    private static Optional<Path> rootOfUpstream(Host host) {
        try {
            return Optional.of(parent(host).resolve(ofProgram(host, "neptune")).normalize());
        } catch (BadValueException homeless) {
            // Without a home neptune-core has no directory of its own either.
            return Optional.empty();
        }
    }

    /** Where the peer store is. */
    public Path peerStore() {
        return path.resolve("databases").resolve("peers");
    }

    /** Where the chain store is. */
    public Path chainStore() {
        return path.resolve("databases").resolve("chain");
    }

    /** Where the key is by which peers know the node on libp2p, unless the operator names another file. */
    public Path identityFile() {
        return path.resolve("network").resolve("identity.key");
    }

    /**
     * Makes the directory and those above it, where they are missing, for this user alone; existing ones keep their
     * permissions.
     *
     * @throws IOException if that fails, if something else has the name, or if a neptune-core node keeps its files there
     */
    public void create() throws IOException {
        for (String mark : MARKS_OF_UPSTREAM) {
            if (Files.exists(path.resolve(mark))) {
                throw new IOException(path + " belongs to neptune-core (it has " + mark
                        + " in it), whose files must not be touched; choose another --data-dir");
            }
        }
        try {
            Files.createDirectories(path, forThisUser());
        } catch (FileAlreadyExistsException taken) {
            throw new IOException("the data directory cannot be made: " + taken.getFile() + " is a file", taken);
        }
    }

    private FileAttribute<?>[] forThisUser() {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }
}
