package proteus.domain.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;

class Tip5SpongeTest {

    /** The reference's index derivation for an item: protocol page "consensus", section 13. */
    private static final int[] RELATIVE_INDICES = {
        26436, 617318, 500955, 248510, 350271, 662306, 814077, 1016707, 12377, 476908, 215847, 484724, 18609, 208696,
        340606, 503689, 28674, 222424, 1020921, 470012, 856492, 997660, 989676, 819432, 176612, 686569, 583750, 188089,
        639342, 330004, 1042443, 481021, 298349, 450548, 646862, 597248, 174728, 1026385, 416640, 726004, 919486,
                309154,
        415716, 351872, 113106
    };

    @Test
    void theBloomFilterIndicesOfAnItemAreTheReferences() {
        Tip5Sponge sponge = new Tip5Sponge();
        sponge.padAndAbsorbAll(
                BFieldElements.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, /* leaf index: */ 1000, 0));

        assertThat(sponge.sampleIndices(1 << 20, 45)).isEqualTo(RELATIVE_INDICES);
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theFirstFiveElementsSqueezedAreTheHash(long seed) {
        Seeds.check(seed, random -> {
            BFieldElements sequence = Elements.elements(random, random.nextInt(35));
            Tip5Sponge sponge = new Tip5Sponge();

            sponge.padAndAbsorbAll(sequence);

            long[] squeezed = sponge.squeeze().toArray();
            assertThat(new Digest(squeezed[0], squeezed[1], squeezed[2], squeezed[3], squeezed[4]))
                    .isEqualTo(Tip5.hashVarlen(sequence));
        });
    }

    @Test
    void paddingIsOnlyMoreElements() {
        Tip5Sponge padded = new Tip5Sponge();
        padded.padAndAbsorbAll(BFieldElements.of(7, 8));
        Tip5Sponge written = new Tip5Sponge();
        written.absorb(BFieldElements.of(7, 8, 1, 0, 0, 0, 0, 0, 0, 0));

        assertThat(padded.squeeze()).isEqualTo(written.squeeze());
        assertThat(padded.squeeze()).isEqualTo(written.squeeze());
    }

    @Test
    void squeezingPermutesAfterwards() {
        Tip5Sponge sponge = new Tip5Sponge();

        assertThat(sponge.squeeze().toArray()).containsOnly(0);
        assertThat(sponge.squeeze().toArray()).isEqualTo(Arrays.copyOf(PlainTip5.permuted(new long[16]), 10));
    }

    @Test
    void scalarsAreTheSqueezedElementsInThrees() {
        Tip5Sponge sponge = new Tip5Sponge();
        Tip5Sponge same = new Tip5Sponge();

        long[] scalars = sponge.sampleScalars(4).toArray();

        assertThat(scalars)
                .isEqualTo(LongStream.concat(
                                Arrays.stream(same.squeeze().toArray()),
                                Arrays.stream(same.squeeze().toArray()).limit(2))
                        .toArray());
        // The rest of the second block is gone.
        assertThat(sponge.squeeze()).isEqualTo(same.squeeze());
    }

    @Test
    void nothingSampledSqueezesNothing() {
        Tip5Sponge sponge = new Tip5Sponge();

        assertThat(sponge.sampleIndices(8, 0)).isEmpty();
        assertThat(sponge.sampleScalars(0).isEmpty()).isTrue();
        assertThat(sponge.squeeze().toArray()).containsOnly(0);
    }

    @Test
    void theHighestElementGivesNoIndex() {
        Tip5Permutation state = new Tip5Permutation();
        for (int i = 0; i < Tip5.RATE; i++) {
            state.set(i, BFieldElement.P - 1);
        }
        state.set(3, (7L << 32) + 5);
        state.set(8, BFieldElement.P - 2);

        assertThat(new Tip5Sponge(state).sampleIndices(4, 2)).containsExactly(1, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 1_000_000, Integer.MIN_VALUE})
    void aBoundThatIsNoPowerOfTwoIsRefused(int bound) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tip5Sponge().sampleIndices(bound, 1));
    }

    @Test
    void blocksOfAnotherSizeAndNegativeCountsAreRefused() {
        Tip5Sponge sponge = new Tip5Sponge();

        assertThatIllegalArgumentException().isThrownBy(() -> sponge.absorb(BFieldElements.of(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> sponge.sampleIndices(2, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> sponge.sampleScalars(-1));
    }
}
