package proteus.application.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/**
 * What the node remembers of its peers over restarts: standings and bans by canonical IP, and the address book.
 *
 * <p>Methods block until their effect is as durable as they promise; an implementation does its work on threads of its
 * own, so they may be called from virtual threads. Safe for use by many threads. A write that returned is never lost
 * when the process dies; a write that says <em>synced</em> survives power loss too.
 *
 * <p>IP addresses are canonical: an IPv4-mapped one is an {@link IllegalArgumentException}.
 */
public interface PeerStore extends AutoCloseable {

    /** The most address-book entries a store keeps; the one seen longest ago makes room. */
    int MAX_ADDRESS_BOOK = 1000;

    /** The most standings a store keeps; the one that is closest to neutral makes room. */
    int MAX_STANDINGS = 100_000;

    /** The most bans a store keeps; the oldest makes room. */
    int MAX_BANS = 100_000;

    /** The standing stored for {@code ip}. */
    Optional<PeerStanding> standing(IpAddress ip) throws StoreException;

    /** All stored standings; a copy. */
    Map<IpAddress, PeerStanding> standings() throws StoreException;

    /** Stores a standing; synced if it is bad, so that a banned peer is not welcome again after a power cut. */
    void putStanding(IpAddress ip, PeerStanding standing) throws StoreException;

    /** Forgets the standing of {@code ip}; synced. Does nothing if there is none. */
    void clearStanding(IpAddress ip) throws StoreException;

    /** Forgets all standings; synced. */
    void clearStandings() throws StoreException;

    /** All bans with the time at which each began; a copy. Expiry is the caller's to judge. */
    Map<IpAddress, Instant> bans() throws StoreException;

    /** Stores a ban; synced. */
    void putBan(IpAddress ip, Instant since) throws StoreException;

    /** Lifts a ban; synced. Does nothing if there is none. */
    void removeBan(IpAddress ip) throws StoreException;

    /** Lifts all bans; synced. */
    void removeBans() throws StoreException;

    /** The whole address book, last seen first; a copy. */
    List<AddressBookEntry> addressBook() throws StoreException;

    /** Adds or replaces the entry of {@code entry.address()}. */
    void putAddress(AddressBookEntry entry) throws StoreException;

    /** Forgets the entry of {@code address}. Does nothing if there is none. */
    void removeAddress(PeerAddress address) throws StoreException;

    /** Writes out what is pending and closes. Does nothing the second time. */
    @Override
    void close() throws StoreException;

    /**
     * A peer's address and what dialling it taught us.
     *
     * @param address where to dial; canonical IP
     * @param carrier by what it answered last
     * @param firstSeen when the address was first recorded
     * @param lastSeen when a handshake last succeeded there
     * @param failures dials that failed since then, at most {@link Integer#MAX_VALUE}
     */
    record AddressBookEntry(PeerAddress address, Carrier carrier, Instant firstSeen, Instant lastSeen, int failures) {
        public AddressBookEntry {
            if (failures < 0) {
                throw new IllegalArgumentException("negative number of failures: " + failures);
            }
        }
    }
}
