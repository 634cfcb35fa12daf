package proteus.application.runtime;

import proteus.application.contract.RandomnessContract;
import proteus.application.port.Randomness;

final class SecureRandomnessTest extends RandomnessContract {

    @Override
    protected Randomness randomness() {
        return new SecureRandomness();
    }
}
