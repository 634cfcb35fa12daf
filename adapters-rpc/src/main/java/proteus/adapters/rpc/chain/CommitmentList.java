package proteus.adapters.rpc.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.chain.ChainSnapshot;
import proteus.application.port.StoreException;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.GuesserFee;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AdditionRecord;

/**
 * The append-only commitment list of the chain, told by its blocks: each says how many leafs there are after it, so the
 * block of a leaf is found by halving. For one thread, and for one call: it remembers the counts that it has read.
 *
 * <p>Source: behaviour of neptune-archive 0.19.4, {@code archival_state.rs}.
 */
public final class CommitmentList {

    /** Every block but genesis rewards its guesser with this many outputs, which its body does not count. */
    private static final int GUESSER_OUTPUTS = 2;

    private final ChainSnapshot chain;
    private final Map<Long, Long> countsAfter = new HashMap<>();

    /** That of the chain as of one moment. */
    public CommitmentList(ChainSnapshot chain) {
        this.chain = chain;
    }

    /** How many leafs there are after the block of {@code height}, which is on the chain. */
    public long countAfter(long height) throws StoreException {
        Long known = countsAfter.get(height);
        if (known != null) {
            return known;
        }
        long inBody =
                block(height).kernel().body().mutatorSetAccumulator().aocl().leafCount();
        long count = inBody + (height == 0 ? 0 : GUESSER_OUTPUTS);
        countsAfter.put(height, count);
        return count;
    }

    /** How many there are after the tip. */
    public long count() throws StoreException {
        return countAfter(chain.height().value());
    }

    /** The number of the first leaf of the block of {@code height}, which is on the chain. */
    public long firstOf(long height) throws StoreException {
        return height == 0 ? 0 : countAfter(height - 1);
    }

    /**
     * The height of the block that added a leaf; empty if there is no such leaf.
     *
     * @param leafIndex unsigned
     */
    public Optional<Long> heightOf(long leafIndex) throws StoreException {
        if (Long.compareUnsigned(leafIndex, count()) >= 0) {
            return Optional.empty();
        }
        long low = 0;
        long high = chain.height().value();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (leafIndex < countAfter(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return Optional.of(low);
    }

    /**
     * A leaf; empty if there is no such leaf.
     *
     * @param leafIndex unsigned
     */
    public Optional<Digest> leaf(long leafIndex) throws StoreException {
        Optional<Long> height = heightOf(leafIndex);
        if (height.isEmpty()) {
            return Optional.empty();
        }
        int inBlock = Math.toIntExact(leafIndex - firstOf(height.get()));
        return Optional.of(leafsOf(height.get()).get(inBlock).canonicalCommitment());
    }

    /** The leafs that the block of {@code height} added, in their order. */
    public List<AdditionRecord> leafsOf(long height) throws StoreException {
        return leafsOf(block(height), chain.digestAt(new BlockHeight(height)).orElseThrow());
    }

    /** The leafs that a valid block adds, in their order: the outputs of its transaction, then its guesser's. */
    public static List<AdditionRecord> leafsOf(Block block, Digest digest) {
        List<AdditionRecord> leafs =
                new ArrayList<>(block.kernel().body().transactionKernel().outputs());
        leafs.addAll(GuesserFee.additionRecords(block, digest).orElseThrow());
        return leafs;
    }

    /**
     * The highest block that added {@code record}, looked for from the tip down.
     *
     * @param depth how many blocks below the tip are looked at, unsigned; 0 for the tip alone
     */
    public Optional<Digest> originOf(AdditionRecord record, long depth) throws StoreException {
        long tip = chain.height().value();
        long lowest = Long.compareUnsigned(depth, tip) >= 0 ? 0 : tip - depth;
        for (long height = tip; height >= lowest; height--) {
            if (leafsOf(height).contains(record)) {
                return chain.digestAt(new BlockHeight(height));
            }
        }
        return Optional.empty();
    }

    private Block block(long height) throws StoreException {
        return chain.blockAt(new BlockHeight(height))
                .orElseThrow(() -> new IllegalStateException("the chain has no block of height " + height));
    }
}
