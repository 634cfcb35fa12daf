package proteus.application.runtime;

import proteus.application.contract.WorkPoolContract;
import proteus.application.port.WorkPool;

final class PlatformWorkPoolTest extends WorkPoolContract {

    @Override
    protected WorkPool create() {
        return new PlatformWorkPool("test-work", 1, 0);
    }
}
