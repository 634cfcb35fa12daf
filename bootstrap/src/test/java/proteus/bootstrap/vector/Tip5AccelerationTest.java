package proteus.bootstrap.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.domain.hash.Digest;
import proteus.domain.hash.PermutationKernel;
import proteus.domain.hash.Tip5;

class Tip5AccelerationTest {

    private static final Digest LEFT = new Digest(1, 2, 3, 4, 5);
    private static final Digest RIGHT = new Digest(6, 7, 8, 9, 10);

    private long nanos;

    private final WarmUp warmUp = new WarmUp(() -> nanos);
    private final List<PermutationKernel> accepted = new ArrayList<>();

    @Test
    void aKernelIsTimedBesideThePortableOne() {
        WarmUp.Comparison comparison = warmUp.run(taking(300), taking(500));

        assertThat(comparison).isEqualTo(new WarmUp.Comparison(300, 500));
        assertThat(comparison.isFaster()).isTrue();
        assertThat(nanos).isEqualTo(800L * WarmUp.BATCH * WarmUp.LEAST_BATCHES);
    }

    @Test
    void aKernelThatBecomesFasterLaterIsWaitedFor() {
        long slowUntil = 4_000_000_000L;
        PermutationKernel candidate = (state, work) -> nanos += nanos < slowUntil ? 100_000 : 300;

        WarmUp.Comparison comparison = warmUp.run(candidate, taking(500));

        assertThat(comparison.isFaster()).isTrue();
        assertThat(nanos).isBetween(slowUntil, slowUntil + 100_000_000L);
    }

    @Test
    void aKernelThatNeverBecomesFasterIsGivenUp() {
        WarmUp.Comparison comparison = warmUp.run(taking(460), taking(500));

        assertThat(comparison.isFaster()).isFalse();
        assertThat(nanos).isBetween(WarmUp.LIMIT_NANOS, WarmUp.LIMIT_NANOS + 1_000L * WarmUp.BATCH);
    }

    @Test
    void aFasterKernelIsUsed() {
        PermutationKernel kernel = taking(300);

        new Tip5Acceleration(warmUp, taking(500), accepted::add).run(kernel);

        assertThat(accepted).containsExactly(kernel);
    }

    @Test
    void aSlowerOneIsNot() {
        new Tip5Acceleration(warmUp, taking(500), accepted::add).run(taking(1_000_000));

        assertThat(accepted).isEmpty();
        assertThat(nanos).isBetween(WarmUp.LIMIT_NANOS, WarmUp.LIMIT_NANOS + 1_001_000L * WarmUp.BATCH);
    }

    @Test
    void oneThatIsRefusedForWhatItComputesChangesNothing() {
        Digest before = Tip5.hashPair(LEFT, RIGHT);

        new Tip5Acceleration(warmUp, taking(500), Tip5::accelerate).run(taking(300));

        assertThat(Tip5.hashPair(LEFT, RIGHT)).isEqualTo(before);
    }

    /** Computes nothing, for so many nanoseconds. */
    private PermutationKernel taking(long each) {
        return (state, work) -> nanos += each;
    }
}
