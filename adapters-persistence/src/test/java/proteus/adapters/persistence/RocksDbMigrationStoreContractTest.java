package proteus.adapters.persistence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.contract.MigrationStoreContract;
import proteus.application.port.MigrationStore;
import proteus.application.port.StoreException;

final class RocksDbMigrationStoreContractTest extends MigrationStoreContract {

    @TempDir
    Path temp;

    private final List<RocksDbPeerStore> stores = new ArrayList<>();

    @Override
    protected MigrationStore open(int maxJournal, int maxCounterparts) throws StoreException {
        Path dir = temp.resolve("store-" + stores.size());
        stores.add(RocksDbPeerStore.open(dir, new Bounds(1, 1, 1, maxJournal, maxCounterparts)));
        return stores.getLast().migration();
    }

    @Override
    protected void close() throws StoreException {
        for (RocksDbPeerStore store : stores) {
            store.close();
        }
    }
}
