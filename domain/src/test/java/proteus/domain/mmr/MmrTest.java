package proteus.domain.mmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

class MmrTest {

    private static final Digest LEAF = new Digest(1, 0, 0, 0, 0);
    private static final MmrMembershipProof NO_PATH = new MmrMembershipProof(List.of());

    @Test
    void aRangeOfThreeLeafsBagsToTheReferencesDigest() {
        MmrAccumulator accumulator = MmrAccumulator.EMPTY;
        for (int i = 1; i <= 3; i++) {
            accumulator =
                    accumulator.append(new Digest(i, 0, 0, 0, 0)).orElseThrow().accumulator();
        }

        assertThat(accumulator.bag())
                .isEqualTo(Digest.fromHex(
                        "23921ccde811afdbd7f04078fbcbd41e5305bc319126d436990262bf0cbbc3d65e75a70ac8535285"));
    }

    @Test
    void theEmptyRangeBagsToTheReferencesDigest() {
        assertThat(MmrAccumulator.EMPTY.bag())
                .isEqualTo(Digest.fromHex(
                        "cd65052100640f0d27e5654f97c47e49899add2f265967ccbefee7264e9bc08f588542d9dc3d5ac5"));
    }

    @Test
    void theHashIsThatOfTheEncoding() {
        MmrAccumulator accumulator = new MmrAccumulator((7L << 32) + 8, List.of(LEAF));

        assertThat(accumulator.hash()).isEqualTo(Tip5.hashVarlen(BFieldElements.of(6, 1, 1, 0, 0, 0, 0, 8, 7)));
    }

    @ParameterizedTest
    @CsvSource({
        // index, leafs, height, index in its tree, peak
        "0, 1, 0, 0, 0",
        "6, 7, 0, 0, 2",
        "5, 7, 1, 1, 1",
        "3, 7, 2, 3, 0",
        "7, 8, 3, 7, 0",
        "0, -1, 63, 0, 0",
        "-2, -1, 0, 0, 63",
        "-1, -1, , , ",
        "8, 8, , , ",
        "0, 0, , , "
    })
    void everyLeafHasItsPlace(long index, long leafCount, Integer height, Long indexInTree, Integer peak) {
        var position = MmrPosition.of(index, leafCount);

        assertThat(position.isPresent()).isEqualTo(height != null);
        position.ifPresent(found -> assertThat(found).isEqualTo(new MmrPosition(height, indexInTree, peak)));
    }

    @Test
    void anInconsistentRangeTakesNoLeafAndProvesNothing() {
        MmrAccumulator tooManyPeaks = new MmrAccumulator(0, List.of(LEAF));
        MmrAccumulator tooFewPeaks = new MmrAccumulator(3, List.of(LEAF));
        LeafMutation mutation = new LeafMutation(2, LEAF, NO_PATH);

        for (MmrAccumulator inconsistent : List.of(tooManyPeaks, tooFewPeaks)) {
            assertThat(inconsistent.isConsistent()).isFalse();
            assertThat(inconsistent.append(LEAF)).isEmpty();
            assertThat(inconsistent.mutate(List.of(mutation))).isEmpty();
            assertThat(inconsistent.contains(0, LEAF, NO_PATH)).isFalse();
            assertThat(inconsistent.contains(2, LEAF, NO_PATH)).isFalse();
            assertThat(inconsistent.bag()).isNotEqualTo(Digest.ZERO);
        }
    }

    @Test
    void aFullRangeTakesNoLeaf() {
        MmrAccumulator full = new MmrAccumulator(-1, Collections.nCopies(64, LEAF));
        MmrAccumulator nearlyFull = new MmrAccumulator(-2, Collections.nCopies(63, LEAF));

        assertThat(full.isConsistent()).isTrue();
        assertThat(full.append(LEAF)).isEmpty();
        assertThat(nearlyFull.append(LEAF))
                .hasValueSatisfying(
                        appended -> assertThat(appended.accumulator()).isEqualTo(full));
    }

    @Test
    void mutationsThatDoNotFitAreRefused() {
        MmrAccumulator two = new MmrAccumulator(2, List.of(LEAF));
        MmrMembershipProof path = new MmrMembershipProof(List.of(LEAF));
        LeafMutation fitting = new LeafMutation(0, LEAF, path);

        assertThat(two.mutate(List.of(fitting))).isPresent();
        assertThat(two.mutate(List.of()))
                .hasValueSatisfying(mutated -> assertThat(mutated.accumulator()).isEqualTo(two));
        assertThat(two.mutate(List.of(fitting, fitting))).isEmpty();
        assertThat(two.mutate(List.of(new LeafMutation(2, LEAF, path)))).isEmpty();
        assertThat(two.mutate(List.of(new LeafMutation(-1, LEAF, path)))).isEmpty();
        assertThat(two.mutate(List.of(fitting, new LeafMutation(1, LEAF, NO_PATH))))
                .isEmpty();
    }

    @Test
    void onlyPathsOfTheRangeAreUpdated() {
        var appended = new MmrAccumulator(1, List.of(LEAF)).append(LEAF).orElseThrow();
        var mutated = appended.accumulator().mutate(List.of()).orElseThrow();

        assertThatIllegalArgumentException().isThrownBy(() -> appended.updated(1, NO_PATH));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> appended.updated(0, new MmrMembershipProof(List.of(LEAF))));
        assertThatIllegalArgumentException().isThrownBy(() -> mutated.updated(2, NO_PATH));
        assertThatIllegalArgumentException().isThrownBy(() -> mutated.updated(0, NO_PATH));
    }
}
