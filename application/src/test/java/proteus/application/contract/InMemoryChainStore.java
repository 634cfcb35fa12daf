package proteus.application.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.ChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/** A chain store that forgets everything when the program ends. */
public final class InMemoryChainStore implements ChainStore {

    private final Map<Digest, StoredBlock> blocks = new HashMap<>();
    private final List<Digest> chain = new ArrayList<>();
    private Optional<StoreException> broken = Optional.empty();
    private boolean closed;

    /** A store that has this chain. */
    public static InMemoryChainStore of(ComposedChain chain) {
        InMemoryChainStore store = new InMemoryChainStore();
        chain.blocks().forEach(block -> {
            store.blocks.put(block.digest(), block);
            store.chain.add(block.digest());
        });
        return store;
    }

    /** From now on every call fails like this, until it is mended with empty. */
    public synchronized void fail(Optional<StoreException> failure) {
        broken = failure;
    }

    @Override
    public synchronized Optional<Digest> tip() throws StoreException {
        requireWorking();
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.getLast());
    }

    @Override
    public synchronized List<Digest> chain(BlockHeight from, int most) throws StoreException {
        requireWorking();
        if (most < 0) {
            throw new IllegalArgumentException("a negative number of digests: " + most);
        }
        int begin = Long.compareUnsigned(from.value(), chain.size()) < 0 ? (int) from.value() : chain.size();
        return List.copyOf(chain.subList(begin, (int) Math.min(chain.size(), (long) begin + most)));
    }

    @Override
    public synchronized Optional<Block> block(Digest digest) throws StoreException {
        requireWorking();
        return Optional.ofNullable(blocks.get(digest)).map(StoredBlock::block);
    }

    @Override
    public synchronized Optional<BlockHeaderWithBlockHashWitness> header(Digest digest) throws StoreException {
        requireWorking();
        return Optional.ofNullable(blocks.get(digest)).map(StoredBlock::headerWithWitness);
    }

    @Override
    public synchronized List<Digest> blocksAt(BlockHeight height) throws StoreException {
        requireWorking();
        return blocks.values().stream()
                .filter(block -> block.header().height().equals(height))
                .map(StoredBlock::digest)
                .sorted(InMemoryChainStore::byBytes)
                .toList();
    }

    private static int byBytes(Digest left, Digest right) {
        for (int i = 0; i < Digest.LENGTH; i++) {
            int order = Long.compareUnsigned(left.at(i), right.at(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public synchronized void keep(List<StoredBlock> more) throws StoreException {
        requireWorking();
        more.forEach(block -> blocks.putIfAbsent(block.digest(), block));
    }

    @Override
    public synchronized void adopt(List<StoredBlock> more, BlockHeight from, List<Digest> branch)
            throws StoreException {
        requireWorking();
        requireBranch(more, from, branch);
        keep(more);
        chain.subList((int) from.value(), chain.size()).clear();
        chain.addAll(branch);
    }

    private void requireBranch(List<StoredBlock> more, BlockHeight from, List<Digest> branch) {
        if (branch.isEmpty() || Long.compareUnsigned(from.value(), chain.size()) > 0) {
            throw new IllegalArgumentException(branch.size() + " blocks from height " + from + " on");
        }
        Map<Digest, BlockHeight> heights = new LinkedHashMap<>();
        more.forEach(block -> heights.put(block.digest(), block.header().height()));
        BlockHeight height = from;
        for (Digest digest : branch) {
            Optional<BlockHeight> stored = Optional.ofNullable(blocks.get(digest))
                    .map(block -> block.header().height())
                    .or(() -> Optional.ofNullable(heights.get(digest)));
            if (!stored.equals(Optional.of(height))) {
                throw new IllegalArgumentException("no block " + digest + " of height " + height);
            }
            height = height.next();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void requireWorking() throws StoreException {
        if (closed) {
            throw new StoreException(
                    StoreException.Store.CHAIN, StoreException.Reason.CLOSED, "The chain store is closed.");
        }
        if (broken.isPresent()) {
            throw broken.get();
        }
    }
}
