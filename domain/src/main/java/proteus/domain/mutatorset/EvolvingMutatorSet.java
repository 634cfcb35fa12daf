package proteus.domain.mutatorset;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.PartialMmr;

/**
 * A mutator set while additions and removals are applied to it, together with the removal records and membership proofs
 * that are to follow.
 *
 * <p>A record or proof is learned once, when it is valid; from then on all that is learned shares one copy of the chunks
 * and of the nodes above them. So an addition or removal costs the same however many follow, and what it does to a record
 * is only written out by {@link #updated}. Not safe for use by many threads. Source: neptune-mutator-set 0.19.4, {@code
 * mutator_set_accumulator.rs}, {@code removal_record.rs}.
 */
public final class EvolvingMutatorSet {

    private final PartialMmr aocl;
    private final InactiveChunks inactive;
    private final MovingWindow window;

    private EvolvingMutatorSet(PartialMmr aocl, PartialMmr inactive, ActiveWindow window) {
        this.aocl = aocl;
        this.inactive = new InactiveChunks(inactive);
        this.window = new MovingWindow(window);
    }

    /**
     * The set as {@code accumulator} has it; empty if that is not {@link MutatorSetAccumulator#isConsistent consistent}.
     */
    public static Optional<EvolvingMutatorSet> of(MutatorSetAccumulator accumulator) {
        if (!accumulator.isConsistent()) {
            return Optional.empty();
        }
        return PartialMmr.of(accumulator.aocl())
                .flatMap(aocl -> PartialMmr.of(accumulator.swbfInactive())
                        .map(inactive -> new EvolvingMutatorSet(aocl, inactive, accumulator.swbfActive())));
    }

    /** The set as it is now. */
    public MutatorSetAccumulator accumulator() {
        return new MutatorSetAccumulator(aocl.accumulator(), inactive.accumulator(), window.window());
    }

    /**
     * Learns a removal record, if it is valid: it has no indices beyond the window, and its dictionary has just the
     * inactive chunks that it touches, each proven. Whether it can be removed is another question.
     *
     * @return whether it is valid
     */
    public boolean learn(RemovalRecord record) {
        return inactive.learn(record.absoluteIndices(), record.targetChunks());
    }

    /**
     * Learns a membership proof, if it is valid: the item has been added, and its chunks are proven. It may have been
     * removed since.
     *
     * @return whether it is valid
     */
    public boolean learn(Digest item, MsMembershipProof proof) {
        Digest commitment = proof.additionRecord(item).canonicalCommitment();
        return aocl.learn(proof.aoclLeafIndex(), commitment, proof.authPathAocl())
                && inactive.learn(proof.indices(item), proof.targetChunks());
    }

    /** Whether so many items can be added. */
    public boolean hasRoomFor(int items) {
        return aocl.leafCount() <= SlidingWindow.MAX_ITEMS - items;
    }

    /**
     * Adds an item.
     *
     * @throws IllegalStateException if the set is full
     */
    public void add(AdditionRecord addition) {
        if (!hasRoomFor(1)) {
            throw new IllegalStateException("the mutator set is full");
        }
        long index = aocl.leafCount();
        aocl.append(addition.canonicalCommitment());
        if (SlidingWindow.slidesAt(index)) {
            inactive.append(window.slide());
        }
    }

    /**
     * Adds an item and learns the proof that it is in the set.
     *
     * @throws IllegalStateException if the set is full
     */
    public MsMembershipProof add(Digest item, Digest senderRandomness, Digest receiverPreimage) {
        long index = aocl.leafCount();
        add(AdditionRecord.commit(item, senderRandomness, AdditionRecord.receiverDigest(receiverPreimage)));
        // All indices are in the window, which has not moved beyond the item's batch.
        return new MsMembershipProof(
                senderRandomness, receiverPreimage, aocl.path(index), index, ChunkDictionary.empty());
    }

    /**
     * Whether a learned record can be removed: not all of its indices are set.
     *
     * @throws IllegalStateException if the record was not learned
     */
    public boolean canRemove(RemovalRecord record) {
        return Arrays.stream(record.absoluteIndices().toSortedLongs()).anyMatch(index -> !isSet(index));
    }

    /**
     * Whether learned records can be removed together: each has an index that is not set, and that no other has.
     *
     * @throws IllegalStateException if a record was not learned
     */
    public boolean canRemoveAll(List<RemovalRecord> records) {
        long[] all = indicesOf(records);
        return records.stream()
                .map(record -> record.absoluteIndices().toSortedLongs())
                .allMatch(own -> hasIndexOfItsOwn(own, all));
    }

    private boolean hasIndexOfItsOwn(long[] own, long[] all) {
        int end;
        for (int start = 0; start < own.length; start = end) {
            end = start + 1;
            while (end < own.length && own[end] == own[start]) {
                end++;
            }
            int afterOwn = UnsignedLongs.countBelow(all, own[start]) + end - start;
            boolean othersHaveIt = afterOwn < all.length && all[afterOwn] == own[start];
            if (!othersHaveIt && !isSet(own[start])) {
                return true;
            }
        }
        return false;
    }

    /**
     * Removes learned records together. Ask {@link #canRemoveAll} first.
     *
     * @throws IllegalStateException if a record was not learned
     */
    public void remove(List<RemovalRecord> records) {
        long[] all = indicesOf(records);
        int split = UnsignedLongs.countBelow(all, inactive.end());
        int[] positions = new int[all.length - split];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (int) (all[split + i] - inactive.end());
        }
        window.insert(positions);
        inactive.insert(Arrays.copyOf(all, split));
    }

    /**
     * A learned record as it is now.
     *
     * @throws IllegalStateException if it was not learned
     */
    public RemovalRecord updated(RemovalRecord record) {
        return new RemovalRecord(record.absoluteIndices(), inactive.dictionary(record.absoluteIndices()));
    }

    /**
     * The learned membership proof of {@code item} as it is now.
     *
     * @throws IllegalStateException if it was not learned
     */
    public MsMembershipProof updated(Digest item, MsMembershipProof proof) {
        return new MsMembershipProof(
                proof.senderRandomness(),
                proof.receiverPreimage(),
                aocl.path(proof.aoclLeafIndex()),
                proof.aoclLeafIndex(),
                inactive.dictionary(proof.indices(item)));
    }

    private boolean isSet(long index) {
        return index < inactive.end() ? inactive.contains(index) : window.contains((int) (index - inactive.end()));
    }

    private static long[] indicesOf(List<RemovalRecord> records) {
        long[] all = new long[Math.multiplyExact(records.size(), AbsoluteIndexSet.SIZE)];
        int filled = 0;
        for (RemovalRecord record : records) {
            for (long index : record.absoluteIndices().toSortedLongs()) {
                all[filled++] = index;
            }
        }
        Arrays.sort(all);
        return all;
    }
}
