package proteus.application.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import proteus.application.port.PeerStore;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/**
 * Any peer store, with a look at whether its callers keep the rules of the port.
 *
 * <p>A broken rule is kept for {@link #violations} and thrown at the caller, who may be on a thread that no test sees.
 */
public final class AssertingPeerStore implements PeerStore {

    private final PeerStore store;
    private final BrokenRules broken;
    private final List<String> eventLoops;
    private volatile boolean closed;

    private AssertingPeerStore(PeerStore store, boolean loud, List<String> eventLoops) {
        this.store = store;
        broken = new BrokenRules(loud);
        this.eventLoops = eventLoops;
    }

    /**
     * Throws at whoever breaks a rule, before {@code store} sees the call.
     *
     * @param eventLoops how the names of threads begin that must not block, beside those of in-memory connections
     */
    public static AssertingPeerStore over(PeerStore store, String... eventLoops) {
        return new AssertingPeerStore(
                store,
                true,
                Stream.concat(Stream.of(InMemoryPeerConnection.EVENT_LOOP), Stream.of(eventLoops))
                        .toList());
    }

    /** Only keeps what rules were broken; {@code store} sees every call. */
    public static AssertingPeerStore recording(PeerStore store) {
        return new AssertingPeerStore(store, false, List.of(InMemoryPeerConnection.EVENT_LOOP));
    }

    /** The rules that were broken so far. */
    public List<BrokenRuleError> violations() {
        return broken.all();
    }

    @Override
    public Optional<PeerStanding> standing(IpAddress ip) throws StoreException {
        check(ip);
        return store.standing(ip);
    }

    @Override
    public Map<IpAddress, PeerStanding> standings() throws StoreException {
        check();
        return store.standings();
    }

    @Override
    public void putStanding(IpAddress ip, PeerStanding standing) throws StoreException {
        check(ip);
        store.putStanding(ip, standing);
    }

    @Override
    public void clearStanding(IpAddress ip) throws StoreException {
        check(ip);
        store.clearStanding(ip);
    }

    @Override
    public void clearStandings() throws StoreException {
        check();
        store.clearStandings();
    }

    @Override
    public Map<IpAddress, Instant> bans() throws StoreException {
        check();
        return store.bans();
    }

    @Override
    public void putBan(IpAddress ip, Instant since) throws StoreException {
        check(ip);
        store.putBan(ip, since);
    }

    @Override
    public void removeBan(IpAddress ip) throws StoreException {
        check(ip);
        store.removeBan(ip);
    }

    @Override
    public void removeBans() throws StoreException {
        check();
        store.removeBans();
    }

    @Override
    public List<AddressBookEntry> addressBook() throws StoreException {
        check();
        return store.addressBook();
    }

    @Override
    public void putAddress(AddressBookEntry entry) throws StoreException {
        check(entry.address().ip());
        store.putAddress(entry);
    }

    @Override
    public void removeAddress(PeerAddress address) throws StoreException {
        check(address.ip());
        store.removeAddress(address);
    }

    @Override
    public void close() throws StoreException {
        checkThread();
        closed = true;
        store.close();
    }

    private void check(IpAddress ip) {
        if (!ip.equals(ip.canonical())) {
            broken.add(PortRule.CANONICAL_ADDRESSES, ip.toString());
        }
        check();
    }

    private void check() {
        if (closed) {
            broken.add(PortRule.STORE_BEFORE_CLOSE, "used by " + Thread.currentThread());
        }
        checkThread();
    }

    private void checkThread() {
        String name = Thread.currentThread().getName();
        if (eventLoops.stream().anyMatch(name::startsWith)) {
            broken.add(PortRule.NO_STORE_ON_AN_EVENT_LOOP, "used by " + Thread.currentThread());
        }
    }
}
