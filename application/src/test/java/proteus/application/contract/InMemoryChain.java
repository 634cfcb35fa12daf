package proteus.application.contract;

import java.time.InstantSource;
import proteus.application.chain.ChainState;
import proteus.application.port.ChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.WorkPool;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.network.Network;

/** Chains that are kept in memory. */
public final class InMemoryChain {

    private InMemoryChain() {}

    /** The chain of genesis alone. */
    public static ChainState of(Network network, WorkPool pool, InstantSource clock) {
        return over(new InMemoryChainStore(), network, pool, clock);
    }

    /** The chain that a store has. */
    public static ChainState over(ChainStore store, Network network, WorkPool pool, InstantSource clock) {
        try {
            return ChainState.open(network, store, new BlockValidation(network, KnownClaims.none()), pool, clock);
        } catch (StoreException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
