package proteus.adapters.persistence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/**
 * How RocksDB is set up for one store. Closed by the {@link Natives} that it was made with.
 *
 * <p>The write-ahead log is on, and a write returns when the operating system has it.
 */
final class NativeOptions {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final double BITS_PER_KEY = 10;

    /** For a store of a few megabytes: about 2 MiB of native memory, few files. */
    private static final Sizes PEERS = new Sizes(256 * KIB, 512 * KIB, MIB, 64, CompressionType.NO_COMPRESSION);

    /** For a store of gigabytes with records of up to 8 MB: about 24 MiB of native memory, and what a batch needs. */
    private static final Sizes CHAIN = new Sizes(4 * MIB, 8 * MIB, 32 * MIB, 256, CompressionType.LZ4_COMPRESSION);

    private static final long MANIFEST_STEP = 64 * KIB;

    private final DBOptions database;
    private final ColumnFamilyOptions families;

    /** In bytes, but for the number of open files. */
    private record Sizes(
            long writeBuffer, long blockCache, long largestLog, int openFiles, CompressionType compression) {}

    private NativeOptions(Natives natives, Sizes sizes) {
        LRUCache cache = natives.own(new LRUCache(sizes.blockCache()));
        families = natives.own(new ColumnFamilyOptions())
                .setWriteBufferSize(sizes.writeBuffer())
                .setCompressionType(sizes.compression())
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(natives.own(new BloomFilter(BITS_PER_KEY))));
        database = natives.own(new DBOptions())
                .setLogger(natives.own(new NativeLog()))
                .setMaxOpenFiles(sizes.openFiles())
                .setMaxTotalWalSize(sizes.largestLog())
                .setManifestPreallocationSize(MANIFEST_STEP)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                // What a power cut left half written ends the log; everything synced comes before it.
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery);
    }

    static NativeOptions forPeers(Natives natives) {
        return new NativeOptions(natives, PEERS);
    }

    static NativeOptions forChain(Natives natives) {
        return new NativeOptions(natives, CHAIN);
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
