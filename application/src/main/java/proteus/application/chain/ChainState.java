package proteus.application.chain;

import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import proteus.application.port.ChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.application.port.WorkPool;
import proteus.domain.block.Block;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;

/**
 * The chain of a node that keeps blocks.
 *
 * <p>Whoever has blocks submits them, from a thread that may wait; they are judged there, on the work pool. One thread
 * then chooses between them and the tip, stores what is to be stored, and shows the new chain to readers. Readers take
 * snapshots, which never wait for it. Safe for use by many threads.
 *
 * <p>Source: behaviour of neptune-cash 0.19.4, {@code main_loop.rs}; protocol page "behaviour", sections 4.3 to 4.5.
 */
public final class ChainState implements ChainView, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ChainState.class.getName());

    private final ChainStore store;
    private final BranchJudge judge;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("chain").daemon().factory());
    private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
    private volatile ChainSnapshot current;

    /** What to do with valid blocks that are not better than the tip. */
    public enum Losers {
        /** Store them, so that others can follow: for who fetches a chain that claims to be better, block by block. */
        KEEP,

        /** Forget them, so that worthless branches cost no disk. */
        FORGET
    }

    private ChainState(ChainStore store, BranchJudge judge, ChainSnapshot current) {
        this.store = store;
        this.judge = judge;
        this.current = current;
    }

    /**
     * The chain that {@code store} has, or that of genesis alone if it has none. The store stays the caller's to close,
     * after this.
     *
     * @param validation the rules of {@code network}
     * @param pool computes all that takes long
     * @param clock says which blocks are from the future
     * @throws StoreException if the store cannot be read, is damaged or holds the chain of another network
     */
    public static ChainState open(
            Network network, ChainStore store, BlockValidation validation, WorkPool pool, InstantSource clock)
            throws StoreException {
        ChainLoader loader = new ChainLoader(network, store);
        loader.begin();
        return new ChainState(store, new BranchJudge(validation, new SideBySide(pool), clock), loader.load());
    }

    /** The chain as it is now. */
    public ChainSnapshot snapshot() {
        return current;
    }

    @Override
    public Digest genesis() {
        return current.genesis();
    }

    @Override
    public ChainTip tip() {
        return current.tip();
    }

    /** From now on {@code listener} is told of every change. */
    public void addListener(ChainListener listener) {
        listeners.add(listener);
    }

    /**
     * {@code block} with its size, and its hashes if it is not larger than {@code most} field elements. They are computed
     * on the work pool; waits for it.
     */
    public HashedBlock measured(Block block, int most) throws InterruptedException {
        return judge.measured(block, most);
    }

    /** The MAST hash of the body of {@code block}, which is computed on the work pool; waits for it. */
    public Digest bodyHash(Block block) throws InterruptedException {
        return judge.bodyHash(block);
    }

    /** {@code block} with its hashes, which are computed on the work pool; waits for it. */
    public HashedBlock hashed(Block block) throws InterruptedException {
        return judge.hashed(List.of(block)).getFirst();
    }

    /**
     * The verdict on a block if {@code parent}, whether valid or not, is the block before it. Computed on the work pool;
     * waits for it.
     */
    public BlockVerdict judge(ParentBlock parent, HashedBlock block) throws InterruptedException {
        return judge.verdict(parent, block);
    }

    /** The same of a proposal on top of {@code parent}: all rules but the proof of work, which it has not yet. */
    public BlockVerdict judgeProposal(ParentBlock parent, HashedBlock proposal) throws InterruptedException {
        return judge.verdictOnProposal(parent, proposal);
    }

    /**
     * Judges blocks, and makes the last of them the tip if it is better: all of them or none, and not before they are
     * stored for good. Waits for it.
     *
     * @param branch each the parent of the next, lowest first, of any height; at least one
     * @param losers what to do with them if the tip is better
     * @throws IllegalArgumentException if {@code branch} is empty, or one is not the parent of the next
     * @throws StoreException if the store failed; the chain is then as before, or, if only the answer of the disk was lost,
     *     the next start finds the new one
     * @throws InterruptedException if this thread was interrupted; what was handed to the writing thread is done all the
     *     same
     * @throws IllegalStateException if this, or the work pool, is closed
     */
    public BranchOutcome submit(List<Block> branch, Losers losers) throws StoreException, InterruptedException {
        return submitHashed(judge.hashed(branch), losers);
    }

    /** The same for blocks that may have been hashed already. */
    public BranchOutcome submitHashed(List<HashedBlock> blocks, Losers losers)
            throws StoreException, InterruptedException {
        requireBranch(blocks);
        int known = knownAtFirst(blocks);
        List<HashedBlock> fresh = blocks.subList(known, blocks.size());
        if (!fresh.isEmpty()) {
            Digest parentDigest = fresh.getFirst().header().prevBlockDigest();
            Optional<ParentBlock> parent = parent(parentDigest, blocks);
            if (parent.isEmpty()) {
                return new BranchOutcome.UnknownParent(parentDigest);
            }
            Optional<BranchJudge.Fault> fault = judge.firstFault(parent.get(), fresh);
            if (fault.isPresent()) {
                return outcome(fault.get());
            }
        }
        List<StoredBlock> stored = blocks.stream().map(StoredBlock::of).toList();
        return onWriter(() -> choose(new Branch(stored, stored.subList(known, stored.size())), losers));
    }

    private static void requireBranch(List<HashedBlock> blocks) {
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("no blocks");
        }
        for (int i = 1; i < blocks.size(); i++) {
            if (!blocks.get(i)
                    .header()
                    .prevBlockDigest()
                    .equals(blocks.get(i - 1).digest())) {
                throw new IllegalArgumentException("block " + (i - 1) + " is not the parent of the next");
            }
        }
    }

    private int knownAtFirst(List<HashedBlock> blocks) throws StoreException {
        int known = 0;
        while (known < blocks.size()
                && current.header(blocks.get(known).digest()).isPresent()) {
            known++;
        }
        return known;
    }

    private Optional<ParentBlock> parent(Digest digest, List<HashedBlock> blocks) throws StoreException {
        Optional<ParentBlock> brought = blocks.stream()
                .filter(block -> block.digest().equals(digest))
                .map(ParentBlock::of)
                .findAny();
        return brought.isPresent() ? brought : current.block(digest).map(block -> new ParentBlock(block, digest));
    }

    private static BranchOutcome outcome(BranchJudge.Fault fault) {
        Digest digest = fault.block().digest();
        return switch (fault.verdict()) {
            case BlockVerdict.Invalid(var rule) -> new BranchOutcome.Invalid(digest, rule);
            case BlockVerdict.NotVerified(var claim) -> new BranchOutcome.NotVerified(digest, claim);
            case BlockVerdict.Valid() -> throw new IllegalStateException("a valid block is no fault");
        };
    }

    /** On the writing thread. */
    private BranchOutcome choose(Branch branch, Losers losers) throws StoreException {
        ChainSnapshot before = current;
        if (branch.isBetterThan(before)) {
            TipChange change = branch.adopt(store, before);
            current = change.chain();
            listeners.forEach(listener -> tell(listener, change));
            return new BranchOutcome.Adopted(change);
        }
        if (branch.fresh().isEmpty()) {
            return new BranchOutcome.Known();
        }
        return switch (losers) {
            case KEEP -> {
                store.keep(branch.fresh());
                yield new BranchOutcome.Kept();
            }
            case FORGET -> new BranchOutcome.NotBetter();
        };
    }

    private static void tell(ChainListener listener, TipChange change) {
        try {
            listener.tipChanged(change);
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "a listener failed at a new tip", defect);
        }
    }

    private <T> T onWriter(Callable<T> task) throws StoreException, InterruptedException {
        Future<T> future;
        try {
            future = writer.submit(task);
        } catch (RejectedExecutionException closed) {
            throw new IllegalStateException("the chain is closed", closed);
        }
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw unwrapped(failure);
        }
    }

    private static StoreException unwrapped(ExecutionException failure) {
        return switch (failure.getCause()) {
            // A new one, so that its trace shows the caller.
            case StoreException known ->
                new StoreException(known.store(), known.reason(), String.valueOf(known.getMessage()), known);
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException("writing the chain failed", failure.getCause());
        };
    }

    /** Takes no more blocks, and waits for what is being written. Does nothing the second time. */
    @Override
    public void close() {
        writer.close();
    }
}
