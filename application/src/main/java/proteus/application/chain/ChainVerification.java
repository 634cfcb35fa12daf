package proteus.application.chain;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.port.ChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.WorkPool;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockRule;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;

/**
 * Checks a stored chain from genesis on as if each block had just come from a peer, and the blocks beside it too. Writes
 * nothing.
 */
public final class ChainVerification {

    private final Network network;
    private final ChainStore store;
    private final BranchJudge judge;

    /**
     * The check of a chain that nobody writes meanwhile.
     *
     * @param validation the rules of {@code network}
     * @param pool computes all that takes long
     * @param clock says which blocks are from the future
     */
    public ChainVerification(
            Network network, ChainStore store, BlockValidation validation, WorkPool pool, InstantSource clock) {
        this.network = network;
        this.store = store;
        this.judge = new BranchJudge(validation, new SideBySide(pool), clock);
    }

    /** Is told how far the check is. */
    @FunctionalInterface
    public interface Progress {

        /**
         * Called now and then, on the checking thread.
         *
         * @param checked blocks of the chain that were found good
         * @param all blocks of the chain
         */
        void checked(long checked, long all);
    }

    /** What was found. */
    public sealed interface Finding {

        /** Nothing was stored yet. */
        record Empty() implements Finding {}

        /**
         * Every block is valid.
         *
         * @param tip the last one
         * @param beside how many blocks are stored that are not on the chain
         */
        record Sound(ChainTip tip, long beside) implements Finding {}

        /**
         * A block is not valid, or not what it should be.
         *
         * @param height where
         * @param digest which
         * @param what what is wrong with it, as the end of a sentence
         */
        record Unsound(BlockHeight height, Digest digest, String what) implements Finding {}
    }

    /**
     * Checks all of it, up to the first that is wrong.
     *
     * @throws StoreException if the store cannot be read, is damaged or holds the chain of another network
     * @throws InterruptedException if this thread was interrupted
     */
    public Finding verify(Progress progress) throws StoreException, InterruptedException {
        ChainLoader loader = new ChainLoader(network, store);
        if (loader.isEmpty()) {
            return new Finding.Empty();
        }
        ChainSnapshot chain = loader.load();
        long all = chain.height().value() + 1;
        ParentBlock parent = chain.blockAt(BlockHeight.GENESIS)
                .map(block -> new ParentBlock(block, chain.genesis()))
                .orElseThrow();
        progress.checked(1, all);
        for (long from = 1; from < all; from += BranchJudge.WINDOW) {
            long to = Math.min(all, from + BranchJudge.WINDOW) - 1;
            List<HashedBlock> blocks = new ArrayList<>();
            Optional<Finding> wrong = read(chain, from, to, blocks);
            wrong = wrong.isPresent() ? wrong : judge.firstFault(parent, blocks).map(ChainVerification::unsound);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            parent = ParentBlock.of(blocks.getLast());
            progress.checked(to + 1, all);
        }
        return besides(chain);
    }

    /** Reads the blocks of the chain of these heights, and compares them with their names. */
    private Optional<Finding> read(ChainSnapshot chain, long from, long to, List<HashedBlock> blocks)
            throws StoreException, InterruptedException {
        List<Block> plain = new ArrayList<>();
        for (long height = from; height <= to; height++) {
            Optional<Block> block = chain.blockAt(new BlockHeight(height));
            if (block.isEmpty()) {
                return Optional.of(unsound(chain, height, "is missing"));
            }
            plain.add(block.get());
        }
        blocks.addAll(judge.hashed(plain));
        for (int i = 0; i < blocks.size(); i++) {
            if (!chain.isOnChain(new BlockHeight(from + i), blocks.get(i).digest())) {
                return Optional.of(unsound(
                        chain, from + i, "is another block, " + blocks.get(i).digest()));
            }
        }
        return Optional.empty();
    }

    /** Checks the blocks that are not on the chain, which may be higher than its tip. */
    private Finding besides(ChainSnapshot chain) throws StoreException, InterruptedException {
        long beside = 0;
        BlockHeight height = BlockHeight.GENESIS;
        List<Digest> stored = store.blocksAt(height);
        while (!stored.isEmpty()) {
            for (Digest digest : stored) {
                if (!chain.isOnChain(height, digest)) {
                    beside++;
                    Optional<Finding> wrong = judged(chain, height, digest);
                    if (wrong.isPresent()) {
                        return wrong.get();
                    }
                }
            }
            height = height.next();
            stored = store.blocksAt(height);
        }
        return new Finding.Sound(chain.tip(), beside);
    }

    private Optional<Finding> judged(ChainSnapshot chain, BlockHeight height, Digest digest)
            throws StoreException, InterruptedException {
        Optional<Block> block = chain.block(digest);
        if (block.isEmpty()) {
            return Optional.of(new Finding.Unsound(height, digest, "is missing"));
        }
        HashedBlock hashed = judge.hashed(List.of(block.get())).getFirst();
        if (!hashed.digest().equals(digest)) {
            return Optional.of(new Finding.Unsound(height, digest, "is another block, " + hashed.digest()));
        }
        Digest parent = hashed.header().prevBlockDigest();
        Optional<Block> under = chain.block(parent);
        return under.isEmpty()
                ? Optional.of(new Finding.Unsound(height, digest, "has no parent " + parent))
                : judge.firstFault(new ParentBlock(under.get(), parent), List.of(hashed))
                        .map(ChainVerification::unsound);
    }

    private static Finding unsound(ChainSnapshot chain, long height, String what) {
        BlockHeight at = new BlockHeight(height);
        return new Finding.Unsound(at, chain.digestAt(at).orElseThrow(), what);
    }

    private static Finding unsound(BranchJudge.Fault fault) {
        HashedBlock block = fault.block();
        String what = switch (fault.verdict()) {
            case BlockVerdict.Invalid(BlockRule rule) -> "breaks " + rule.numberAndName();
            case BlockVerdict.NotVerified _ -> "breaks no rule that was checked, but its proof was not verified";
            case BlockVerdict.Valid() -> throw new IllegalStateException("a valid block is no fault");
        };
        return new Finding.Unsound(block.header().height(), block.digest(), what);
    }
}
