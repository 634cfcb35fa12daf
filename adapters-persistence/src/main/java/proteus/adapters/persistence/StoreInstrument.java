package proteus.adapters.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import proteus.application.port.Measurement;

/** What a store's database tells of itself. For the store's thread. */
final class StoreInstrument {

    private static final String LABEL = "store";

    private final String store;

    StoreInstrument(StoreKind kind) {
        store = kind.name().toLowerCase(Locale.ROOT);
    }

    /** A number of RocksDB's, over all tables of a database. */
    private record Property(String property, String name, String help) {}

    private static final List<Property> PROPERTIES = List.of(
            new Property("rocksdb.total-sst-files-size", "proteus_store_file_bytes", "Size of a store's table files."),
            new Property(
                    "rocksdb.cur-size-all-mem-tables",
                    "proteus_store_write_buffer_bytes",
                    "Memory for what was written and is not in table files yet."),
            new Property(
                    "rocksdb.estimate-table-readers-mem",
                    "proteus_store_index_bytes",
                    "Memory for the indexes of table files."),
            new Property("rocksdb.estimate-num-keys", "proteus_store_records", "About how many records a store has."),
            new Property(
                    "rocksdb.estimate-pending-compaction-bytes",
                    "proteus_store_pending_compaction_bytes",
                    "Bytes that are to be written anew to keep a store in order."));

    /** How {@code db} is, and how its thread fares. */
    List<Measurement> measure(RocksDB db, StoreThread thread) throws RocksDBException {
        List<Measurement> all = new ArrayList<>();
        for (Property property : PROPERTIES) {
            all.add(Measurement.gauge(
                    property.name, property.help, LABEL, store, db.getAggregatedLongProperty(property.property)));
        }
        // Of the whole database, whichever table is asked.
        all.add(Measurement.gauge(
                "proteus_store_background_errors",
                "Errors that a store met outside calls; more than 0 is a reason to look at the disk.",
                LABEL,
                store,
                db.getLongProperty("rocksdb.background-errors")));
        all.add(Measurement.gauge(
                "proteus_store_writes_stopped",
                "1 while a store takes no writes since its disk does not keep up, else 0.",
                LABEL,
                store,
                db.getLongProperty("rocksdb.is-write-stopped")));
        all.add(Measurement.counter("proteus_store_calls", "Calls of a store.", LABEL, store, thread.calls()));
        all.add(Measurement.counter(
                "proteus_store_busy_seconds", "Time that a store's calls took.", LABEL, store, thread.busySeconds()));
        all.add(Measurement.gauge(
                "proteus_store_waiting_calls",
                "Calls of a store that wait for their turn.",
                LABEL,
                store,
                thread.waiting()));
        return all;
    }
}
