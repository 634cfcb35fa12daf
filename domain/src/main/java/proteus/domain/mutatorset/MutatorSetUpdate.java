package proteus.domain.mutatorset;

import java.util.List;
import java.util.Optional;

/**
 * What a transaction or block does to the mutator set: first it adds in order, then it removes all at once.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code mutator_set_update.rs}.
 *
 * @param removals valid before the additions; not packed. Their order does not matter to the result
 * @param additions their order does
 */
public record MutatorSetUpdate(List<RemovalRecord> removals, List<AdditionRecord> additions) {

    public MutatorSetUpdate {
        removals = List.copyOf(removals);
        additions = List.copyOf(additions);
    }

    /**
     * The set after the update; empty if {@code accumulator} is not consistent or too full, a removal record is not valid
     * against it, or the removals are not possible together after the additions.
     */
    public Optional<MutatorSetAccumulator> applyTo(MutatorSetAccumulator accumulator) {
        return EvolvingMutatorSet.of(accumulator)
                .filter(set -> set.hasRoomFor(additions.size()))
                .filter(set -> removals.stream().allMatch(set::learn))
                .filter(this::applyTo)
                .map(EvolvingMutatorSet::accumulator);
    }

    /**
     * Applies the update to {@code set}, which must have learned the removals. If it is not possible, the set is left with
     * the additions only.
     *
     * @return whether it is possible
     * @throws IllegalStateException if a removal was not learned, or the set is full
     */
    public boolean applyTo(EvolvingMutatorSet set) {
        additions.forEach(set::add);
        boolean possible = set.canRemoveAll(removals);
        if (possible) {
            set.remove(removals);
        }
        return possible;
    }
}
