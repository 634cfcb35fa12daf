package proteus.adapters.persistence;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;

/**
 * Turns what RocksDB and the file system throw into what an operator understands.
 *
 * @param store which one it is
 * @param dir where it is
 */
record StoreFailures(StoreKind store, Path dir) {

    // RocksDB has no code for a lock that is taken; these are its two texts (another process, this process).
    private static final String LOCKED_BY_OTHER = "While lock file";
    private static final String LOCKED_BY_THIS = "lock hold by current process";
    private static final String NO_SUCH_FILE = "No such file or directory";

    /** Why the store could not be opened. */
    StoreException opening(RocksDBException failure) {
        String text = text(failure);
        if (text.contains(LOCKED_BY_OTHER) || text.contains(LOCKED_BY_THIS)) {
            return locked(failure);
        }
        return switch (code(failure)) {
            case Corruption, NotFound, InvalidArgument, NotSupported -> corrupt(text, failure);
            case IOError -> text.contains(NO_SUCH_FILE) ? corrupt(text, failure) : io(failure);
            case null -> io(failure);
            default -> io(failure);
        };
    }

    /** Why reading or writing the open store failed. */
    StoreException using(RocksDBException failure) {
        return code(failure) == Status.Code.Corruption ? damagedWhileOpen(text(failure), failure) : io(failure);
    }

    StoreException io(IOException failure) {
        return new StoreException(store.store(), Reason.IO, name() + " cannot be read or written: " + failure, failure);
    }

    StoreException corrupt(String what) {
        return new StoreException(store.store(), Reason.CORRUPT, corruptText(what));
    }

    StoreException corrupt(String what, Exception cause) {
        return new StoreException(store.store(), Reason.CORRUPT, corruptText(what), cause);
    }

    /** That damage was found after opening, when the files may have been written to. */
    StoreException damagedWhileOpen(String what, Exception cause) {
        return new StoreException(
                store.store(),
                Reason.CORRUPT,
                name() + " has become damaged (" + what + "). Stop the node and " + store.remedy() + ".",
                cause);
    }

    static StoreException closed() {
        return new StoreException(Reason.CLOSED, "The store is closed.");
    }

    /** That a newer version of the program wrote the store. */
    StoreException newer(int schema, int known) {
        return new StoreException(
                store.store(),
                Reason.NEWER_SCHEMA,
                name() + " was written by a newer version of this program (schema " + schema
                        + "; this version knows up to " + known + "). Nothing was changed. Use the newer version,"
                        + " or " + store.freshStart() + ".");
    }

    /** That this user must not write the store. */
    StoreException notWritable() {
        return new StoreException(store.store(), Reason.IO, name() + " is not writable for this user.");
    }

    /** That a file has the name of the store. */
    StoreException noDirectory() {
        return new StoreException(store.store(), Reason.IO, name() + " should be a directory and is not.");
    }

    private String name() {
        return "The " + store.text() + " at " + dir;
    }

    private String corruptText(String what) {
        return name() + " is damaged (" + what + "). Nothing was changed. " + store.remedySentence() + ".";
    }

    private StoreException locked(RocksDBException failure) {
        return new StoreException(
                store.store(), Reason.LOCKED, name() + " is open already. Is another node running?", failure);
    }

    private StoreException io(RocksDBException failure) {
        @Nullable Status status = failure.getStatus();
        boolean full = status != null && status.getSubCode() == Status.SubCode.NoSpace;
        String what = full ? "the disk is full" : text(failure);
        return new StoreException(store.store(), Reason.IO, name() + " cannot be read or written: " + what, failure);
    }

    private static Status.@Nullable Code code(RocksDBException failure) {
        @Nullable Status status = failure.getStatus();
        return status == null ? null : status.getCode();
    }

    private static String text(RocksDBException failure) {
        @Nullable String message = failure.getMessage();
        return message == null ? "no details" : message;
    }
}
