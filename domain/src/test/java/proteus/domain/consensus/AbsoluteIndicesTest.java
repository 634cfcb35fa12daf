package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import proteus.domain.field.U32Sequence;
import proteus.domain.mutatorset.AbsoluteIndexSet;

class AbsoluteIndicesTest {

    @Test
    void positionsCarryIntoTheUpperWord() {
        AbsoluteIndices indices = of(7, -1, 0, 1, 2);

        assertThat(word(indices, 0)).isEqualTo(U32Sequence.of(-1, -1, 7, 0));
        assertThat(word(indices, 1)).isEqualTo(U32Sequence.of(0, 0, 8, 0));
        assertThat(word(indices, 2)).isEqualTo(U32Sequence.of(1, 0, 8, 0));
    }

    @Test
    void positionsEndAtTheLargestNumber() {
        AbsoluteIndices indices = of(-1, -3, 0, 2, 3, -1);

        assertThat(word(indices, 0)).isEqualTo(U32Sequence.of(-3, -1, -1, -1));
        assertThat(word(indices, 1)).isEqualTo(U32Sequence.of(-1, -1, -1, -1));
        assertThat(word(indices, 2)).isEqualTo(U32Sequence.of(-1, -1, -1, -1));
        assertThat(word(indices, 3)).isEqualTo(U32Sequence.of(-1, -1, -1, -1));
    }

    @Test
    void theSamePositionsFromOtherMinimaAreTheSame() {
        assertThat(of(0, 5, 3, 4)).isNotEqualTo(of(0, 6, 3, 4));
        assertThat(AbsoluteIndices.of(new AbsoluteIndexSet(0, 5, all(4))))
                .isEqualTo(AbsoluteIndices.of(new AbsoluteIndexSet(0, 8, all(1))))
                .hasSameHashCodeAs(AbsoluteIndices.of(new AbsoluteIndexSet(0, 8, all(1))));
        assertThat(AbsoluteIndices.of(new AbsoluteIndexSet(0, -1, all(4))))
                .isEqualTo(AbsoluteIndices.of(new AbsoluteIndexSet(1, 0, all(3))));
    }

    /** The positions with these first distances; the others are 0. */
    private static AbsoluteIndices of(long high, long low, int... distances) {
        int[] all = new int[AbsoluteIndexSet.SIZE];
        System.arraycopy(distances, 0, all, 0, distances.length);
        return AbsoluteIndices.of(new AbsoluteIndexSet(high, low, U32Sequence.owning(all)));
    }

    private static U32Sequence all(int distance) {
        return U32Sequence.owning(IntStream.generate(() -> distance).limit(45).toArray());
    }

    private static U32Sequence word(AbsoluteIndices indices, int index) {
        return U32Sequence.owning(IntStream.range(4 * index, 4 * index + 4)
                .map(indices.words()::at)
                .toArray());
    }
}
