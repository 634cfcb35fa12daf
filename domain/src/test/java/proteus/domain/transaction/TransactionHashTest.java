package proteus.domain.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.RemovalRecord;

class TransactionHashTest {

    /** Half of every link kernel's tree, when there are no thruputs: protocol page "consensus", section 7. */
    private static final Digest NO_THRUPUTS =
            Digest.fromHex("61924134aa0e1f7815997c7c041a42198d2851758650ed141bf033c5ffe7166b65fc84aca92a42b7");

    private static final AdditionRecord OUTPUT = new AdditionRecord(new Digest(1, 2, 3, 4, 5));

    @Test
    void aLinkKernelWithoutThruputsHangsUnderTheSameHalfAlways() {
        TransactionKernel kernel = kernel(List.of(input(1)), new Timestamp(7), Digest.ZERO);

        assertThat(TransactionHash.of(new LinkKernel(kernel, List.of())))
                .isEqualTo(Tip5.hashPair(TransactionHash.of(kernel), NO_THRUPUTS));
        assertThat(TransactionHash.of(new LinkKernel(kernel, List.of(OUTPUT))))
                .isNotEqualTo(TransactionHash.of(new LinkKernel(kernel, List.of())));
    }

    @Test
    void theIdStaysWhenTheMutatorSetMovesOn() {
        TransactionKernel kernel = kernel(List.of(input(1), input(2)), new Timestamp(7), Digest.ZERO);
        TransactionKernel later = kernel(List.of(input(2), input(1)), new Timestamp(8), new Digest(1, 1, 1, 1, 1));

        assertThat(TransactionHash.id(later)).isEqualTo(TransactionHash.id(kernel));
        assertThat(TransactionHash.of(later)).isNotEqualTo(TransactionHash.of(kernel));
    }

    @Test
    void anotherInputGivesAnotherId() {
        assertThat(TransactionHash.id(kernel(List.of(input(1)), new Timestamp(7), Digest.ZERO)))
                .isNotEqualTo(TransactionHash.id(kernel(List.of(input(2)), new Timestamp(7), Digest.ZERO)));
    }

    private static TransactionKernel kernel(List<RemovalRecord> inputs, Timestamp timestamp, Digest mutatorSet) {
        return new TransactionKernel(
                inputs,
                List.of(OUTPUT),
                List.of(new Announcement(BFieldElements.of(1, 2))),
                NativeCurrencyAmount.ZERO,
                Optional.empty(),
                timestamp,
                mutatorSet,
                false);
    }

    private static RemovalRecord input(long minimum) {
        U32Sequence distances = U32Sequence.owning(new int[AbsoluteIndexSet.SIZE]);
        return new RemovalRecord(new AbsoluteIndexSet(0, minimum, distances), ChunkDictionary.empty());
    }
}
