package proteus.adapters.persistence;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;

/**
 * Loads RocksDB's native code, once a JVM.
 *
 * <p>Left to itself RocksDB unpacks 17 MB into the temporary directory and deletes them when the JVM ends, so every
 * {@code kill -9} would leave that much behind. Here the file goes as soon as it is loaded; the system keeps its content
 * for as long as it is mapped.
 */
final class NativeLibrary {

    private NativeLibrary() {}

    /** The initialiser runs once, and a JVM cannot try again. */
    private static final class Outcome {
        static final Optional<Throwable> FAILURE = tryToLoad();
    }

    /**
     * Loads the library unless it is loaded already.
     *
     * @throws StoreException if it cannot be unpacked or does not fit this machine
     */
    static void load() throws StoreException {
        if (Outcome.FAILURE.isPresent()) {
            throw new StoreException(
                    Reason.IO,
                    "RocksDB's native library cannot be loaded. It is unpacked into the temporary directory, "
                            + System.getProperty("java.io.tmpdir") + ": " + Outcome.FAILURE.get(),
                    Outcome.FAILURE.get());
        }
    }

    private static Optional<Throwable> tryToLoad() {
        try {
            Path directory = Files.createTempDirectory("proteus-rocksdb-");
            NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
            deleteIfAllowed(directory);
            RocksDB.loadLibrary();
            return Optional.empty();
        } catch (IOException | RuntimeException | UnsatisfiedLinkError failure) {
            return Optional.of(failure);
        }
    }

    private static void deleteIfAllowed(Path directory) {
        try {
            StoreFiles.deleteTree(directory);
        } catch (IOException mapped) {
            // Windows does not delete what is mapped; RocksDB has marked it for the end of the JVM.
            System.getLogger(NativeLibrary.class.getName())
                    .log(Level.DEBUG, "{0} stays until this process ends: {1}", directory, mapped);
        }
    }
}
