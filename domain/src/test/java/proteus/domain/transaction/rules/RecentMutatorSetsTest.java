package proteus.domain.transaction.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import proteus.domain.generator.Elements;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.EvolvingMutatorSet;
import proteus.domain.mutatorset.Items;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.rules.RecentMutatorSets.CatchUp;

class RecentMutatorSetsTest {

    private final SplittableRandom random = new SplittableRandom(1);
    private final EvolvingMutatorSet set = Items.emptySet();
    private final List<RemovalRecord> records =
            Items.removals(Items.add(random, 600, set)).subList(0, 5);
    private final MutatorSetAccumulator first = set.accumulator();

    @Test
    void theTipAndThreeAncestorsAreKept() {
        RecentMutatorSets recent = RecentMutatorSets.of(first);
        assertThat(recent.isTip(first.hash())).isTrue();
        for (int i = 0; i < RecentMutatorSets.MAX_TX_SYNC_DEPTH; i++) {
            recent = recent.extendedBy(additions(20)).orElseThrow();
            assertThat(recent.mutatorSet(first.hash())).contains(first);
            assertThat(recent.isTip(first.hash())).isFalse();
            assertThat(recent.isTip(recent.tip().hash())).isTrue();
        }
        recent = recent.extendedBy(additions(20)).orElseThrow();

        assertThat(recent.mutatorSet(first.hash())).isEmpty();
        assertThat(recent.mutatorSet(Digest.ZERO)).isEmpty();
    }

    @Test
    void recordsAreBroughtForwardToTheTip() {
        RecentMutatorSets recent = RecentMutatorSets.of(first)
                .extendedBy(additions(200))
                .flatMap(sets -> sets.extendedBy(additions(200)))
                .orElseThrow();

        CatchUp.CaughtUp caughtUp = (CatchUp.CaughtUp) recent.catchUp(first.hash(), records);

        assertThat(caughtUp.records()).isNotEqualTo(records);
        assertThat(caughtUp.records()).allMatch(recent.tip()::canRemove);
        assertThat(recent.catchUp(recent.tip().hash(), caughtUp.records())).isEqualTo(caughtUp);
    }

    @Test
    void whatABlockSinceHasSpentIsSaid() {
        MutatorSetUpdate spending =
                new MutatorSetUpdate(List.of(records.get(3)), additions(9).additions());
        RecentMutatorSets recent =
                RecentMutatorSets.of(first).extendedBy(spending).orElseThrow();

        assertThat(recent.catchUp(first.hash(), records)).isEqualTo(new CatchUp.SpentSince(3));
        assertThat(recent.catchUp(first.hash(), records.subList(0, 3))).isInstanceOf(CatchUp.CaughtUp.class);
    }

    @Test
    void anUpdateThatIsNotPossibleGivesNone() {
        assertThat(RecentMutatorSets.of(first)
                        .extendedBy(new MutatorSetUpdate(List.of(records.get(0), records.get(0)), List.of())))
                .isEmpty();
    }

    @Test
    void onlyValidRecordsOfTheseSetsAreBroughtForward() {
        RecentMutatorSets recent = RecentMutatorSets.of(first);
        RemovalRecord bare = new RemovalRecord(records.getFirst().absoluteIndices(), ChunkDictionary.empty());

        assertThatIllegalArgumentException().isThrownBy(() -> recent.catchUp(Digest.ZERO, records));
        assertThatIllegalArgumentException().isThrownBy(() -> recent.catchUp(first.hash(), List.of(bare)));
    }

    private MutatorSetUpdate additions(int count) {
        return new MutatorSetUpdate(
                List.of(),
                IntStream.range(0, count)
                        .mapToObj(i -> new AdditionRecord(Elements.digest(random)))
                        .toList());
    }
}
