/**
 * RocksDB stores. {@link proteus.adapters.persistence.RocksDbPeerStore} remembers peers; the files, their format and what
 * survives which accident are described in docs/peer-store.md.
 */
package proteus.adapters.persistence;
