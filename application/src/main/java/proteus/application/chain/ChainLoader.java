package proteus.application.chain;

import java.util.List;
import java.util.Optional;
import proteus.application.port.ChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;
import proteus.application.port.StoredBlock;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Genesis;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.ArchivalMmr;
import proteus.domain.network.Network;

/**
 * Reads the chain from its store, and looks whether its parts fit together.
 *
 * @param network whose chain it should be
 * @param store where it is
 */
record ChainLoader(Network network, ChainStore store) {

    private static final int PAGE = 4096;

    /** Puts genesis into a store that has nothing yet. */
    void begin() throws StoreException {
        if (isEmpty()) {
            StoredBlock genesis = StoredBlock.of(Genesis.of(network).block());
            store.adopt(List.of(genesis), BlockHeight.GENESIS, List.of(genesis.digest()));
        }
    }

    /** Whether nothing was stored yet. */
    boolean isEmpty() throws StoreException {
        if (store.tip().isPresent()) {
            return false;
        }
        if (!store.chain(BlockHeight.GENESIS, 1).isEmpty()
                || !store.blocksAt(BlockHeight.GENESIS).isEmpty()) {
            throw corrupt("it has blocks and no tip");
        }
        return true;
    }

    /**
     * The stored chain.
     *
     * @throws StoreException if there is none, it is of another network, or its parts do not fit
     */
    ChainSnapshot load() throws StoreException {
        ArchivalMmr blocks = digests();
        Digest genesis = Genesis.of(network).digest();
        Digest first = blocks.leaf(0).orElseThrow(() -> corrupt("it has no first block"));
        if (!first.equals(genesis)) {
            throw new StoreException(
                    StoreException.Store.CHAIN,
                    Reason.OTHER_NETWORK,
                    "The chain store holds the chain of another network: its first block is " + first + ", that of "
                            + network.id() + " is " + genesis + ". Nothing was changed.");
        }
        Digest last = blocks.leaf(blocks.leafCount() - 1).orElseThrow();
        if (!store.tip().equals(Optional.of(last))) {
            throw corrupt("its tip is not the last block of its chain");
        }
        return new ChainSnapshot(store, tip(last, blocks), blocks);
    }

    private ArchivalMmr digests() throws StoreException {
        ArchivalMmr blocks = ArchivalMmr.EMPTY;
        List<Digest> page;
        do {
            page = store.chain(new BlockHeight(blocks.leafCount()), PAGE);
            for (Digest digest : page) {
                blocks = blocks.append(digest);
            }
        } while (page.size() == PAGE);
        return blocks;
    }

    /** The tip, whose body must commit to all blocks before it. */
    private StoredBlock tip(Digest digest, ArchivalMmr blocks) throws StoreException {
        Block block = store.block(digest).orElseThrow(() -> corrupt("the block of its tip is missing"));
        StoredBlock tip = StoredBlock.of(block);
        long height = blocks.leafCount() - 1;
        if (!tip.digest().equals(digest) || tip.header().height().value() != height) {
            throw corrupt("the block of its tip is another one");
        }
        if (!block.kernel().body().blockMmrAccumulator().equals(blocks.accumulator(height))) {
            throw corrupt("its chain is not the one that its tip stands on");
        }
        return tip;
    }

    private static StoreException corrupt(String what) {
        return new StoreException(
                StoreException.Store.CHAIN,
                Reason.CORRUPT,
                "The chain store is damaged (" + what
                        + "). Nothing was changed. Move its directory away to fetch the chain anew.");
    }
}
