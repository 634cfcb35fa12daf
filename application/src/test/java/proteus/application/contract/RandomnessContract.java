package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proteus.application.port.Randomness;
import proteus.domain.peer.InstanceId;

/** What every {@link Randomness} does. */
public abstract class RandomnessContract {

    /** The generator under test. */
    protected abstract Randomness randomness();

    @Test
    void numbersStayBelowTheBoundAndReachAllOfIt() {
        Randomness randomness = randomness();
        Set<Integer> seen = new HashSet<>();

        for (int i = 0; i < 1000; i++) {
            seen.add(randomness.below(7));
        }

        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void aBoundThatIsNotPositiveIsRefused() {
        Randomness randomness = randomness();

        assertThatThrownBy(() -> randomness.below(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> randomness.below(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void instanceIdsDiffer() {
        Randomness randomness = randomness();
        Set<InstanceId> seen = new HashSet<>();

        for (int i = 0; i < 1000; i++) {
            seen.add(randomness.nextInstanceId());
        }

        assertThat(seen).hasSize(1000);
    }
}
