package proteus.application.contract;

import proteus.application.port.PeerStore;

final class InMemoryPeerStoreTest extends PeerStoreContract {

    @Override
    protected PeerStore open(int maxAddressBook, int maxStandings, int maxBans) {
        return new InMemoryPeerStore(maxAddressBook, maxStandings, maxBans);
    }
}
