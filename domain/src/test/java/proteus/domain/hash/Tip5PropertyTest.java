package proteus.domain.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.field.BFieldElements;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;

class Tip5PropertyTest {

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void thePermutationIsThePlainOne(long seed) {
        Seeds.check(seed, random -> {
            long[] state = Elements.elements(random, 16).toArray();
            Tip5Permutation permutation = new Tip5Permutation();
            for (int i = 0; i < 16; i++) {
                permutation.set(i, state[i]);
            }

            for (int times = 0; times < 3; times++) {
                permutation.permute();
                state = PlainTip5.permuted(state);

                assertThat(elementsOf(permutation)).isEqualTo(state);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void thePermutationOfTheCapacityIsThatOfAll(long seed) {
        Seeds.check(seed, random -> {
            long[] state = Elements.elements(random, 16).toArray();
            Tip5Permutation permutation = new Tip5Permutation();
            for (int i = 0; i < 16; i++) {
                permutation.set(i, state[i]);
            }

            permutation.permuteCapacity();

            assertThat(Arrays.copyOfRange(elementsOf(permutation), 10, 16))
                    .isEqualTo(Arrays.copyOfRange(PlainTip5.permuted(state), 10, 16));
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aSequenceIsHashedInBlocksThatOverwriteTheRate(long seed) {
        Seeds.check(seed, random -> {
            BFieldElements sequence = Elements.elements(random, random.nextInt(35));
            long[] padded = Arrays.copyOf(sequence.toArray(), sequence.size() / 10 * 10 + 10);
            padded[sequence.size()] = 1;

            long[] state = new long[16];
            for (int block = 0; block < padded.length; block += 10) {
                System.arraycopy(padded, block, state, 0, 10);
                state = PlainTip5.permuted(state);
            }

            assertThat(Tip5.hashVarlen(sequence)).isEqualTo(digestOf(state));
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aPairIsHashedWithACapacityOfOnes(long seed) {
        Seeds.check(seed, random -> {
            Digest left = Elements.digest(random);
            Digest right = Elements.digest(random);
            long[] state = new long[16];
            left.copyTo(state, 0);
            right.copyTo(state, 5);
            BFieldElements ten = BFieldElements.owning(Arrays.copyOf(state, 10));
            Arrays.fill(state, 10, 16, 1);

            Digest expected = digestOf(PlainTip5.permuted(state));

            assertThat(Tip5.hashPair(left, right)).isEqualTo(expected);
            assertThat(Tip5.hash10(ten)).isEqualTo(expected);
        });
    }

    private static long[] elementsOf(Tip5Permutation permutation) {
        long[] elements = new long[16];
        for (int i = 0; i < 16; i++) {
            elements[i] = permutation.get(i);
        }
        return elements;
    }

    private static Digest digestOf(long[] state) {
        return new Digest(state[0], state[1], state[2], state[3], state[4]);
    }
}
