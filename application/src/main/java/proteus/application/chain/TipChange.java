package proteus.application.chain;

import java.util.List;
import proteus.domain.hash.Digest;

/**
 * The chain has another tip.
 *
 * @param chain the chain with the new tip
 * @param left the blocks that are no longer on it, lowest first; empty if it only grew
 * @param entered the blocks that are new on it, lowest first; never empty
 */
public record TipChange(ChainSnapshot chain, List<Digest> left, List<Digest> entered) {

    public TipChange {
        left = List.copyOf(left);
        entered = List.copyOf(entered);
    }
}
