package proteus.application.node;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import proteus.application.port.Carrier;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.StoreException;
import proteus.domain.peer.PeerAddress;

/**
 * The addresses at which peers have answered, with what carried it. Safe for use by many threads; blocks on the store.
 *
 * <p>A store that fails costs this memory, with an error in the log, and not the node.
 */
final class AddressBook {

    private static final System.Logger LOG = System.getLogger(AddressBook.class.getName());

    /** Who was seen within this time comes first; neptune-cash 0.19.4, address book. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final PeerStore store;
    private final InstantSource clock;

    AddressBook(PeerStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** By what {@code address} answered last. */
    Optional<Carrier> carrierOf(PeerAddress address) {
        return entry(address).map(AddressBookEntry::carrier);
    }

    /** A handshake over {@code carrier} went well at {@code address}. */
    void answered(PeerAddress address, Carrier carrier) {
        Instant now = clock.instant();
        Instant first = entry(address).map(AddressBookEntry::firstSeen).orElse(now);
        put(new AddressBookEntry(address, carrier, first, now, 0));
    }

    /** A dial failed; remembered of those that answered before. */
    void failed(PeerAddress address) {
        entry(address)
                .ifPresent(known -> put(new AddressBookEntry(
                        address, known.carrier(), known.firstSeen(), known.lastSeen(), known.failures() + 1)));
    }

    /** The best addresses first: seen lately, then with few failures, then known for long. */
    List<AddressBookEntry> best() {
        Instant recent = clock.instant().minus(RECENT);
        return entries().stream()
                .sorted(Comparator.<AddressBookEntry, Boolean>comparing(
                                entry -> entry.lastSeen().isBefore(recent))
                        .thenComparingInt(AddressBookEntry::failures)
                        .thenComparing(
                                entry -> Duration.between(entry.firstSeen(), entry.lastSeen()),
                                Comparator.reverseOrder())
                        .thenComparing(AddressBookEntry::address))
                .toList();
    }

    private Optional<AddressBookEntry> entry(PeerAddress address) {
        return entries().stream()
                .filter(entry -> entry.address().equals(address))
                .findAny();
    }

    private List<AddressBookEntry> entries() {
        try {
            return store.addressBook();
        } catch (StoreException failure) {
            LOG.log(Level.ERROR, "the address book cannot be read", failure);
            return List.of();
        }
    }

    private void put(AddressBookEntry entry) {
        try {
            store.putAddress(entry);
        } catch (StoreException failure) {
            LOG.log(Level.ERROR, "the address book entry of " + entry.address() + " cannot be stored", failure);
        }
    }
}
