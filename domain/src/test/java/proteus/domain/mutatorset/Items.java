package proteus.domain.mutatorset;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import proteus.domain.generator.Elements;
import proteus.domain.hash.Digest;

/** Items with their owner's secrets, and sets that they are in. */
public final class Items {

    /** An item in a set, and the proof of it. */
    public record Owned(Digest item, MsMembershipProof proof) {

        /** What removes it. */
        public RemovalRecord removal() {
            return proof.drop(item);
        }

        /** The same with the proof as {@code set} has it. */
        public Owned updated(EvolvingMutatorSet set) {
            return new Owned(item, set.updated(item, proof));
        }
    }

    private Items() {}

    /** Adds {@code count} random items to {@code set}, which knows their proofs from then on. */
    public static List<Owned> add(RandomGenerator random, int count, EvolvingMutatorSet set) {
        List<Owned> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Digest item = Elements.digest(random);
            added.add(new Owned(item, set.add(item, Elements.digest(random), Elements.digest(random))));
        }
        return added.stream().map(owned -> owned.updated(set)).toList();
    }

    /** The set without items. */
    public static EvolvingMutatorSet emptySet() {
        return EvolvingMutatorSet.of(MutatorSetAccumulator.EMPTY).orElseThrow();
    }

    /** The removal records of items. */
    public static List<RemovalRecord> removals(List<Owned> owned) {
        return owned.stream().map(Owned::removal).toList();
    }
}
