package proteus.domain.mutatorset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.field.U32Sequence;

class ChunkPackingTest {

    /** Protocol page "consensus", section 13. */
    @ParameterizedTest
    @EnumSource
    void aChunkHasTheReferencesPackedForm(ChunkPacking packing) {
        Chunk chunk = chunk(1, 2, 3);

        assertThat(packing.pack(chunk)).isEqualTo(chunk(0x0030_0100, 0x2003_0000));
        assertThat(packing.unpack(chunk(0x0030_0100, 0x2003_0000))).contains(chunk);
    }

    @ParameterizedTest
    @EnumSource
    void noIndicesAreNoWords(ChunkPacking packing) {
        assertThat(packing.pack(Chunk.empty())).isEqualTo(Chunk.empty());
        assertThat(packing.unpack(Chunk.empty())).contains(Chunk.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "2, 2, 2",
        "6, 3, 3",
        "7, 3, 3",
        "8, 4, 4",
        "2047, 768, 768",
        "2048, 769, 769",
        "2049, 769, 770",
        "4095, 1536, 1537"
    })
    void unpackingIsTheInverse(int count, int shortSize, int longSize) {
        SplittableRandom random = new SplittableRandom(count);
        Chunk chunk = chunk(random.ints(count, 0, 4096).toArray());

        assertThat(ChunkPacking.SHORT.pack(chunk).relativeIndices().size()).isEqualTo(shortSize);
        assertThat(ChunkPacking.LONG.pack(chunk).relativeIndices().size()).isEqualTo(longSize);
        for (ChunkPacking packing : ChunkPacking.values()) {
            assertThat(packing.unpack(packing.pack(chunk))).contains(chunk);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 92_160})
    void theLongFormTakesMore(int count) {
        Chunk chunk = chunk(new SplittableRandom(count).ints(count, 0, 4096).toArray());

        assertThat(ChunkPacking.LONG.unpack(ChunkPacking.LONG.pack(chunk))).contains(chunk);
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkPacking.SHORT.pack(chunk));
    }

    @Test
    void thereIsALimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkPacking.LONG.pack(chunk(new int[92_161])));
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkPacking.LONG.pack(chunk(4096)));
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkPacking.LONG.pack(chunk(-1)));
        // 92161 indices in 34562 words, were it not for the limit.
        int[] tooLong = new int[34_562];
        tooLong[0] = 0x8168_0100;
        assertThat(ChunkPacking.LONG.unpack(chunk(tooLong))).isEmpty();
        assertThat(ChunkPacking.SHORT.unpack(chunk(new int[1537]))).isEmpty();
    }

    @Test
    void aLengthOfZeroWasOnceTolerated() {
        assertThat(ChunkPacking.SHORT.unpack(chunk(0))).contains(Chunk.empty());
        assertThat(ChunkPacking.LONG.unpack(chunk(0))).isEmpty();
    }

    @Test
    void aLengthIsNotLongerThanItNeedsToBe() {
        Chunk twoWordsForOne = chunk(0x8000_0100, 0x7000_0000);
        assertThat(ChunkPacking.LONG.unpack(twoWordsForOne)).isEmpty();
        // 2047 in two words, with as many indices.
        int[] packed = new int[769];
        packed[0] = 0x8007_FF00;
        assertThat(ChunkPacking.LONG.unpack(chunk(packed))).isEmpty();
        // 2048 is the first that needs them.
        packed[0] = 0x8008_0000;
        assertThat(ChunkPacking.LONG.unpack(chunk(packed)))
                .hasValueSatisfying(
                        chunk -> assertThat(chunk.relativeIndices().size()).isEqualTo(2048));
    }

    @Test
    void theTwoFormsDifferFrom2048On() {
        int[] packed = new int[769];
        packed[0] = 0x8000_0000;

        assertThat(ChunkPacking.SHORT.unpack(chunk(packed)))
                .hasValueSatisfying(
                        chunk -> assertThat(chunk.relativeIndices().size()).isEqualTo(2048));
        assertThat(ChunkPacking.LONG.unpack(chunk(packed))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void thereAreNoMoreWordsAndNoFewer(ChunkPacking packing) {
        assertThat(packing.unpack(chunk(0x0030_0100))).isEmpty();
        assertThat(packing.unpack(chunk(0x0030_0100, 0x2003_0000, 0))).isEmpty();
        assertThat(packing.unpack(chunk(-1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void thePaddingIsZero(ChunkPacking packing) {
        assertThat(packing.unpack(chunk(0x0030_0100, 0x2003_0001))).isEmpty();
        assertThat(packing.unpack(chunk(0x0030_0100, 0x2003_8000))).isEmpty();
        assertThat(packing.unpack(chunk(0x0030_0100, 0x2003_0000))).isPresent();
    }

    private static Chunk chunk(int... words) {
        return new Chunk(U32Sequence.of(words));
    }
}
