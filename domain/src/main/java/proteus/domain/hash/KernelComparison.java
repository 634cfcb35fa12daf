package proteus.domain.hash;

import java.util.Arrays;
import java.util.Optional;
import proteus.domain.field.BFieldElement;

/**
 * Whether a kernel permutes as the portable one does: on states of random words, and on states of those words at which
 * carries begin and end. A wrong digest would part this node from its network, so none is used that was not compared.
 */
final class KernelComparison {

    /** Permutations that a kernel must agree on before it is used; each state comes out of the one before, or is new. */
    static final int PERMUTATIONS = 4_096;

    /** Every so many permutations the state is made anew, of words from the edges. */
    private static final int CHAIN = 4;

    private static final long[] EDGES = {
        0,
        1,
        2,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0xFFFF_FFFEL,
        0xFFFF_FFFFL,
        1L << 32,
        (1L << 32) + 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0xFFFF_FFFE_FFFF_FFFFL,
        0xFFFF_FFFF_0000_0000L,
        BFieldElement.P,
        BFieldElement.P + 1,
        -1,
        // Of the squares, fourth powers, cubes and seventh powers of these, one each borrows when it is reduced: its
        // lower word
        // is less than the upper half of its upper word, as with one of 2^33 words.
        0x6B20_17C0_0000_0000L,
        0xE89B_E63F_8700_03D4L,
        0x9EDA_DA51_F0A6_ED07L,
        0x5EC9_5CE0_081C_954DL,
    };

    private KernelComparison() {}

    /** What {@code kernel} does otherwise than the portable one, if anything. */
    static Optional<String> disagreement(PermutationKernel kernel) {
        Words words = new Words();
        long[] expected = new long[Tip5Permutation.STATE_SIZE];
        long[] work = new long[Tip5Permutation.WORK_SIZE];
        for (int i = 0; i < PERMUTATIONS; i++) {
            if (i % CHAIN == 0) {
                Arrays.setAll(expected, index -> words.next());
            }
            long[] before = expected.clone();
            long[] actual = expected.clone();
            Arrays.setAll(work, index -> words.next());
            Tip5.PORTABLE.permute(expected, work);
            kernel.permute(actual, work);
            for (int index = 0; index < expected.length; index++) {
                if (BFieldElement.reduce(expected[index]) != BFieldElement.reduce(actual[index])) {
                    return Optional.of("element " + index + " of the permutation of " + Arrays.toString(before) + " is "
                            + actual[index] + " and not " + expected[index]);
                }
            }
        }
        return Optional.empty();
    }

    /** Words that look random, every other one from the edges; the same each time, so that what is found is found again. */
    private static final class Words {

        private long counter;

        long next() {
            counter++;
            // The finalizer of MurmurHash3, in the constants of splitmix64.
            long mixed = counter * 0x9E37_79B9_7F4A_7C15L;
            mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
            mixed ^= mixed >>> 31;
            return mixed < 0 ? EDGES[(int) (mixed & Integer.MAX_VALUE) % EDGES.length] : (mixed << 1) ^ mixed;
        }
    }
}
