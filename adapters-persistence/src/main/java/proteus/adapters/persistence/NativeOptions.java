package proteus.adapters.persistence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/**
 * How RocksDB is set up for a store of a few megabytes: about 2 MiB of native memory, few files.
 *
 * <p>The write-ahead log is on, and a write returns when the operating system has it. Closed by the {@link Natives} that
 * it was made with.
 */
final class NativeOptions {

    private static final long KIB = 1024;
    private static final long WRITE_BUFFER = 256 * KIB;
    private static final long BLOCK_CACHE = 512 * KIB;
    private static final long LARGEST_LOG = 1024 * KIB;
    private static final long MANIFEST_STEP = 64 * KIB;
    private static final int OPEN_FILES = 64;

    private final DBOptions database;
    private final ColumnFamilyOptions families;

    NativeOptions(Natives natives) {
        LRUCache cache = natives.own(new LRUCache(BLOCK_CACHE));
        families = natives.own(new ColumnFamilyOptions())
                .setWriteBufferSize(WRITE_BUFFER)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
        database = natives.own(new DBOptions())
                .setLogger(natives.own(new NativeLog()))
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxTotalWalSize(LARGEST_LOG)
                .setManifestPreallocationSize(MANIFEST_STEP)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                // What a power cut left half written ends the log; everything synced comes before it.
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery);
    }

    /** For opening what is there; creates nothing. */
    DBOptions database() {
        return database;
    }

    /** Makes {@link #database()} create what is missing. */
    DBOptions creating() {
        return database.setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
    }

    /** Makes opening fail at what is there, after taking the lock and before anything is written. */
    DBOptions refusingWhatExists() {
        return database.setErrorIfExists(true);
    }

    /** The default column family, then {@code tables}. */
    List<ColumnFamilyDescriptor> families(String... tables) {
        ColumnFamilyDescriptor first = new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, families);
        List<ColumnFamilyDescriptor> others = Arrays.stream(tables)
                .map(table -> new ColumnFamilyDescriptor(table.getBytes(StandardCharsets.US_ASCII), families))
                .toList();
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }
}
