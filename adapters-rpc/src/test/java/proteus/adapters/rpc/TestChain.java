package proteus.adapters.rpc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import proteus.application.chain.ChainState;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.InMemoryChainStore;
import proteus.application.port.StoreException;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.block.Block;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.network.Network;

/** A chain in memory, and what it needs to be open. */
public final class TestChain implements AutoCloseable {

    /** Later than any block of a test. */
    private static final Instant LATER = Instant.ofEpochMilli(ComposedChain.after(1_000_000));

    private final InMemoryChainStore store = new InMemoryChainStore();
    private final PlatformWorkPool pool = new PlatformWorkPool("rpc-test-", 2, 8);
    private final ChainState state;

    /** With genesis alone. */
    public TestChain(Network network) {
        try {
            state = ChainState.open(
                    network, store, new BlockValidation(network, KnownClaims.none()), pool, () -> LATER);
        } catch (StoreException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Submits blocks, each the parent of the next. */
    public TestChain with(List<Block> branch) {
        try {
            state.submit(branch, ChainState.Losers.KEEP);
            return this;
        } catch (StoreException | InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The chain. */
    public ChainState state() {
        return state;
    }

    /** From now on its store fails. */
    public void breakStore() {
        store.fail(Optional.of(
                new StoreException(StoreException.Store.CHAIN, StoreException.Reason.IO, "the disk is gone")));
    }

    @Override
    public void close() {
        state.close();
        pool.close();
    }
}
