package proteus.domain.mutatorset;

import proteus.domain.codec.FieldWriter;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;
import proteus.domain.mmr.MmrAccumulator;

/**
 * The mutator set reduced to what is needed to check and apply updates.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code mutator_set_accumulator.rs}.
 *
 * @param aocl the append-only commitment list, one leaf for each item ever added
 * @param swbfInactive the inactive part of the sliding-window Bloom filter, one leaf for each chunk
 * @param swbfActive the active part of that filter
 */
public record MutatorSetAccumulator(MmrAccumulator aocl, MmrAccumulator swbfInactive, ActiveWindow swbfActive) {

    /**
     * The commitment to the whole set, which transaction kernels name. A block's body commits to the set by its encoding
     * instead.
     */
    public Digest hash() {
        FieldWriter window = new FieldWriter();
        MutatorSetEncoding.write(window, swbfActive);
        return Tip5.hashPair(Tip5.hashPair(aocl.bag(), swbfInactive.bag()), Tip5.hashPair(window.hash(), Digest.ZERO));
    }
}
