package proteus.domain.transaction.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.EvolvingMutatorSet;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;

/**
 * The mutator sets after the tip and its nearest ancestors, and what the blocks between them did: so that a transaction
 * that was made against one of them can be judged. Immutable.
 *
 * <p>Source: neptune-mempool 0.19.4, {@code recent_mutator_sets.rs}.
 */
public final class RecentMutatorSets {

    /** How many blocks before the tip are kept. */
    public static final int MAX_TX_SYNC_DEPTH = 3;

    /** Oldest first. */
    private final List<Entry> entries;

    private RecentMutatorSets(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** A mutator set, its hash, and what made it out of the one before. */
    private record Entry(Digest hash, MutatorSetAccumulator mutatorSet, MutatorSetUpdate update) {}

    /** Only the set after the tip, as after a reorganisation or a start. */
    public static RecentMutatorSets of(MutatorSetAccumulator tip) {
        return new RecentMutatorSets(List.of(entry(tip, new MutatorSetUpdate(List.of(), List.of()))));
    }

    /**
     * The sets with one block more.
     *
     * @param update what the block does: adds the transaction's outputs and the guesser's, removes the inputs, not packed
     * @return empty if the update is not possible
     */
    public Optional<RecentMutatorSets> extendedBy(MutatorSetUpdate update) {
        return update.applyTo(tip()).map(after -> {
            List<Entry> all = new ArrayList<>(entries);
            all.add(entry(after, update));
            return new RecentMutatorSets(all.subList(Math.max(0, all.size() - MAX_TX_SYNC_DEPTH - 1), all.size()));
        });
    }

    /** The set after the tip. */
    public MutatorSetAccumulator tip() {
        return entries.getLast().mutatorSet();
    }

    /** Whether {@code hash} is that of the set after the tip. */
    public boolean isTip(Digest hash) {
        return entries.getLast().hash().equals(hash);
    }

    /** The set whose hash this is, if it is one of these. */
    public Optional<MutatorSetAccumulator> mutatorSet(Digest hash) {
        return entries.stream()
                .filter(entry -> entry.hash().equals(hash))
                .map(Entry::mutatorSet)
                .findFirst();
    }

    /**
     * Brings removal records forward to the tip.
     *
     * @param hash of one of these sets
     * @param records valid against that set
     * @throws IllegalArgumentException if it is none of these sets, or a record not valid
     */
    public CatchUp catchUp(Digest hash, List<RemovalRecord> records) {
        int position = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).hash().equals(hash))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a recent mutator set: " + hash));
        EvolvingMutatorSet set =
                EvolvingMutatorSet.of(entries.get(position).mutatorSet()).orElseThrow();
        if (!records.stream().allMatch(set::learn)) {
            throw new IllegalArgumentException("a removal record that is not valid");
        }
        for (Entry entry : entries.subList(position + 1, entries.size())) {
            advance(set, entry.update());
        }
        for (int i = 0; i < records.size(); i++) {
            if (!set.canRemove(records.get(i))) {
                return new CatchUp.SpentSince(i);
            }
        }
        return new CatchUp.CaughtUp(records.stream().map(set::updated).toList());
    }

    private static void advance(EvolvingMutatorSet set, MutatorSetUpdate update) {
        if (!update.removals().stream().allMatch(set::learn) || !update.applyTo(set)) {
            throw new IllegalStateException("an update that was possible is not");
        }
    }

    private static Entry entry(MutatorSetAccumulator mutatorSet, MutatorSetUpdate update) {
        return new Entry(mutatorSet.hash(), mutatorSet, update);
    }

    /** What becomes of removal records. */
    public sealed interface CatchUp {

        /**
         * None of them is spent.
         *
         * @param records the same, valid against the set after the tip
         */
        record CaughtUp(List<RemovalRecord> records) implements CatchUp {
            public CaughtUp {
                records = List.copyOf(records);
            }
        }

        /**
         * One is spent.
         *
         * @param index of the first such record
         */
        record SpentSince(int index) implements CatchUp {}
    }
}
