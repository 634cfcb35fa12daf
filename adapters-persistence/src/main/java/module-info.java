/** RocksDB stores: the peer store now; blocks, chain state and the migration journal when their time comes. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.persistence {
    requires transitive proteus.application;
    requires static org.jspecify;
    requires rocksdbjni;

    exports proteus.adapters.persistence;
}
