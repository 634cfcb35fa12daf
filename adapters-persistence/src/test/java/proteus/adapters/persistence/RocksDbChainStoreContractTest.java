package proteus.adapters.persistence;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.contract.ChainStoreContract;
import proteus.application.port.ChainStore;

final class RocksDbChainStoreContractTest extends ChainStoreContract {

    @TempDir
    Path temp;

    @Override
    protected ChainStore open() throws Exception {
        return RocksDbChainStore.open(temp.resolve("chain"));
    }
}
