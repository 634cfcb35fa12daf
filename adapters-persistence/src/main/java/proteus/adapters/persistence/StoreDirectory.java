package proteus.adapters.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import proteus.application.port.StoreException;

/**
 * The directory of a store as a whole: creating, and looking whether it can be opened.
 *
 * <p>Whatever is refused is left as it was: a store is looked at without being changed before it is opened, and what is
 * new appears under its name only when it is complete. Used on the store's thread only.
 */
final class StoreDirectory {

    private static final String CURRENT = "CURRENT";

    private final Path dir;
    private final StoreFailures failures;

    StoreDirectory(StoreFailures failures) {
        this.dir = failures.dir();
        this.failures = failures;
    }

    /** Work with RocksDB on a directory. */
    interface Work {
        void on(Path dir) throws RocksDBException, MalformedRecordException, StoreException;
    }

    /** Work with RocksDB that gives something. */
    interface Opening<T> {
        T run() throws RocksDBException, MalformedRecordException, StoreException, IOException;
    }

    /** Runs {@code opening} after loading RocksDB, and tells in an operator's words what it throws. */
    <T> T opening(Opening<T> opening) throws StoreException {
        NativeLibrary.load();
        try {
            return opening.run();
        } catch (RocksDBException failure) {
            throw failures.opening(failure);
        } catch (MalformedRecordException failure) {
            throw failures.corrupt(String.valueOf(failure.getMessage()), failure);
        } catch (IOException failure) {
            throw failures.io(failure);
        }
    }

    /** Makes sure that there is a store that can be written: creates it if the directory is missing or empty. */
    void prepare(Work create, Work verify)
            throws StoreException, IOException, RocksDBException, MalformedRecordException {
        if (StoreFiles.isMissingOrEmpty(dir)) {
            create(create);
            return;
        }
        requireStore();
        if (!Files.isWritable(dir)) {
            throw failures.notWritable();
        }
        requireIntact(verify);
    }

    private void create(Work create) throws IOException, StoreException {
        Files.createDirectories(StoreFiles.parent(dir));
        StoreFiles.createAtomically(dir, staging -> {
            try {
                create.on(staging);
            } catch (RocksDBException failure) {
                throw failures.using(failure);
            } catch (MalformedRecordException impossible) {
                throw new IllegalStateException("a new store is malformed", impossible);
            }
        });
    }

    /** Makes sure that nobody has the store open and that {@code verify} finds nothing wrong. */
    void requireIntact(Work verify) throws StoreException, RocksDBException, MalformedRecordException {
        requireUnlocked();
        try {
            verify.on(dir);
        } catch (RocksDBException | MalformedRecordException failure) {
            // Reading while somebody writes looks like damage.
            requireUnlocked();
            throw failure;
        }
    }

    /** Makes sure that this looks like a store. */
    void requireStore() throws StoreException {
        if (!Files.isDirectory(dir)) {
            throw failures.noDirectory();
        }
        if (!Files.isRegularFile(dir.resolve(CURRENT))) {
            throw failures.corrupt("its file CURRENT is missing, or this is some other directory");
        }
    }

    private void requireUnlocked() throws StoreException {
        try {
            probeLock();
        } catch (RocksDBException failure) {
            boolean unlocked =
                    failure.getStatus() != null && failure.getStatus().getCode() == Status.Code.InvalidArgument;
            if (!unlocked) {
                throw failures.opening(failure);
            }
        }
    }

    /**
     * Looks whether another process, or this one, has the database open; changes nothing.
     *
     * @throws RocksDBException that it is locked, or that it is there, which is what is hoped for
     */
    private void probeLock() throws RocksDBException {
        try (Natives natives = new Natives()) {
            NativeOptions options = NativeOptions.forPeers(natives);
            natives.open(options.refusingWhatExists(), dir, options.families(), new ArrayList<>());
        }
    }
}
