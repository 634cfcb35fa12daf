package proteus.domain.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MastHashTest {

    private static final Digest A = new Digest(1, 0, 0, 0, 0);
    private static final Digest B = new Digest(2, 0, 0, 0, 0);
    private static final Digest C = new Digest(3, 0, 0, 0, 0);

    @Test
    void missingLeafsAreZeroDigests() {
        assertThat(MastHash.of(A, B, C))
                .isEqualTo(MerkleTree.of(List.of(A, B, C, Digest.ZERO)).root());
        assertThat(MastHash.of(A, B, C, A, B))
                .isEqualTo(MerkleTree.of(List.of(A, B, C, A, B, Digest.ZERO, Digest.ZERO, Digest.ZERO))
                        .root());
    }

    @Test
    void aPowerOfTwoOfLeafsIsNotPadded() {
        assertThat(MastHash.of(A)).isEqualTo(A);
        assertThat(MastHash.of(A, B)).isEqualTo(Tip5.hashPair(A, B));
        assertThat(MastHash.of(A, B, C, A))
                .isEqualTo(MerkleTree.of(List.of(A, B, C, A)).root());
    }

    @Test
    void anObjectWithoutFieldsHasNone() {
        assertThatIllegalArgumentException().isThrownBy(MastHash::of);
    }
}
