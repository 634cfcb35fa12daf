package proteus.adapters.persistence;

import java.lang.System.Logger.Level;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;

/**
 * Hands RocksDB's errors to this program's log, and its warnings at level debug.
 *
 * <p>Instead of RocksDB's own log file: that is renamed and written even when opening is refused.
 */
final class NativeLog extends Logger {

    private static final System.Logger LOG = System.getLogger("proteus.adapters.persistence.rocksdb");

    NativeLog() {
        super(InfoLogLevel.WARN_LEVEL);
    }

    /** Called by RocksDB on threads of its own too. */
    @Override
    protected void log(InfoLogLevel level, String message) {
        switch (level) {
            case ERROR_LEVEL, FATAL_LEVEL -> LOG.log(Level.ERROR, message);
            // Its warnings are for those who work on RocksDB; every lock that is looked at gives one.
            case WARN_LEVEL, DEBUG_LEVEL, INFO_LEVEL, HEADER_LEVEL, NUM_INFO_LOG_LEVELS ->
                LOG.log(Level.DEBUG, message);
        }
    }
}
