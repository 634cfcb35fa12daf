package proteus.adapters.persistence;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;

/** Turns what RocksDB and the file system throw into what an operator understands. */
final class StoreFailures {

    // RocksDB has no code for a lock that is taken; these are its two texts (another process, this process).
    private static final String LOCKED_BY_OTHER = "While lock file";
    private static final String LOCKED_BY_THIS = "lock hold by current process";
    private static final String NO_SUCH_FILE = "No such file or directory";

    private StoreFailures() {}

    /** Why the store at {@code dir} could not be opened. */
    static StoreException opening(Path dir, RocksDBException failure) {
        String text = text(failure);
        if (text.contains(LOCKED_BY_OTHER) || text.contains(LOCKED_BY_THIS)) {
            return locked(dir, failure);
        }
        return switch (code(failure)) {
            case Corruption, NotFound, InvalidArgument, NotSupported -> corrupt(dir, text, failure);
            case IOError -> text.contains(NO_SUCH_FILE) ? corrupt(dir, text, failure) : io(dir, failure);
            case null -> io(dir, failure);
            default -> io(dir, failure);
        };
    }

    /** Why reading or writing the open store at {@code dir} failed. */
    static StoreException using(Path dir, RocksDBException failure) {
        return code(failure) == Status.Code.Corruption
                ? damagedWhileOpen(dir, text(failure), failure)
                : io(dir, failure);
    }

    static StoreException io(Path dir, IOException failure) {
        return new StoreException(
                Reason.IO, "The peer store at " + dir + " cannot be read or written: " + failure, failure);
    }

    static StoreException corrupt(Path dir, String what) {
        return new StoreException(Reason.CORRUPT, corruptText(dir, what));
    }

    static StoreException corrupt(Path dir, String what, Exception cause) {
        return new StoreException(Reason.CORRUPT, corruptText(dir, what), cause);
    }

    /** That damage was found after opening, when the files may have been written to. */
    static StoreException damagedWhileOpen(Path dir, String what, Exception cause) {
        return new StoreException(
                Reason.CORRUPT,
                "The peer store at " + dir + " has become damaged (" + what
                        + "). Stop the node and restore a backup, or"
                        + " move the directory away to start without remembered peers and bans.",
                cause);
    }

    static StoreException closed() {
        return new StoreException(Reason.CLOSED, "The peer store is closed.");
    }

    private static String corruptText(Path dir, String what) {
        return "The peer store at " + dir + " is damaged (" + what + "). Nothing was changed. Restore a backup, or move"
                + " the directory away to start without remembered peers and bans.";
    }

    private static StoreException locked(Path dir, RocksDBException failure) {
        return new StoreException(
                Reason.LOCKED, "The peer store at " + dir + " is open already. Is another node running?", failure);
    }

    private static StoreException io(Path dir, RocksDBException failure) {
        @Nullable Status status = failure.getStatus();
        boolean full = status != null && status.getSubCode() == Status.SubCode.NoSpace;
        String what = full ? "the disk is full" : text(failure);
        return new StoreException(
                Reason.IO, "The peer store at " + dir + " cannot be read or written: " + what, failure);
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
