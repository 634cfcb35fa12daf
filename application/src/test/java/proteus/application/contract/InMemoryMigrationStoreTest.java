package proteus.application.contract;

import proteus.application.port.MigrationStore;

final class InMemoryMigrationStoreTest extends MigrationStoreContract {

    private InMemoryMigrationStore store = new InMemoryMigrationStore();

    @Override
    protected MigrationStore open(int maxJournal, int maxCounterparts) {
        store = new InMemoryMigrationStore(maxJournal, maxCounterparts);
        return store;
    }

    @Override
    protected void close() {
        store.close();
    }
}
