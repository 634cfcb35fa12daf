package proteus.adapters.persistence;

import java.util.List;
import java.util.Optional;
import proteus.application.port.Counterpart;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationStore;
import proteus.application.port.Rollout;
import proteus.application.port.StoreException;
import proteus.domain.peer.PeerAddress;

/** What an open peer store keeps for the migration. Safe for use by many threads. */
final class RocksDbMigrationStore implements MigrationStore {

    private final RocksDbPeerStore store;

    RocksDbMigrationStore(RocksDbPeerStore store) {
        this.store = store;
    }

    @Override
    public Optional<Rollout> rollout() throws StoreException {
        return store.read(database -> database.migration().rollout());
    }

    @Override
    public void putRollout(JournalEntry.StageChanged change) throws StoreException {
        store.write(database -> database.migration().putRollout(change, database.synced()));
    }

    @Override
    public void append(JournalEntry entry) throws StoreException {
        store.write(database -> database.migration().append(entry, database.unsynced()));
    }

    @Override
    public List<JournalEntry> journal(int most) throws StoreException {
        if (most < 0) {
            throw new IllegalArgumentException("fewer than no entries: " + most);
        }
        return store.read(database -> database.migration().journal(most));
    }

    @Override
    public List<Counterpart> counterparts() throws StoreException {
        return store.read(database -> database.migration().counterparts().all()).entrySet().stream()
                .map(entry -> entry.getValue().at(entry.getKey()))
                .toList();
    }

    @Override
    public void putCounterpart(Counterpart counterpart) throws StoreException {
        store.write(database -> database.migration()
                .counterparts()
                .put(counterpart.legacy(), CounterpartFormat.Entry.of(counterpart), database.unsynced()));
    }

    @Override
    public void removeCounterpart(PeerAddress legacy) throws StoreException {
        RocksDbPeerStore.requireCanonical(legacy.ip());
        store.write(database -> database.migration().counterparts().remove(legacy, database.unsynced()));
    }
}
