package proteus.adapters.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import proteus.application.port.StoreException;

/** What the stores do to directories as a whole. */
final class StoreFiles {

    private static final String ROCKSDB_LOCK = "LOCK";

    private StoreFiles() {}

    /** Work that fills a directory. */
    interface Filling {
        void fill(Path directory) throws IOException, StoreException;
    }

    /** The directory that {@code path} is in. */
    static Path parent(Path path) {
        return path.toAbsolutePath().resolveSibling(".").normalize();
    }

    static boolean isMissingOrEmpty(Path dir) throws IOException {
        if (!Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isDirectory(dir)) {
            return false;
        }
        try (Stream<Path> content = Files.list(dir)) {
            return content.findAny().isEmpty();
        }
    }

    /**
     * Makes {@code dir}, which is missing or empty, appear at once with all its content on the disk: it is filled under
     * another name beside it. If filling fails, nothing is left.
     */
    static void createAtomically(Path dir, Filling filling) throws IOException, StoreException {
        // A link to another disk stays a link.
        Path absolute = Files.isSymbolicLink(dir) ? dir.toRealPath() : dir.toAbsolutePath();
        Path parent = parent(absolute);
        Path staging = Files.createTempDirectory(parent, absolute.getFileName() + ".partial-");
        try {
            filling.fill(staging);
            syncFiles(staging);
            Files.deleteIfExists(absolute);
            Files.move(staging, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(staging);
        }
        syncDirectory(parent);
    }

    /** Copies the files of a store, which has no directories inside, but for its lock. */
    static void copyFiles(Path from, Path to) throws IOException {
        for (Path file : content(from)) {
            if (!file.getFileName().toString().equals(ROCKSDB_LOCK)) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Deletes {@code root} and everything below it; does nothing if it is missing. */
    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> deepestFirst = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(root)) {
            tree.sorted(Comparator.reverseOrder()).forEach(deepestFirst::add);
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private static List<Path> content(Path dir) throws IOException {
        try (Stream<Path> content = Files.list(dir)) {
            return content.sorted().toList();
        }
    }

    private static void syncFiles(Path dir) throws IOException {
        for (Path file : content(dir)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
        syncDirectory(dir);
    }

    private static void syncDirectory(Path dir) throws IOException {
        if (dir.getFileSystem().getSeparator().equals("\\")) {
            // Windows opens no directories, and needs no sync for a rename.
            return;
        }
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
