package proteus.domain.mutatorset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import proteus.domain.field.U32Sequence;

class AbsoluteIndexSetTest {

    private static final U32Sequence DISTANCES = U32Sequence.owning(new int[45]);

    @Test
    void theMinimumIsOneUnsignedNumberOf128Bits() {
        assertThat(new AbsoluteIndexSet(0, -1, DISTANCES).minimum())
                .isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        assertThat(new AbsoluteIndexSet(-1, -1, DISTANCES).minimum())
                .isEqualTo(BigInteger.TWO.pow(128).subtract(BigInteger.ONE));
    }

    @Test
    void anotherNumberOfDistancesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AbsoluteIndexSet(0, 0, U32Sequence.owning(new int[44])));
    }
}
