package proteus.application.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.port.ChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.ArchivalMmr;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.mutatorset.MutatorSetAccumulator;

/**
 * The chain as of one moment: what it says stays so, whatever becomes of the chain.
 *
 * <p>The tip, the digests of all heights and the membership paths are in memory and given at once. Blocks and headers
 * are read from the store, which blocks; none is ever removed there. Immutable and safe for use by many threads.
 */
public final class ChainSnapshot {

    private final ChainStore store;
    private final StoredBlock tip;
    private final ArchivalMmr blocks;

    /**
     * The chain of these blocks.
     *
     * @param tip the block of the last leaf
     * @param blocks a leaf for each height from genesis on
     */
    ChainSnapshot(ChainStore store, StoredBlock tip, ArchivalMmr blocks) {
        this.store = store;
        this.tip = tip;
        this.blocks = blocks;
    }

    /** The chain whose blocks from height {@code from} on are these. */
    ChainSnapshot withBranch(BlockHeight from, List<Digest> branch, StoredBlock newTip) {
        ArchivalMmr grown = blocks.first(from.value());
        for (Digest digest : branch) {
            grown = grown.append(digest);
        }
        return new ChainSnapshot(store, newTip, grown);
    }

    /** The last block, as announcements show it. */
    public ChainTip tip() {
        return new ChainTip(tip.header(), tip.digest(), tip.witness());
    }

    /** The last block as a whole. */
    public ParentBlock tipBlock() {
        return tip.asParent();
    }

    /** The height of the last block. */
    public BlockHeight height() {
        return tip.header().height();
    }

    /** The mutator set that the next block builds on. */
    public MutatorSetAccumulator mutatorSetAfterTip() {
        return tipBlock().mutatorSetAfter().orElseThrow(() -> new IllegalStateException("the tip is not valid"));
    }

    /** All blocks of the chain, the tip included: what the next block has in its body. */
    public MmrAccumulator blockMmr() {
        return blocks.accumulator(blocks.leafCount());
    }

    /** The hash of the first block. */
    public Digest genesis() {
        return blocks.leaf(0).orElseThrow();
    }

    /** The hash of the chain's block of this height; empty above the tip. */
    public Optional<Digest> digestAt(BlockHeight height) {
        return blocks.leaf(height.value());
    }

    /** Whether the chain's block of this height is this one. */
    public boolean isOnChain(BlockHeight height, Digest digest) {
        return digestAt(height).equals(Optional.of(digest));
    }

    /** The hashes of the blocks from a height up to the tip. */
    List<Digest> digestsFrom(BlockHeight from) {
        List<Digest> digests = new ArrayList<>();
        for (long height = from.value(); height < blocks.leafCount(); height++) {
            digests.add(blocks.leaf(height).orElseThrow());
        }
        return digests;
    }

    /**
     * The path that shows the block of {@code height} to be among the first {@code leafCount} blocks of the chain; empty
     * if it is not among them, or there are fewer.
     *
     * @param leafCount unsigned; one more than the tip's height for the whole chain
     */
    public Optional<MmrMembershipProof> path(BlockHeight height, long leafCount) {
        return blocks.path(height.value(), leafCount);
    }

    /**
     * The path of the block of {@code height} in a longer chain that begins with this one, when that of the tip is known
     * there; empty if it cannot be.
     *
     * @param leafCount of the longer chain, unsigned
     * @param ofTip the path of this chain's tip in the longer one
     */
    public Optional<MmrMembershipProof> stretchedPath(BlockHeight height, long leafCount, MmrMembershipProof ofTip) {
        return blocks.stretched(height.value(), leafCount, ofTip);
    }

    /** The chain's block of this height; empty above the tip. */
    public Optional<Block> blockAt(BlockHeight height) throws StoreException {
        Optional<Digest> digest = digestAt(height);
        return digest.isPresent() ? block(digest.get()) : Optional.empty();
    }

    /** The header of the chain's block of this height; empty above the tip. */
    public Optional<BlockHeaderWithBlockHashWitness> headerAt(BlockHeight height) throws StoreException {
        Optional<Digest> digest = digestAt(height);
        return digest.isPresent() ? header(digest.get()) : Optional.empty();
    }

    /** Any stored block, also one that is not on the chain, or came after this moment. */
    public Optional<Block> block(Digest digest) throws StoreException {
        return digest.equals(tip.digest()) ? Optional.of(tip.block()) : store.block(digest);
    }

    /** The same as the parent of others. */
    public Optional<ParentBlock> asParent(Digest digest) throws StoreException {
        return block(digest).map(block -> new ParentBlock(block, digest));
    }

    /** The header of any stored block, as {@link #block} has it. */
    public Optional<BlockHeaderWithBlockHashWitness> header(Digest digest) throws StoreException {
        return digest.equals(tip.digest()) ? Optional.of(tip.headerWithWitness()) : store.header(digest);
    }

    /** The digests of all stored blocks of one height, of the chain and beside it, also those that came after this moment. */
    public List<Digest> blocksAt(BlockHeight height) throws StoreException {
        return store.blocksAt(height);
    }
}
