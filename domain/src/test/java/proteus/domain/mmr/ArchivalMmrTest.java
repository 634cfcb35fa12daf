package proteus.domain.mmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;

class ArchivalMmrTest {

    /** More than two parts of a row, and no power of two. */
    private static final int LEAFS = 530;

    private final SplittableRandom random = new SplittableRandom(8);
    private final List<Digest> leafs = leafs(LEAFS);
    private final ArchivalMmr range = append(ArchivalMmr.EMPTY, leafs);

    @Test
    void itHasTheLeafsThatWereAppended() {
        assertThat(range.leafCount()).isEqualTo(LEAFS);
        for (int i = 0; i < LEAFS; i++) {
            assertThat(range.leaf(i)).contains(leafs.get(i));
        }
        assertThat(range.leaf(LEAFS)).isEmpty();
        assertThat(range.leaf(-1)).isEmpty();
    }

    @Test
    void itsPeaksAreThoseOfTheAccumulatorAtEveryCount() {
        MmrAccumulator accumulator = MmrAccumulator.EMPTY;
        for (int count = 0; count <= LEAFS; count++) {
            assertThat(range.accumulator(count)).isEqualTo(accumulator);
            if (count < LEAFS) {
                accumulator = accumulator.append(leafs.get(count)).orElseThrow().accumulator();
            }
        }
    }

    @Test
    void everyPathProvesItsLeafAtEveryLaterCount() {
        for (int count = 1; count <= LEAFS; count += 1 + random.nextInt(9)) {
            MmrAccumulator accumulator = range.accumulator(count);
            for (int i = 0; i < count; i += 1 + random.nextInt(9)) {
                assertThat(accumulator.contains(
                                i, leafs.get(i), range.path(i, count).orElseThrow()))
                        .as("leaf %d of %d", i, count)
                        .isTrue();
            }
        }
    }

    @Test
    void thereIsNoPathOfALeafThatIsNotThere() {
        assertThat(range.path(LEAFS, LEAFS)).isEmpty();
        assertThat(range.path(0, LEAFS + 1)).isEmpty();
        assertThat(range.path(-1, LEAFS)).isEmpty();
        assertThat(range.path(0, -1)).isEmpty();
        assertThat(range.path(0, 0)).isEmpty();
    }

    @Test
    void aRangeCutAndGrownAnewIsAsIfItHadNeverBeenOtherwise() {
        for (int cut : new int[] {0, 1, 255, 256, 257, 511, 512, LEAFS}) {
            List<Digest> others = leafs(40);
            List<Digest> all = new ArrayList<>(leafs.subList(0, cut));
            all.addAll(others);

            ArchivalMmr regrown = append(range.first(cut), others);

            assertThat(regrown.accumulator(cut + 40))
                    .isEqualTo(append(ArchivalMmr.EMPTY, all).accumulator(cut + 40));
            assertThat(regrown.path(cut, cut + 40))
                    .isEqualTo(append(ArchivalMmr.EMPTY, all).path(cut, cut + 40));
            assertThat(regrown.leafCount()).isEqualTo(cut + 40);
        }
        assertThat(range.leaf(LEAFS - 1)).as("the old one is as it was").contains(leafs.getLast());
    }

    @Test
    void noMoreLeafsThanThereAreCanBeLeft() {
        assertThatIllegalArgumentException().isThrownBy(() -> range.first(LEAFS + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> range.first(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> range.accumulator(LEAFS + 1));
    }

    private List<Digest> leafs(int count) {
        List<Digest> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(Elements.digest(random));
        }
        return made;
    }

    private static ArchivalMmr append(ArchivalMmr range, List<Digest> leafs) {
        ArchivalMmr grown = range;
        for (Digest leaf : leafs) {
            grown = grown.append(leaf);
        }
        return grown;
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void pathsInALongerRangeFollowFromThatOfTheLastLeaf(long seed) {
        Seeds.check(seed, random -> {
            int longer = 2 + random.nextInt(200);
            int own = 1 + random.nextInt(longer - 1);
            ArchivalMmr all = ArchivalMmr.EMPTY;
            for (int i = 0; i < longer; i++) {
                all = all.append(Elements.digest(random));
            }
            ArchivalMmr first = all.first(own);
            MmrMembershipProof ofLast = all.path(own - 1, longer).orElseThrow();

            for (int leaf = 0; leaf < own; leaf++) {
                assertThat(first.stretched(leaf, longer, ofLast)).isEqualTo(all.path(leaf, longer));
                int shorter = leaf + 1 + random.nextInt(longer - leaf);
                assertThat(all.path(leaf, longer).orElseThrow().truncatedTo(leaf, shorter))
                        .isEqualTo(all.path(leaf, shorter));
            }
            assertThat(first.stretched(own, longer, ofLast)).isEmpty();
            assertThat(first.stretched(-1, longer, ofLast)).isEmpty();
            assertThat(first.stretched(0, longer, new MmrMembershipProof(Collections.nCopies(20, Digest.ZERO))))
                    .isEmpty();
        });
    }
}
