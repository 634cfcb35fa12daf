package proteus.adapters.rpc.chain;

import java.util.Optional;
import proteus.adapters.rpc.value.BlockSelector;
import proteus.application.chain.ChainSnapshot;
import proteus.application.port.StoreException;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;

/** Finds the blocks that clients name. Source: neptune-cash 0.19.4, {@code block_selector.rs}. */
public final class SelectedBlock {

    private final ChainSnapshot chain;

    /** Of the chain as of one moment. */
    public SelectedBlock(ChainSnapshot chain) {
        this.chain = chain;
    }

    /** The digest that {@code selector} names; a digest names itself, whether or not there is such a block. */
    public Optional<Digest> digest(BlockSelector selector) {
        return switch (selector) {
            case BlockSelector.Genesis() -> Optional.of(chain.genesis());
            case BlockSelector.Tip() -> Optional.of(chain.tip().digest());
            case BlockSelector.ByDigest(Digest digest) -> Optional.of(digest);
            case BlockSelector.ByHeight(long height) -> chain.digestAt(new BlockHeight(BFieldElement.reduce(height)));
        };
    }

    /** The block, of the chain or beside it; empty if there is none. */
    public Optional<Block> block(BlockSelector selector) throws StoreException {
        Optional<Digest> digest = digest(selector);
        return digest.isPresent() ? chain.block(digest.get()) : Optional.empty();
    }

    /** Its header, likewise. */
    public Optional<BlockHeader> header(BlockSelector selector) throws StoreException {
        Optional<Digest> digest = digest(selector);
        return digest.isPresent() ? header(digest.get()) : Optional.empty();
    }

    /** The header of the block with this digest, likewise. */
    public Optional<BlockHeader> header(Digest digest) throws StoreException {
        return chain.header(digest).map(BlockHeaderWithBlockHashWitness::header);
    }

    /** Whether the block with this digest is known and on the chain. */
    public boolean isCanonical(Digest digest) throws StoreException {
        return header(digest)
                .filter(header -> chain.isOnChain(header.height(), digest))
                .isPresent();
    }
}
