package proteus.bootstrap.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Tip5;

class VectorPermutationTest {

    /** Of the last four one each borrows in the reduction of its square, fourth power, cube and seventh power. */
    private static final long[] EDGES = {
        0,
        1,
        0xFFFF_FFFFL,
        1L << 32,
        Long.MIN_VALUE,
        0xFFFF_FFFF_0000_0000L,
        BFieldElement.P - 1,
        BFieldElement.P,
        -1,
        0x6B20_17C0_0000_0000L,
        0xE89B_E63F_8700_03D4L,
        0x9EDA_DA51_F0A6_ED07L,
        0x5EC9_5CE0_081C_954DL
    };

    private final VectorPermutation permutation = new VectorPermutation();

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStateBecomesWhatThePortableKernelMakesOfIt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] vectors = random.longs(16).toArray();
        long[] portable = vectors.clone();

        for (int times = 0; times < 5; times++) {
            permutation.permute(vectors, random.longs(32).toArray());
            Tip5.PORTABLE.permute(portable, random.longs(32).toArray());

            assertThat(canonical(vectors)).as("seed %d", seed).isEqualTo(canonical(portable));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void soDoesAStateOfWordsAtWhichCarriesBegin(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] vectors =
                random.ints(16, 0, EDGES.length).mapToLong(i -> EDGES[i]).toArray();
        long[] portable = vectors.clone();

        permutation.permute(vectors, new long[32]);
        Tip5.PORTABLE.permute(portable, new long[32]);

        assertThat(canonical(vectors)).as("seed %d", seed).isEqualTo(canonical(portable));
    }

    @Test
    void allElementsTheSame() {
        for (long edge : EDGES) {
            long[] vectors = new long[16];
            Arrays.fill(vectors, edge);
            long[] portable = vectors.clone();

            permutation.permute(vectors, new long[32]);
            Tip5.PORTABLE.permute(portable, new long[32]);

            assertThat(canonical(vectors)).as("of %d", edge).isEqualTo(canonical(portable));
        }
    }

    private static long[] canonical(long[] state) {
        return Arrays.stream(state).map(BFieldElement::reduce).toArray();
    }
}
