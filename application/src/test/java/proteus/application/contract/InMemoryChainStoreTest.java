package proteus.application.contract;

import proteus.application.port.ChainStore;

final class InMemoryChainStoreTest extends ChainStoreContract {

    @Override
    protected ChainStore open() {
        return new InMemoryChainStore();
    }
}
