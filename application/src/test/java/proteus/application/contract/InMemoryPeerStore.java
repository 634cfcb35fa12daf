package proteus.application.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.PeerStore;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/** A {@link PeerStore} that lives as long as the test. Safe for use by many threads. */
public final class InMemoryPeerStore implements PeerStore {

    private final int maxAddressBook;
    private final int maxStandings;
    private final int maxBans;
    private final Map<IpAddress, PeerStanding> standings = new HashMap<>();
    private final Map<IpAddress, Instant> bans = new HashMap<>();
    private final Map<PeerAddress, AddressBookEntry> addressBook = new HashMap<>();
    private boolean closed;

    /** An empty store with the bounds of the port. */
    public InMemoryPeerStore() {
        this(MAX_ADDRESS_BOOK, MAX_STANDINGS, MAX_BANS);
    }

    /** An empty store with bounds of its own. */
    public InMemoryPeerStore(int maxAddressBook, int maxStandings, int maxBans) {
        this.maxAddressBook = maxAddressBook;
        this.maxStandings = maxStandings;
        this.maxBans = maxBans;
    }

    @Override
    public synchronized Optional<PeerStanding> standing(IpAddress ip) throws StoreException {
        requireCanonical(ip);
        requireOpen();
        return Optional.ofNullable(standings.get(ip));
    }

    @Override
    public synchronized Map<IpAddress, PeerStanding> standings() throws StoreException {
        requireOpen();
        return Map.copyOf(standings);
    }

    @Override
    public synchronized void putStanding(IpAddress ip, PeerStanding standing) throws StoreException {
        requireCanonical(ip);
        requireOpen();
        Comparator<PeerStanding> neutralFirst = Comparator.comparingInt(known -> Math.abs(known.score()));
        put(standings, ip, standing, neutralFirst.thenComparing(InMemoryPeerStore::latestChange), maxStandings);
    }

    private static Instant latestChange(PeerStanding standing) {
        Instant punished =
                standing.latestPunishment().map(PeerStanding.Punishment::time).orElse(Instant.MIN);
        Instant rewarded =
                standing.latestReward().map(PeerStanding.Reward::time).orElse(Instant.MIN);
        return punished.isAfter(rewarded) ? punished : rewarded;
    }

    @Override
    public synchronized void clearStanding(IpAddress ip) throws StoreException {
        requireCanonical(ip);
        requireOpen();
        standings.remove(ip);
    }

    @Override
    public synchronized void clearStandings() throws StoreException {
        requireOpen();
        standings.clear();
    }

    @Override
    public synchronized Map<IpAddress, Instant> bans() throws StoreException {
        requireOpen();
        return Map.copyOf(bans);
    }

    @Override
    public synchronized void putBan(IpAddress ip, Instant since) throws StoreException {
        requireCanonical(ip);
        requireOpen();
        put(bans, ip, since, Comparator.naturalOrder(), maxBans);
    }

    @Override
    public synchronized void removeBan(IpAddress ip) throws StoreException {
        requireCanonical(ip);
        requireOpen();
        bans.remove(ip);
    }

    @Override
    public synchronized void removeBans() throws StoreException {
        requireOpen();
        bans.clear();
    }

    @Override
    public synchronized List<AddressBookEntry> addressBook() throws StoreException {
        requireOpen();
        List<AddressBookEntry> entries = new ArrayList<>(addressBook.values());
        entries.sort(
                Comparator.comparing(AddressBookEntry::lastSeen).reversed().thenComparing(AddressBookEntry::address));
        return List.copyOf(entries);
    }

    @Override
    public synchronized void putAddress(AddressBookEntry entry) throws StoreException {
        requireCanonical(entry.address().ip());
        requireOpen();
        put(addressBook, entry.address(), entry, Comparator.comparing(AddressBookEntry::lastSeen), maxAddressBook);
    }

    @Override
    public synchronized void removeAddress(PeerAddress address) throws StoreException {
        requireCanonical(address.ip());
        requireOpen();
        addressBook.remove(address);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private static <K, V> void put(Map<K, V> records, K key, V value, Comparator<V> leastFirst, int bound) {
        if (!records.containsKey(key) && records.size() >= bound) {
            records.entrySet().stream()
                    .min(Map.Entry.comparingByValue(leastFirst))
                    .map(Map.Entry::getKey)
                    .ifPresent(records::remove);
        }
        records.put(key, value);
    }

    private void requireOpen() throws StoreException {
        if (closed) {
            throw new StoreException(StoreException.Reason.CLOSED, "The peer store is closed.");
        }
    }

    private static void requireCanonical(IpAddress ip) {
        if (!ip.equals(ip.canonical())) {
            throw new IllegalArgumentException("not canonical: " + ip);
        }
    }
}
