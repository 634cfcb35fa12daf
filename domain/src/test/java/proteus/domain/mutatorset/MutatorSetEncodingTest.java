package proteus.domain.mutatorset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;

/** The shapes of protocol page "consensus", section 8, and its digests. */
class MutatorSetEncodingTest {

    private static final Digest DIGEST = new Digest(1, 2, 3, 4, 5);

    @Test
    void chunksHaveTheReferencesHashes() {
        assertThat(written(out -> MutatorSetEncoding.write(out, Chunk.empty())).hash())
                .hasToString("47d31824d991ddb3a290228ebfbbc61727316f8d7de9bc44edbf39cc9430028ecebaa0376faa6dd2");
        assertThat(written(out -> MutatorSetEncoding.write(out, chunk(1, 2, 3))).hash())
                .hasToString("c3f79e9cca8f116f20af6759a499a97770db50563d9fae41305f93834244d85c0ad30c9973da0c32");
    }

    @Test
    void theEmptySetHasTheReferencesCommitment() {
        MutatorSetAccumulator empty = new MutatorSetAccumulator(
                MmrAccumulator.EMPTY, MmrAccumulator.EMPTY, new ActiveWindow(U32Sequence.empty()));

        assertThat(empty.hash())
                .hasToString("c31876caa7044f03ab7f6c0582c61c871b9ff97b5dc133c44c8cf09a301d1ab07b3fdb75393caf76");
    }

    @Test
    void anAccumulatorIsItsFieldsInReverseOrderEachWithItsLength() {
        MutatorSetAccumulator accumulator = new MutatorSetAccumulator(
                new MmrAccumulator(1, List.of(DIGEST)), MmrAccumulator.EMPTY, new ActiveWindow(U32Sequence.of(7, 8)));

        assertThat(written(out -> MutatorSetEncoding.write(out, accumulator)).toElements())
                .isEqualTo(BFieldElements.of(4, 3, 2, 7, 8, 4, 1, 0, 0, 0, 9, 6, 1, 1, 2, 3, 4, 5, 1, 0));
    }

    @Test
    void aRemovalRecordIsItsDictionaryAndItsIndices() {
        int[] distances = new int[AbsoluteIndexSet.SIZE];
        distances[44] = -1;
        AbsoluteIndexSet indices = new AbsoluteIndexSet(0, 1L << 32, U32Sequence.owning(distances));
        var entry = new ChunkDictionary.Entry(-1, new MmrMembershipProof(List.of(DIGEST)), chunk(9));
        RemovalRecord record = new RemovalRecord(indices, new ChunkDictionary(List.of(entry)));

        long[] written = written(out -> MutatorSetEncoding.write(out, record))
                .toElements()
                .toArray();

        assertThat(written)
                .startsWith(18, 17, 1, 15, 12, 3, 2, 1, 9, 7, 6, 1, 1, 2, 3, 4, 5, 0xFFFF_FFFFL, 0xFFFF_FFFFL);
        assertThat(written).endsWith(0, 0xFFFF_FFFFL, 0, 1, 0, 0);
        assertThat(written).hasSize(19 + 49);
    }

    private static Chunk chunk(int... indices) {
        return new Chunk(U32Sequence.of(indices));
    }

    private static FieldWriter written(FieldWriter.Encoding encoding) {
        FieldWriter out = new FieldWriter();
        encoding.write(out);
        return out;
    }
}
