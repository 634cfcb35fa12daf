package proteus.domain.mutatorset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proteus.domain.block.Genesis;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.mutatorset.Items.Owned;
import proteus.domain.network.Network;

/** What is refused, rule by rule. */
class MutatorSetRulesTest {

    private static final Digest DIGEST = new Digest(1, 2, 3, 4, 5);
    private static final int ITEMS = 700;

    private final EvolvingMutatorSet set = Items.emptySet();
    private final List<Owned> owned = Items.add(new SplittableRandom(1), ITEMS, set);
    private final MutatorSetAccumulator accumulator = set.accumulator();

    /** Old enough to have inactive chunks. */
    private final RemovalRecord old = owned.getFirst().removal();

    @Test
    void thePremineLeadsFromTheEmptySetToThatOfGenesis() {
        var body = Genesis.of(new Network.Main()).block().kernel().body();

        assertThat(MutatorSetAccumulator.EMPTY.add(body.transactionKernel().outputs()))
                .contains(body.mutatorSetAccumulator());
    }

    @Test
    void anItemIsRemovedOnce() {
        MutatorSetUpdate removal = new MutatorSetUpdate(List.of(old), List.of());

        MutatorSetAccumulator after = removal.applyTo(accumulator).orElseThrow();

        assertThat(removal.applyTo(after)).isEmpty();
        set.learn(old);
        set.remove(List.of(old));
        assertThat(set.accumulator()).isEqualTo(after);
        RemovalRecord again = set.updated(old);
        assertThat(after.validates(again)).isTrue();
        assertThat(after.canRemove(again)).isFalse();
        assertThat(new MutatorSetUpdate(List.of(again), List.of()).applyTo(after))
                .isEmpty();
    }

    @Test
    void anItemIsNotRemovedTwiceAtOnce() {
        assertThat(accumulator.canRemove(old)).isTrue();
        assertThat(new MutatorSetUpdate(List.of(old, old), List.of()).applyTo(accumulator))
                .isEmpty();
    }

    @Test
    void aRecordNeedsAnIndexThatNoOtherHas() {
        // 45 equal indices are one, and the others have it.
        AbsoluteIndexSet shared = repeated(accumulator.swbfInactive().leafCount() * 4096 + 5);
        RemovalRecord inWindow = new RemovalRecord(shared, ChunkDictionary.empty());
        int[] distances = new int[45];
        distances[44] = 1;
        RemovalRecord withOneMore = new RemovalRecord(
                new AbsoluteIndexSet(0, shared.minimumLow(), U32Sequence.owning(distances)), ChunkDictionary.empty());

        assertThat(new MutatorSetUpdate(List.of(inWindow), List.of()).applyTo(accumulator))
                .isPresent();
        assertThat(new MutatorSetUpdate(List.of(withOneMore), List.of()).applyTo(accumulator))
                .isPresent();
        assertThat(new MutatorSetUpdate(List.of(inWindow, withOneMore), List.of()).applyTo(accumulator))
                .isEmpty();
    }

    @Test
    void theOrderOfAdditionsMattersAndThatOfRemovalsDoesNot() {
        List<RemovalRecord> removals = Items.removals(owned.subList(0, 10));
        List<AdditionRecord> additions = Stream.of(1, 2, 3)
                .map(i -> new AdditionRecord(new Digest(i, 0, 0, 0, 0)))
                .toList();

        MutatorSetAccumulator after =
                new MutatorSetUpdate(removals, additions).applyTo(accumulator).orElseThrow();

        assertThat(new MutatorSetUpdate(removals.reversed(), additions).applyTo(accumulator))
                .contains(after);
        assertThat(new MutatorSetUpdate(removals, additions.reversed())
                        .applyTo(accumulator)
                        .orElseThrow())
                .isNotEqualTo(after);
    }

    @Test
    void theDictionaryHasJustTheChunksThatTheIndicesTouch() {
        List<ChunkDictionary.Entry> entries = old.targetChunks().entries();
        assertThat(entries).hasSizeGreaterThan(2);

        assertThat(accumulator.validates(with(entries))).isTrue();
        assertThat(accumulator.validates(with(entries.reversed()))).isTrue();
        assertThat(accumulator.validates(with(entries.subList(1, entries.size()))))
                .isFalse();
        assertThat(accumulator.validates(with(with(entries, entries.getFirst()))))
                .isFalse();
        List<ChunkDictionary.Entry> doubled = new ArrayList<>(entries);
        doubled.set(1, entries.getFirst());
        assertThat(accumulator.validates(with(doubled))).isFalse();
        assertThat(accumulator.validates(with(with(entries, untouched(entries)))))
                .isFalse();
    }

    @Test
    void everyChunkIsProven() {
        List<ChunkDictionary.Entry> entries = old.targetChunks().entries();
        for (int i = 0; i < entries.size(); i++) {
            ChunkDictionary.Entry entry = entries.get(i);
            Chunk otherChunk = entry.chunk().with(new int[] {4095});
            List<Digest> path = new ArrayList<>(entry.membershipProof().authenticationPath());
            path.set(path.size() - 1, DIGEST);

            assertThat(accumulator.validates(
                            with(replaced(entries, i, entry(entry, entry.membershipProof(), otherChunk)))))
                    .isFalse();
            assertThat(accumulator.validates(
                            with(replaced(entries, i, entry(entry, new MmrMembershipProof(path), entry.chunk())))))
                    .isFalse();
            assertThat(accumulator.validates(with(replaced(
                            entries,
                            i,
                            entry(entry, new MmrMembershipProof(path.subList(1, path.size())), entry.chunk())))))
                    .isFalse();
        }
    }

    @Test
    void whatOneRecordHasShownIsNoExcuseForTheNext() {
        List<ChunkDictionary.Entry> entries = old.targetChunks().entries();
        ChunkDictionary.Entry first = entries.getFirst();
        RemovalRecord wrong =
                with(replaced(entries, 0, entry(first, new MmrMembershipProof(List.of(DIGEST)), first.chunk())));

        assertThat(set.learn(old)).isTrue();
        assertThat(set.learn(wrong)).isFalse();
        assertThat(set.learn(with(entries.subList(1, entries.size())))).isFalse();
        assertThat(set.learn(old)).isTrue();
    }

    @Test
    void indicesBeyondTheWindowAreRefused() {
        long end = accumulator.swbfInactive().leafCount() * 4096 + (1 << 20);
        ChunkDictionary none = ChunkDictionary.empty();

        assertThat(accumulator.canRemove(new RemovalRecord(repeated(end - 1), none)))
                .isTrue();
        assertThat(accumulator.validates(new RemovalRecord(repeated(end), none)))
                .isFalse();
        for (AbsoluteIndexSet far : List.of(
                repeated(-1),
                new AbsoluteIndexSet(1, 0, U32Sequence.owning(new int[45])),
                new AbsoluteIndexSet(1 << 12, end - 1, U32Sequence.owning(new int[45])),
                new AbsoluteIndexSet(-1, -1, allOf(-1)),
                new AbsoluteIndexSet(0, end - 1, allOf(-1)))) {
            assertThat(accumulator.validates(new RemovalRecord(far, none))).isFalse();
            assertThat(new MutatorSetUpdate(List.of(new RemovalRecord(far, none)), List.of()).applyTo(accumulator))
                    .isEmpty();
        }
    }

    @Test
    void aRecordOfAnEarlierSetIsNotValid() {
        Owned next = Items.add(new SplittableRandom(2), 1, set).getFirst();
        Items.add(new SplittableRandom(3), 400, set);

        assertThat(set.accumulator().validates(old)).isFalse();
        assertThat(set.accumulator().verify(next.item(), next.proof())).isFalse();
        // A record does not say which item it is of; a proof does.
        assertThat(accumulator.canRemove(next.removal())).isTrue();
        assertThat(accumulator.verify(next.item(), next.proof())).isFalse();
    }

    @Test
    void aProofIsOfItsItem() {
        Owned first = owned.getFirst();
        MsMembershipProof proof = first.proof();
        MsMembershipProof ofAnother = new MsMembershipProof(
                proof.senderRandomness(), DIGEST, proof.authPathAocl(), proof.aoclLeafIndex(), proof.targetChunks());

        assertThat(accumulator.verify(first.item(), proof)).isTrue();
        assertThat(accumulator.verify(DIGEST, proof)).isFalse();
        assertThat(accumulator.verify(first.item(), ofAnother)).isFalse();
        assertThat(proof.additionRecord(first.item()).canonicalCommitment())
                .isNotEqualTo(ofAnother.additionRecord(first.item()).canonicalCommitment());
    }

    @Test
    void whatIsNotConsistentIsNotWorkedWith() {
        MmrAccumulator aocl = accumulator.aocl();
        MmrAccumulator inactive = accumulator.swbfInactive();
        ActiveWindow window = accumulator.swbfActive();
        for (MutatorSetAccumulator inconsistent : List.of(
                new MutatorSetAccumulator(new MmrAccumulator(aocl.leafCount(), List.of()), inactive, window),
                new MutatorSetAccumulator(aocl, new MmrAccumulator(inactive.leafCount(), List.of()), window),
                new MutatorSetAccumulator(aocl, MmrAccumulator.EMPTY, window),
                new MutatorSetAccumulator(MmrAccumulator.EMPTY, inactive, window),
                new MutatorSetAccumulator(aocl, inactive, new ActiveWindow(U32Sequence.of(2, 1))),
                new MutatorSetAccumulator(aocl, inactive, new ActiveWindow(U32Sequence.of(1 << 20))),
                new MutatorSetAccumulator(aocl, inactive, new ActiveWindow(U32Sequence.of(-1))),
                full(-1))) {
            assertThat(inconsistent.isConsistent()).isFalse();
            assertThat(inconsistent.add(List.of())).isEmpty();
            assertThat(inconsistent.validates(old)).isFalse();
            assertThat(inconsistent.canRemove(old)).isFalse();
            assertThat(inconsistent.verify(
                            owned.getFirst().item(), owned.getFirst().proof()))
                    .isFalse();
        }
    }

    @Test
    void aFullSetTakesNoItem() {
        MutatorSetAccumulator full = full(1L << 52);
        AdditionRecord addition = new AdditionRecord(DIGEST);

        assertThat(full.isConsistent()).isTrue();
        assertThat(full.add(List.of())).contains(full);
        assertThat(full.add(List.of(addition))).isEmpty();
        assertThat(full((1L << 52) - 1).add(List.of(addition))).isPresent();
        assertThat(full((1L << 52) - 1).add(List.of(addition, addition))).isEmpty();
        EvolvingMutatorSet evolving = EvolvingMutatorSet.of(full).orElseThrow();
        assertThatIllegalStateException().isThrownBy(() -> evolving.add(addition));
    }

    @Test
    void whatWasNotLearnedIsNotUpdated() {
        EvolvingMutatorSet fresh = EvolvingMutatorSet.of(accumulator).orElseThrow();

        assertThatIllegalStateException().isThrownBy(() -> fresh.updated(old));
        assertThatIllegalStateException().isThrownBy(() -> fresh.remove(List.of(old)));
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        fresh.updated(owned.getFirst().item(), owned.getFirst().proof()));
    }

    private static MutatorSetAccumulator full(long items) {
        long chunks = (items - 1) >>> 3;
        return new MutatorSetAccumulator(
                new MmrAccumulator(items, Collections.nCopies(Long.bitCount(items), DIGEST)),
                new MmrAccumulator(chunks, Collections.nCopies(Long.bitCount(chunks), DIGEST)),
                new ActiveWindow(U32Sequence.empty()));
    }

    private RemovalRecord with(List<ChunkDictionary.Entry> entries) {
        return new RemovalRecord(old.absoluteIndices(), new ChunkDictionary(entries));
    }

    private static List<ChunkDictionary.Entry> with(List<ChunkDictionary.Entry> entries, ChunkDictionary.Entry more) {
        List<ChunkDictionary.Entry> all = new ArrayList<>(entries);
        all.add(more);
        return all;
    }

    private static List<ChunkDictionary.Entry> replaced(
            List<ChunkDictionary.Entry> entries, int index, ChunkDictionary.Entry entry) {
        List<ChunkDictionary.Entry> all = new ArrayList<>(entries);
        all.set(index, entry);
        return all;
    }

    private static ChunkDictionary.Entry entry(ChunkDictionary.Entry of, MmrMembershipProof path, Chunk chunk) {
        return new ChunkDictionary.Entry(of.key(), path, chunk);
    }

    /** A true entry of another record. */
    private ChunkDictionary.Entry untouched(List<ChunkDictionary.Entry> touched) {
        List<Long> keys = touched.stream().map(ChunkDictionary.Entry::key).toList();
        return owned.stream()
                .flatMap(item -> item.proof().targetChunks().entries().stream())
                .filter(entry -> !keys.contains(entry.key()))
                .findFirst()
                .orElseThrow();
    }

    private static AbsoluteIndexSet repeated(long index) {
        return new AbsoluteIndexSet(0, index, U32Sequence.owning(new int[45]));
    }

    private static U32Sequence allOf(int distance) {
        int[] distances = new int[45];
        Arrays.fill(distances, distance);
        return U32Sequence.owning(distances);
    }
}
