package proteus.adapters.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;

/**
 * The directory of a peer store as a whole: creating, opening, backing up, restoring.
 *
 * <p>Whatever is refused is left as it was: a store is read through without being changed before it is opened, and what
 * is new appears under its name only when it is complete. Used on the store's thread only.
 */
final class PeerStoreDirectory {

    private static final String CURRENT = "CURRENT";

    private PeerStoreDirectory() {}

    /** Opens the store at {@code dir}; creates it if that is missing or empty. */
    static PeerDatabase open(Path dir, Bounds bounds) throws StoreException {
        NativeLibrary.load();
        try {
            if (StoreFiles.isMissingOrEmpty(dir)) {
                create(dir);
            } else {
                requireIntact(dir);
            }
            return PeerDatabase.open(dir, bounds);
        } catch (RocksDBException failure) {
            throw StoreFailures.opening(dir, failure);
        } catch (MalformedRecordException failure) {
            throw StoreFailures.corrupt(dir, String.valueOf(failure.getMessage()), failure);
        } catch (IOException failure) {
            throw StoreFailures.io(dir, failure);
        }
    }

    private static void create(Path dir) throws IOException, StoreException {
        Files.createDirectories(StoreFiles.parent(dir));
        StoreFiles.createAtomically(dir, staging -> {
            try {
                PeerDatabase.create(staging);
            } catch (RocksDBException failure) {
                throw StoreFailures.using(dir, failure);
            }
        });
    }

    private static void requireIntact(Path dir)
            throws StoreException, IOException, RocksDBException, MalformedRecordException {
        requireStore(dir);
        if (!Files.isWritable(dir)) {
            throw new StoreException(Reason.IO, "The peer store at " + dir + " is not writable for this user.");
        }
        requireUnlocked(dir);
        try {
            PeerDatabase.verify(dir);
        } catch (RocksDBException | MalformedRecordException failure) {
            // Reading while somebody writes looks like damage.
            requireUnlocked(dir);
            throw failure;
        }
    }

    private static void requireStore(Path dir) throws StoreException {
        if (!Files.isDirectory(dir)) {
            throw new StoreException(Reason.IO, "The peer store at " + dir + " should be a directory and is not.");
        }
        if (!Files.isRegularFile(dir.resolve(CURRENT))) {
            throw StoreFailures.corrupt(dir, "its file CURRENT is missing, or this is some other directory");
        }
    }

    private static void requireUnlocked(Path dir) throws StoreException {
        try {
            PeerDatabase.probeLock(dir);
        } catch (RocksDBException failure) {
            boolean unlocked =
                    failure.getStatus() != null && failure.getStatus().getCode() == Status.Code.InvalidArgument;
            if (!unlocked) {
                throw StoreFailures.opening(dir, failure);
            }
        }
    }

    /** Copies {@code database} to {@code target}, which does not exist. */
    static void backUp(PeerDatabase database, Path target) throws StoreException {
        requireAbsent(target);
        try {
            StoreFiles.createAtomically(target, staging -> {
                // RocksDB wants to make the directory itself.
                Files.delete(staging);
                copyVerified(database, staging);
            });
        } catch (IOException failure) {
            throw new StoreException(Reason.IO, "The backup to " + target + " failed: " + failure, failure);
        }
    }

    private static void copyVerified(PeerDatabase database, Path staging) throws StoreException {
        try {
            database.copyTo(staging);
            PeerDatabase.verify(staging);
        } catch (RocksDBException failure) {
            throw StoreFailures.opening(staging, failure);
        } catch (MalformedRecordException failure) {
            throw StoreFailures.corrupt(staging, String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Makes {@code dir}, which is missing or empty, a copy of {@code backup}. */
    static void restore(Path backup, Path dir) throws StoreException {
        NativeLibrary.load();
        requireStore(backup);
        try {
            if (!StoreFiles.isMissingOrEmpty(dir)) {
                throw new StoreException(
                        Reason.IO, "Nothing was restored: " + dir + " is not empty. Move it away first.");
            }
            PeerDatabase.verify(backup);
            Files.createDirectories(StoreFiles.parent(dir));
            StoreFiles.createAtomically(dir, staging -> StoreFiles.copyFiles(backup, staging));
        } catch (RocksDBException failure) {
            throw StoreFailures.opening(backup, failure);
        } catch (MalformedRecordException failure) {
            throw StoreFailures.corrupt(backup, String.valueOf(failure.getMessage()), failure);
        } catch (IOException failure) {
            throw new StoreException(Reason.IO, "Restoring " + backup + " to " + dir + " failed: " + failure, failure);
        }
    }

    private static void requireAbsent(Path target) throws StoreException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(
                    Reason.IO, "No backup was written: " + target + " exists already, and is left as it is.");
        }
    }
}
