package proteus.application.chain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import proteus.application.port.ChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.ForkChoice;
import proteus.domain.hash.Digest;

/**
 * Valid blocks that stand on each other and on a stored one.
 *
 * @param blocks lowest first; at least one
 * @param fresh those of them that were not stored before, at the end
 */
record Branch(List<StoredBlock> blocks, List<StoredBlock> fresh) {

    /** Whether the last of them becomes the tip. */
    boolean isBetterThan(ChainSnapshot chain) {
        return ForkChoice.replaces(blocks.getLast().header(), chain.tip().header());
    }

    /** Makes the last of them the tip, in one write. */
    TipChange adopt(ChainStore store, ChainSnapshot chain) throws StoreException {
        Deque<Digest> entered = new ArrayDeque<>();
        BlockHeight from = walkToChain(chain, entered);
        List<Digest> branch = List.copyOf(entered);
        store.adopt(fresh, from, branch);
        return new TipChange(chain.withBranch(from, branch, blocks.getLast()), chain.digestsFrom(from), branch);
    }

    /** Collects the blocks that are not on the chain, from the last one down; gives the height of the lowest. */
    private BlockHeight walkToChain(ChainSnapshot chain, Deque<Digest> entered) throws StoreException {
        BlockHeader lowest = blocks.getLast().header();
        entered.addFirst(blocks.getLast().digest());
        int brought = blocks.size() - 1;
        while (!chain.isOnChain(parentHeight(lowest), lowest.prevBlockDigest())) {
            brought--;
            entered.addFirst(lowest.prevBlockDigest());
            lowest = brought >= 0 ? blocks.get(brought).header() : storedHeader(chain, lowest.prevBlockDigest());
        }
        return lowest.height();
    }

    private static BlockHeight parentHeight(BlockHeader header) {
        return new BlockHeight(header.height().value() - 1);
    }

    private static BlockHeader storedHeader(ChainSnapshot chain, Digest digest) throws StoreException {
        return chain.header(digest)
                .map(stored -> stored.header())
                .orElseThrow(() -> new StoreException(
                        StoreException.Store.CHAIN,
                        StoreException.Reason.CORRUPT,
                        "The chain store has become damaged (the parent " + digest + " of a stored block is missing)."
                                + " Stop the node and move the directory away to fetch the chain anew."));
    }
}
