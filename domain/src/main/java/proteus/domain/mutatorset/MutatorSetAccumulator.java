package proteus.domain.mutatorset;

import java.util.List;
import java.util.Optional;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;
import proteus.domain.mmr.MmrAccumulator;

/**
 * The mutator set reduced to what is needed to check and apply updates.
 *
 * <p>As it comes from the wire it may be inconsistent. What follows the updates of a chain is always consistent. Source:
 * neptune-mutator-set 0.19.4, {@code mutator_set_accumulator.rs}.
 *
 * @param aocl the append-only commitment list, one leaf for each item ever added
 * @param swbfInactive the inactive part of the sliding-window Bloom filter, one leaf for each chunk
 * @param swbfActive the active part of that filter
 */
public record MutatorSetAccumulator(MmrAccumulator aocl, MmrAccumulator swbfInactive, ActiveWindow swbfActive) {

    /** The set to which nothing was added. */
    public static final MutatorSetAccumulator EMPTY = new MutatorSetAccumulator(
            MmrAccumulator.EMPTY, MmrAccumulator.EMPTY, new ActiveWindow(U32Sequence.empty()));

    /**
     * Whether this can be the accumulator of a mutator set: both ranges have as many peaks as they must, there are as many
     * inactive chunks as the items have made so, and the active positions ascend in the window. Sets of more than 2^52
     * items are not worked with, and not consistent either.
     */
    public boolean isConsistent() {
        return aocl.isConsistent()
                && Long.compareUnsigned(aocl.leafCount(), SlidingWindow.MAX_ITEMS) <= 0
                && swbfInactive.isConsistent()
                && swbfInactive.leafCount() == SlidingWindow.inactiveChunks(aocl.leafCount())
                && SortedWords.ascendBelow(swbfActive.sbf(), SlidingWindow.WINDOW_SIZE);
    }

    /** The set with these items added in order; empty if this one is not consistent. */
    public Optional<MutatorSetAccumulator> add(List<AdditionRecord> additions) {
        return new MutatorSetUpdate(List.of(), additions).applyTo(this);
    }

    /** Whether {@code record} is valid against this set: it has just the inactive chunks that it needs, each proven. */
    public boolean validates(RemovalRecord record) {
        return EvolvingMutatorSet.of(this).filter(set -> set.learn(record)).isPresent();
    }

    /** Whether {@code record} is valid and not all of its indices are set. */
    public boolean canRemove(RemovalRecord record) {
        return EvolvingMutatorSet.of(this)
                .filter(set -> set.learn(record) && set.canRemove(record))
                .isPresent();
    }

    /** Whether {@code proof} shows that {@code item} was added and has not been removed. */
    public boolean verify(Digest item, MsMembershipProof proof) {
        return EvolvingMutatorSet.of(this)
                .filter(set -> set.learn(item, proof) && set.canRemove(proof.drop(item)))
                .isPresent();
    }

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
