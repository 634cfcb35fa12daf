package proteus.domain.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.transaction.Timestamp;

class BlockTypesTest {

    @Test
    void heightsAreOrderedAsUnsignedNumbers() {
        BlockHeight highest = new BlockHeight(BFieldElement.P - 1);

        assertThat(highest).isGreaterThan(new BlockHeight(1)).hasToString("18446744069414584320");
        assertThat(BlockHeight.GENESIS.isGenesis()).isTrue();
        assertThat(highest.isGenesis()).isFalse();
    }

    @Test
    void heightsAndTimesAreFieldElements() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockHeight(BFieldElement.P));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(BFieldElement.P));
    }

    @Test
    void afterTheHighestHeightComesTheFirst() {
        assertThat(new BlockHeight(7).next()).isEqualTo(new BlockHeight(8));
        assertThat(new BlockHeight(BFieldElement.P - 1).next()).isEqualTo(BlockHeight.GENESIS);
    }

    @Test
    void numbersOfAnotherWidthAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Difficulty(U32Sequence.owning(new int[6])));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProofOfWork(U32Sequence.owning(new int[5])));
    }

    @Test
    void aProofOfWorkPathOfAnotherLengthIsRefused() {
        var path = Collections.nCopies(29, Digest.ZERO);
        var shortPath = Collections.nCopies(28, Digest.ZERO);

        assertThat(new BlockPow(Digest.ZERO, path, path, Digest.ZERO).pathA()).isEqualTo(path);
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockPow(Digest.ZERO, path, shortPath, Digest.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockPow(Digest.ZERO, shortPath, path, Digest.ZERO));
    }
}
