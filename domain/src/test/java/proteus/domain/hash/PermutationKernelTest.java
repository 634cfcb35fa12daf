package proteus.domain.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;

class PermutationKernelTest {

    private static final Digest LEFT = new Digest(1, 2, 3, 4, 5);
    private static final Digest RIGHT = new Digest(6, 7, 8, 9, 10);
    private static final BFieldElements SEQUENCE = BFieldElements.owning(new long[35]);

    @AfterEach
    void back() {
        Tip5Permutation.use(null);
    }

    @Test
    void aKernelThatDoesTheSameIsUsedForEveryHash() {
        AtomicInteger used = new AtomicInteger();
        Digest pair = Tip5.hashPair(LEFT, RIGHT);
        Digest sequence = Tip5.hashVarlen(SEQUENCE);

        Tip5.accelerate((state, work) -> {
            used.incrementAndGet();
            Tip5.PORTABLE.permute(state, work);
        });
        used.set(0);

        assertThat(Tip5.hashPair(LEFT, RIGHT)).isEqualTo(pair);
        assertThat(used).hasValue(1);
        assertThat(Tip5.hashVarlen(SEQUENCE)).isEqualTo(sequence);
        assertThat(used).hasValue(5);
    }

    @Test
    void aKernelMayGiveOtherWordsForTheSameElements() {
        assertThat(KernelComparison.disagreement((state, work) -> {
                    Tip5.PORTABLE.permute(state, work);
                    for (int i = 0; i < state.length; i++) {
                        long reduced = BFieldElement.reduce(state[i]);
                        state[i] =
                                Long.compareUnsigned(reduced, 0xFFFF_FFFFL) < 0 ? reduced + BFieldElement.P : reduced;
                    }
                }))
                .isEmpty();
    }

    @Test
    void aKernelThatIsWrongInOneElementIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tip5.accelerate((state, work) -> {
                    Tip5.PORTABLE.permute(state, work);
                    state[13] ^= 1;
                }))
                .withMessageContaining("element 13 ");
        assertThat(Tip5.hashPair(LEFT, RIGHT))
                .isEqualTo(Digest.fromHex(
                        "6645b74f0a09239675b867d3e88a906b8d4c3e9bdd08afef2238d87c845f620fd0f6a666a55cab53"));
    }

    @Test
    void soIsOneThatIsWrongAboutWordsThatAreNotCanonical() {
        assertThat(KernelComparison.disagreement((state, work) -> {
                    boolean wrong = !BFieldElement.isCanonical(state[7]);
                    Tip5.PORTABLE.permute(state, work);
                    state[2] += wrong ? 1 : 0;
                }))
                .isPresent();
    }

    @Test
    void soIsOneThatIsWrongAboutASingleEdge() {
        assertThat(KernelComparison.disagreement((state, work) -> {
                    boolean wrong = state[4] == 0xFFFF_FFFF_0000_0000L;
                    Tip5.PORTABLE.permute(state, work);
                    state[2] += wrong ? 1 : 0;
                }))
                .isPresent();
    }
}
