package planted.application.sync;

import org.rocksdb.RocksDB;

/** Brings its store along. */
public record OpensRocksDb(RocksDB store) {}
