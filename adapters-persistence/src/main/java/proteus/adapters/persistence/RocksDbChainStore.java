package proteus.adapters.persistence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.RocksDBException;
import proteus.application.port.ChainStore;
import proteus.application.port.Instrument;
import proteus.application.port.Measurement;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/**
 * The chain store in a RocksDB database, for one process at a time.
 *
 * <p>Every write is one synced batch. Format, durability and what is refused: docs/chain-store.md.
 *
 * <p>Every call into RocksDB runs on one platform thread of the store; callers, virtual threads too, only wait. Safe for
 * use by many threads.
 */
public final class RocksDbChainStore implements ChainStore, Instrument {

    private final StoreFailures failures;
    private final StoreThread thread;
    private final ChainDatabase database;
    private final boolean readOnly;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RocksDbChainStore(StoreFailures failures, StoreThread thread, ChainDatabase database, boolean readOnly) {
        this.failures = failures;
        this.thread = thread;
        this.database = database;
        this.readOnly = readOnly;
    }

    /**
     * Opens the store at {@code dir}; creates it, with the directories above, if {@code dir} is missing or empty. A store
     * that cannot be opened is left as it is. Missing and cut files are found now, other damage when it is read.
     *
     * @throws StoreException if it is open elsewhere, has a newer schema, is damaged, or cannot be read or written
     */
    public static RocksDbChainStore open(Path dir) throws StoreException {
        return open(dir, false, directory -> {
            directory.prepare(ChainDatabase::create, ChainDatabase::verify);
            return ChainDatabase.open(dir);
        });
    }

    /**
     * Opens the store at {@code dir} for reading only: no file is changed, whatever its state. A write fails with reason
     * {@code IO}.
     *
     * @throws StoreException if it is open elsewhere, has a newer schema, is damaged or missing, or cannot be read
     */
    public static RocksDbChainStore openReadOnly(Path dir) throws StoreException {
        return open(dir, true, directory -> {
            directory.requireStore();
            directory.requireIntact(ChainDatabase::verify);
            return ChainDatabase.openReadOnly(dir);
        });
    }

    private interface Opening {
        ChainDatabase in(StoreDirectory directory)
                throws RocksDBException, MalformedRecordException, StoreException, IOException;
    }

    private static RocksDbChainStore open(Path dir, boolean readOnly, Opening opening) throws StoreException {
        StoreFailures failures = new StoreFailures(StoreKind.CHAIN, dir);
        StoreDirectory directory = new StoreDirectory(failures);
        StoreThread thread = new StoreThread("chain-store");
        try {
            ChainDatabase database = thread.call(() -> directory.opening(() -> opening.in(directory)));
            return new RocksDbChainStore(failures, thread, database, readOnly);
        } catch (StoreException | RuntimeException | Error failure) {
            thread.shutDown();
            throw failure;
        }
    }

    /**
     * Reads all files through, also what no other method reads, and compares their checksums: a gigabyte takes seconds.
     *
     * @throws StoreException with reason {@code CORRUPT} if anything was changed or lost
     */
    public void verifyFiles() throws StoreException {
        use(() -> {
            database.verifyFiles();
            return failures;
        });
    }

    @Override
    public List<Measurement> measurements() throws StoreException {
        return use(() -> database.measure(thread));
    }

    @Override
    public Optional<Digest> tip() throws StoreException {
        return use(database::tip);
    }

    @Override
    public List<Digest> chain(BlockHeight from, int most) throws StoreException {
        if (most < 0) {
            throw new IllegalArgumentException("a negative number of digests: " + most);
        }
        return use(() -> database.chain(from, most));
    }

    @Override
    public Optional<Block> block(Digest digest) throws StoreException {
        return use(() -> database.block(digest));
    }

    @Override
    public Optional<BlockHeaderWithBlockHashWitness> header(Digest digest) throws StoreException {
        return use(() -> database.header(digest));
    }

    @Override
    public List<Digest> blocksAt(BlockHeight height) throws StoreException {
        return use(() -> database.blocksAt(height));
    }

    @Override
    public void keep(List<StoredBlock> blocks) throws StoreException {
        use(() -> {
            database.keep(blocks);
            return failures;
        });
    }

    @Override
    public void adopt(List<StoredBlock> blocks, BlockHeight from, List<Digest> branch) throws StoreException {
        Optional<String> wrong = use(() -> {
            Optional<String> reason = whatIsWrongWith(blocks, from, branch);
            if (reason.isEmpty()) {
                database.adopt(blocks, from, branch);
            }
            return reason;
        });
        if (wrong.isPresent()) {
            throw new IllegalArgumentException(wrong.get());
        }
    }

    private Optional<String> whatIsWrongWith(List<StoredBlock> blocks, BlockHeight from, List<Digest> branch)
            throws RocksDBException, MalformedRecordException {
        boolean follows = from.isGenesis()
                || !database.chain(new BlockHeight(from.value() - 1), 1).isEmpty();
        if (branch.isEmpty() || !follows) {
            return Optional.of(branch.size() + " blocks from height " + from + " on");
        }
        Map<Digest, BlockHeight> heights = new HashMap<>();
        blocks.forEach(block -> heights.put(block.digest(), block.header().height()));
        BlockHeight height = from;
        for (Digest digest : branch) {
            Optional<BlockHeight> stored = Optional.ofNullable(heights.get(digest));
            if (!(stored.isPresent() ? stored : database.height(digest)).equals(Optional.of(height))) {
                return Optional.of("no block " + digest + " of height " + height);
            }
            height = height.next();
        }
        return Optional.empty();
    }

    @Override
    public void close() throws StoreException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            thread.call(() -> {
                flushAndClose();
                return failures;
            });
        } finally {
            thread.shutDown();
        }
    }

    private void flushAndClose() throws StoreException {
        try (database) {
            if (!readOnly) {
                database.flush();
            }
        } catch (RocksDBException failure) {
            throw failures.using(failure);
        }
    }

    private interface Use<T> {
        T run() throws RocksDBException, MalformedRecordException;
    }

    private <T> T use(Use<T> use) throws StoreException {
        return thread.call(() -> {
            // Asked here, on the store's thread: a task may have waited behind the one that closes.
            if (database.isClosed()) {
                throw StoreFailures.closed();
            }
            try {
                return use.run();
            } catch (RocksDBException failure) {
                throw failures.using(failure);
            } catch (MalformedRecordException failure) {
                throw failures.damagedWhileOpen(String.valueOf(failure.getMessage()), failure);
            }
        });
    }
}
