/** RocksDB stores: peers, blocks, chain state, migration journal. Nothing yet: its issue has not come. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.persistence {
    requires transitive proteus.application;
    requires static org.jspecify;
}
