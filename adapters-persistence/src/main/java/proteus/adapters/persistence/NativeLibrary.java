package proteus.adapters.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB's native code, once a JVM.
 *
 * <p>Left to itself RocksDB unpacks 17 MB into the temporary directory and deletes them when the JVM ends, so every
 * {@code kill -9} would leave that much behind. Here the file goes as soon as it is loaded; the system keeps its content
 * for as long as it is mapped.
 */
final class NativeLibrary {

    private NativeLibrary() {}

    /**
     * Loads the library unless it is loaded already.
     *
     * @throws UncheckedIOException if it cannot be unpacked
     */
    static void load() {
        Loaded.now();
    }

    /** Its initialiser runs once. */
    private static final class Loaded {

        static {
            try {
                Path directory = Files.createTempDirectory("proteus-rocksdb-");
                NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
                deleteIfAllowed(directory);
                RocksDB.loadLibrary();
            } catch (IOException failure) {
                throw new UncheckedIOException("RocksDB's native library cannot be unpacked", failure);
            }
        }

        private Loaded() {}

        static void now() {
            // Entering the class did it.
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
