package proteus.domain.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.Chunk;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.RemovalRecord;

class TransactionKernelTest {

    @Test
    void aKernelMayHaveAsManyOutputsAsUpstreamDecodes() {
        List<AdditionRecord> outputs = Collections.nCopies(16_384, new AdditionRecord(Digest.ZERO));

        assertThat(kernel(List.of(), outputs).outputs()).hasSize(16_384);
    }

    @Test
    void aKernelOfMoreOutputsIsRefused() {
        List<AdditionRecord> outputs = Collections.nCopies(16_385, new AdditionRecord(Digest.ZERO));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel(List.of(), outputs))
                .withMessageContaining("outputs");
    }

    @Test
    void onlyTheFirstInputMayHaveMoreThan45Chunks() {
        assertThat(kernel(List.of(input(46), input(45)), List.of()).inputs()).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> kernel(List.of(input(0), input(46)), List.of()));
    }

    @Test
    void theListsAreCopied() {
        List<AdditionRecord> outputs = new ArrayList<>(List.of(new AdditionRecord(Digest.ZERO)));
        TransactionKernel kernel = kernel(List.of(), outputs);

        outputs.clear();

        assertThat(kernel.outputs()).hasSize(1);
    }

    private static RemovalRecord input(int chunks) {
        var entry = new ChunkDictionary.Entry(0, new MmrMembershipProof(List.of()), Chunk.empty());
        var indices = new AbsoluteIndexSet(0, 0, U32Sequence.owning(new int[AbsoluteIndexSet.SIZE]));
        return new RemovalRecord(indices, new ChunkDictionary(Collections.nCopies(chunks, entry)));
    }

    private static TransactionKernel kernel(List<RemovalRecord> inputs, List<AdditionRecord> outputs) {
        return new TransactionKernel(
                inputs,
                outputs,
                List.of(),
                NativeCurrencyAmount.ZERO,
                Optional.empty(),
                new Timestamp(0),
                Digest.ZERO,
                false);
    }
}
