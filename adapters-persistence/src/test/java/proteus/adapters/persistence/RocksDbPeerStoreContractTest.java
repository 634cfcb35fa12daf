package proteus.adapters.persistence;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.contract.PeerStoreContract;
import proteus.application.port.PeerStore;

final class RocksDbPeerStoreContractTest extends PeerStoreContract {

    @TempDir
    Path temp;

    private int stores;

    @Override
    protected PeerStore open(int maxAddressBook, int maxStandings, int maxBans) throws Exception {
        Path dir = temp.resolve("store-" + stores++);
        return RocksDbPeerStore.open(dir, new Bounds(maxAddressBook, maxStandings, maxBans, 1, 1));
    }
}
