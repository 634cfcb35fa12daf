package proteus.adapters.persistence;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import proteus.application.port.Measurement;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/** The open RocksDB database of a chain store and its tables. Used on the store's thread only. */
final class ChainDatabase implements AutoCloseable {

    private static final Schema SCHEMA = new Schema(1);
    private static final StoreInstrument INSTRUMENT = new StoreInstrument(StoreKind.CHAIN);
    private static final byte[] TIP = "tip".getBytes(StandardCharsets.US_ASCII);
    private static final String[] TABLES = {"blocks", "headers", "heights", "chain"};

    private final Natives natives;
    private final RocksDB db;
    private final List<ColumnFamilyHandle> families;
    private final WriteOptions synced;
    private boolean closed;

    private ChainDatabase(Natives natives, RocksDB db, List<ColumnFamilyHandle> families) {
        this.natives = natives;
        this.db = db;
        this.families = List.copyOf(families);
        synced = natives.own(new WriteOptions()).setSync(true);
    }

    /** Creates a database in {@code dir}, an empty directory, and closes it. */
    static void create(Path dir) throws RocksDBException {
        try (Natives natives = new Natives()) {
            NativeOptions options = NativeOptions.forChain(natives);
            RocksDB db = natives.open(options.creating(), dir, families(options), new ArrayList<>());
            SCHEMA.write(db, natives.own(new WriteOptions()).setSync(true));
        }
    }

    /** Looks at the files and the schema version without changing them. The records are many, and read when needed. */
    static void verify(Path dir) throws RocksDBException, StoreException {
        SCHEMA.require(new StoreFailures(StoreKind.CHAIN, dir));
        openReadOnly(dir).close();
    }

    /** Opens the database for reading and writing; it was verified before. */
    static ChainDatabase open(Path dir) throws RocksDBException {
        return open(dir, false);
    }

    /** Opens the database for reading; no file is changed. */
    static ChainDatabase openReadOnly(Path dir) throws RocksDBException {
        return open(dir, true);
    }

    private static ChainDatabase open(Path dir, boolean readOnly) throws RocksDBException {
        Natives natives = new Natives();
        try {
            NativeOptions options = NativeOptions.forChain(natives);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = readOnly
                    ? natives.openReadOnly(options.database(), dir, families(options), handles)
                    : natives.open(options.database(), dir, families(options), handles);
            return new ChainDatabase(natives, db, handles);
        } catch (RocksDBException | RuntimeException failure) {
            natives.close();
            throw failure;
        }
    }

    Optional<Digest> tip() throws RocksDBException, MalformedRecordException {
        byte @Nullable [] value = db.get(TIP);
        return value == null ? Optional.empty() : Optional.of(ChainKeys.digestValue(value));
    }

    List<Digest> chain(BlockHeight from, int most) throws RocksDBException, MalformedRecordException {
        List<Digest> digests = new ArrayList<>();
        try (RocksIterator records = db.newIterator(chain())) {
            BlockHeight height = from;
            for (records.seek(ChainKeys.of(from)); records.isValid() && digests.size() < most; records.next()) {
                if (!ChainKeys.height(records.key()).equals(height)) {
                    // Seeking beyond the end finds nothing, so this is a gap.
                    throw new MalformedRecordException("the chain has no block of height " + height);
                }
                digests.add(ChainKeys.digestValue(records.value()));
                height = height.next();
            }
            // An iterator that meets a damaged block just ends; only this tells.
            records.status();
        }
        return digests;
    }

    Optional<Block> block(Digest digest) throws RocksDBException, MalformedRecordException {
        Optional<byte[]> key = key(digest);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        byte[] header = required(headers(), key.get(), digest);
        return Optional.of(BlockFormat.block(header, required(blocks(), key.get(), digest)));
    }

    Optional<BlockHeaderWithBlockHashWitness> header(Digest digest) throws RocksDBException, MalformedRecordException {
        Optional<byte[]> key = key(digest);
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(BlockFormat.header(required(headers(), key.get(), digest)));
    }

    List<Digest> blocksAt(BlockHeight height) throws RocksDBException, MalformedRecordException {
        List<Digest> digests = new ArrayList<>();
        byte[] prefix = ChainKeys.of(height);
        try (RocksIterator records = db.newIterator(headers())) {
            for (records.seek(prefix); records.isValid() && startsWith(records.key(), prefix); records.next()) {
                digests.add(ChainKeys.digestOfBlock(records.key()));
            }
            records.status();
        }
        return digests;
    }

    /** Stores blocks that are not there yet. */
    void keep(List<StoredBlock> more) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            put(more, batch);
            db.write(synced, batch);
        }
    }

    /** Stores blocks, and makes {@code branch} the end of the chain from a height on. */
    void adopt(List<StoredBlock> more, BlockHeight from, List<Digest> branch) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            put(more, batch);
            BlockHeight height = from;
            for (Digest digest : branch) {
                batch.put(chain(), ChainKeys.of(height), ChainKeys.value(digest));
                height = height.next();
            }
            cut(height, batch);
            batch.put(TIP, ChainKeys.value(branch.getLast()));
            db.write(synced, batch);
        }
    }

    private void put(List<StoredBlock> more, WriteBatch batch) throws RocksDBException {
        for (StoredBlock block : more) {
            BlockHeight height = block.header().height();
            if (db.get(heights(), ChainKeys.of(block.digest())) == null) {
                byte[] key = ChainKeys.of(height, block.digest());
                batch.put(blocks(), key, BlockFormat.rest(block));
                batch.put(headers(), key, BlockFormat.header(block));
                batch.put(heights(), ChainKeys.of(block.digest()), ChainKeys.value(height));
            }
        }
    }

    private void cut(BlockHeight from, WriteBatch batch) throws RocksDBException {
        try (RocksIterator records = db.newIterator(chain())) {
            for (records.seek(ChainKeys.of(from)); records.isValid(); records.next()) {
                batch.delete(chain(), records.key());
            }
            records.status();
        }
    }

    /** The height of a block; empty if it is not stored. */
    Optional<BlockHeight> height(Digest digest) throws RocksDBException, MalformedRecordException {
        byte @Nullable [] height = db.get(heights(), ChainKeys.of(digest));
        return height == null ? Optional.empty() : Optional.of(ChainKeys.heightValue(height));
    }

    private Optional<byte[]> key(Digest digest) throws RocksDBException, MalformedRecordException {
        return height(digest).map(height -> ChainKeys.of(height, digest));
    }

    private byte[] required(ColumnFamilyHandle table, byte[] key, Digest digest)
            throws RocksDBException, MalformedRecordException {
        byte @Nullable [] value = db.get(table, key);
        if (value == null) {
            throw new MalformedRecordException("a part of block " + digest + " is missing");
        }
        return value;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Reads all files through. */
    void verifyFiles() throws RocksDBException {
        db.verifyChecksum();
    }

    /** Writes everything to its place on the disk. */
    void flush() throws RocksDBException {
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            db.flush(wait, families);
        }
    }

    /** What it tells of itself. */
    List<Measurement> measure(StoreThread thread) throws RocksDBException {
        return INSTRUMENT.measure(db, thread);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        natives.close();
    }

    private ColumnFamilyHandle blocks() {
        return families.get(1);
    }

    private ColumnFamilyHandle headers() {
        return families.get(2);
    }

    private ColumnFamilyHandle heights() {
        return families.get(3);
    }

    private ColumnFamilyHandle chain() {
        return families.get(4);
    }

    private static List<ColumnFamilyDescriptor> families(NativeOptions options) {
        return options.families(TABLES);
    }
}
