package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import proteus.application.port.Randomness;

final class SeededRandomnessTest extends RandomnessContract {

    @Override
    protected Randomness randomness() {
        return new SeededRandomness(1);
    }

    @Test
    void theSameSeedGivesTheSameChoices() {
        Randomness one = new SeededRandomness(42);
        Randomness other = new SeededRandomness(42);

        for (int i = 0; i < 100; i++) {
            assertThat(one.nextLong()).isEqualTo(other.nextLong());
        }
    }
}
