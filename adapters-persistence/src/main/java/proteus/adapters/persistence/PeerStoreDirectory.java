package proteus.adapters.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import proteus.application.port.JournalEntry;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;

/**
 * The directory of a peer store as a whole: creating, opening, backing up, restoring.
 *
 * <p>Whatever is refused is left as it was: a store is read through without being changed before it is opened, and what
 * is new appears under its name only when it is complete. Used on the store's thread only.
 */
final class PeerStoreDirectory {

    private PeerStoreDirectory() {}

    /** Opens the store at {@code dir}; creates it if that is missing or empty. */
    static PeerDatabase open(Path dir, Bounds bounds) throws StoreException {
        StoreDirectory directory = at(dir);
        return directory.opening(() -> {
            directory.prepare(PeerDatabase::create, PeerDatabase::verify);
            return PeerDatabase.open(dir, bounds);
        });
    }

    /** The latest entries of the journal of a store that nobody has open; no file is changed. */
    static List<JournalEntry> readJournal(Path dir, int most) throws StoreException {
        StoreDirectory directory = at(dir);
        return directory.opening(() -> {
            directory.requireStore();
            List<JournalEntry> entries = new ArrayList<>();
            directory.requireIntact(intact -> {
                PeerDatabase.verify(intact);
                entries.addAll(PeerDatabase.readJournal(intact, most));
            });
            return List.copyOf(entries);
        });
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
        at(staging).opening(() -> {
            database.copyTo(staging);
            PeerDatabase.verify(staging);
            return staging;
        });
    }

    /** Makes {@code dir}, which is missing or empty, a copy of {@code backup}. */
    static void restore(Path backup, Path dir) throws StoreException {
        NativeLibrary.load();
        at(backup).requireStore();
        try {
            if (!StoreFiles.isMissingOrEmpty(dir)) {
                throw new StoreException(
                        Reason.IO, "Nothing was restored: " + dir + " is not empty. Move it away first.");
            }
            PeerDatabase.verify(backup);
            Files.createDirectories(StoreFiles.parent(dir));
            StoreFiles.createAtomically(dir, staging -> StoreFiles.copyFiles(backup, staging));
        } catch (RocksDBException failure) {
            throw new StoreFailures(StoreKind.PEERS, backup).opening(failure);
        } catch (MalformedRecordException failure) {
            throw new StoreFailures(StoreKind.PEERS, backup).corrupt(String.valueOf(failure.getMessage()), failure);
        } catch (IOException failure) {
            throw new StoreException(Reason.IO, "Restoring " + backup + " to " + dir + " failed: " + failure, failure);
        }
    }

    private static StoreDirectory at(Path dir) {
        return new StoreDirectory(new StoreFailures(StoreKind.PEERS, dir));
    }

    private static void requireAbsent(Path target) throws StoreException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(
                    Reason.IO, "No backup was written: " + target + " exists already, and is left as it is.");
        }
    }
}
