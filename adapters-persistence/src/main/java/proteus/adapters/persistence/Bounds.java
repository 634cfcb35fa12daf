package proteus.adapters.persistence;

import proteus.application.port.MigrationStore;
import proteus.application.port.PeerStore;

/**
 * How many records each table holds at most, each at least 1.
 *
 * @param addressBook entries of the address book
 * @param standings standings
 * @param bans bans
 * @param journal entries of the migration's journal
 * @param counterparts counterparts of legacy peers
 */
record Bounds(int addressBook, int standings, int bans, int journal, int counterparts) {

    /** Those of the port. */
    static final Bounds OF_PORT = new Bounds(
            PeerStore.MAX_ADDRESS_BOOK,
            PeerStore.MAX_STANDINGS,
            PeerStore.MAX_BANS,
            MigrationStore.MAX_JOURNAL,
            MigrationStore.MAX_COUNTERPARTS);

    Bounds {
        if (addressBook < 1 || standings < 1 || bans < 1 || journal < 1 || counterparts < 1) {
            throw new IllegalArgumentException("a table of fewer than 1 record");
        }
    }
}
