package proteus.application.contract;

import proteus.application.chain.ChainTip;
import proteus.application.chain.ChainView;
import proteus.domain.block.Genesis;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;

/** The chain of a node that keeps no blocks: it stays at genesis. Immutable. */
public final class GenesisChain implements ChainView {

    private final ChainTip tip;

    private GenesisChain(ChainTip tip) {
        this.tip = tip;
    }

    /** The chain of {@code network} with its first block only. Computes some hundreds of hashes. */
    public static GenesisChain of(Network network) {
        Genesis genesis = Genesis.of(network);
        return new GenesisChain(new ChainTip(genesis.header(), genesis.digest(), genesis.witness()));
    }

    @Override
    public Digest genesis() {
        return tip.digest();
    }

    @Override
    public ChainTip tip() {
        return tip;
    }
}
