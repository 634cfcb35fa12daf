/** RocksDB stores: peers, blocks, chain state, migration journal. Nothing yet: its issue has not come. */
package proteus.adapters.persistence;
