package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import proteus.application.port.Carrier;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;
import proteus.domain.peer.PositivePeerSanction;

/** What every {@link PeerStore} does. */
public abstract class PeerStoreContract {

    private static final int FEW = 3;
    private static final int TOLERANCE = 1000;
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456789Z");
    private static final IpAddress MAPPED = new IpAddress.V6(0, 0x0000_FFFF_0A00_0001L);
    private static final IpAddress IPV6 = new IpAddress.V6(0x2001_0DB8_0000_0000L, 1);

    private PeerStore store;

    /** An empty store with these bounds; the suite closes it. */
    protected abstract PeerStore open(int maxAddressBook, int maxStandings, int maxBans) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(FEW, FEW, FEW);
    }

    @AfterEach
    void closeStore() throws StoreException {
        store.close();
    }

    @Test
    void aNewStoreKnowsNobody() throws StoreException {
        assertThat(store.standings()).isEmpty();
        assertThat(store.standing(ip(1))).isEmpty();
        assertThat(store.bans()).isEmpty();
        assertThat(store.addressBook()).isEmpty();
    }

    @Test
    void aStandingComesBackWithItsSanctionsAndTimes() throws StoreException {
        PeerStanding standing = PeerStanding.neutral(TOLERANCE)
                .after(new PositivePeerSanction.ValidBlocks(3), NOON)
                .after(new NegativePeerSanction.ArchivalMutatorSetRequest(9), NOON.plusNanos(1));

        store.putStanding(ip(1), standing);
        store.putStanding(IPV6, PeerStanding.neutral(TOLERANCE));

        assertThat(store.standing(ip(1))).contains(standing);
        assertThat(store.standings()).isEqualTo(Map.of(ip(1), standing, IPV6, PeerStanding.neutral(TOLERANCE)));
    }

    @Test
    void aStandingIsReplaced() throws StoreException {
        store.putStanding(ip(1), score(-5));
        store.putStanding(ip(1), score(7));

        assertThat(store.standings()).isEqualTo(Map.of(ip(1), score(7)));
    }

    @Test
    void oneStandingIsForgottenOrAll() throws StoreException {
        store.putStanding(ip(1), score(-1));
        store.putStanding(ip(2), score(-TOLERANCE));
        store.putStanding(IPV6, score(-3));

        store.clearStanding(ip(2));
        store.clearStanding(ip(9));
        assertThat(store.standings()).containsOnlyKeys(ip(1), IPV6);

        store.clearStandings();
        assertThat(store.standings()).isEmpty();
    }

    @Test
    void theStandingClosestToNeutralMakesRoom() throws StoreException {
        store.putStanding(ip(1), score(-TOLERANCE));
        store.putStanding(ip(2), score(-2));
        store.putStanding(ip(3), score(4));

        store.putStanding(ip(4), score(0));
        assertThat(store.standings()).containsOnlyKeys(ip(1), ip(3), ip(4));
        store.putStanding(ip(5), score(-9));
        assertThat(store.standings()).containsOnlyKeys(ip(1), ip(3), ip(5));
    }

    @Test
    void ofStandingsEquallyCloseTheOneThatChangedLongestAgoMakesRoom() throws StoreException {
        for (int i = 0; i < FEW; i++) {
            store.putStanding(ip(i), punishedAt(NOON.minusSeconds(i)));
        }

        store.putStanding(ip(9), score(-TOLERANCE));

        assertThat(store.standings()).containsOnlyKeys(ip(0), ip(1), ip(9));
    }

    @Test
    void replacingInAFullStoreForgetsNobody() throws StoreException {
        for (int i = 0; i < FEW; i++) {
            store.putStanding(ip(i), score(-i));
            store.putBan(ip(i), NOON.plusSeconds(i));
            store.putAddress(seen(i, NOON.plusSeconds(i)));
        }

        store.putStanding(ip(0), score(-8));
        store.putBan(ip(0), NOON.plusSeconds(60));
        store.putAddress(seen(0, NOON.plusSeconds(60)));

        assertThat(store.standings()).hasSize(FEW).containsEntry(ip(0), score(-8));
        assertThat(store.bans()).hasSize(FEW).containsEntry(ip(0), NOON.plusSeconds(60));
        assertThat(store.addressBook()).hasSize(FEW).contains(seen(0, NOON.plusSeconds(60)));
    }

    @Test
    void whatWasReplacedCountsByItsNewValueWhenRoomIsMade() throws StoreException {
        for (int i = 0; i < FEW; i++) {
            store.putBan(ip(i), NOON.plusSeconds(i));
        }
        store.putBan(ip(0), NOON.plusSeconds(60));

        store.putBan(ip(9), NOON.plusSeconds(70));

        assertThat(store.bans()).containsOnlyKeys(ip(0), ip(2), ip(9));
    }

    @Test
    void whatWasForgottenLeavesRoom() throws StoreException {
        for (int i = 0; i < FEW; i++) {
            store.putBan(ip(i), NOON.plusSeconds(i));
        }
        store.removeBan(ip(2));

        store.putBan(ip(9), NOON);

        assertThat(store.bans()).containsOnlyKeys(ip(0), ip(1), ip(9));
    }

    @Test
    void whatIsNewIsKeptEvenIfItIsTheLeastWorthKeeping() throws StoreException {
        for (int i = 0; i < FEW; i++) {
            store.putBan(ip(i), NOON.plusSeconds(i));
            store.putAddress(seen(i, NOON.plusSeconds(i)));
        }

        store.putBan(ip(9), NOON.minusSeconds(60));
        store.putAddress(seen(9, NOON.minusSeconds(60)));

        assertThat(store.bans()).containsOnlyKeys(ip(1), ip(2), ip(9));
        assertThat(store.addressBook()).extracting(AddressBookEntry::address).contains(address(9));
    }

    @Test
    void bansComeBackWithTheirTimes() throws StoreException {
        store.putBan(ip(1), NOON);
        store.putBan(IPV6, Instant.EPOCH.minusNanos(1));

        assertThat(store.bans()).isEqualTo(Map.of(ip(1), NOON, IPV6, Instant.EPOCH.minusNanos(1)));
    }

    @Test
    void oneBanIsLiftedOrAll() throws StoreException {
        store.putBan(ip(1), NOON);
        store.putBan(ip(2), NOON);
        store.putBan(IPV6, NOON);

        store.removeBan(ip(1));
        store.removeBan(ip(9));
        assertThat(store.bans()).containsOnlyKeys(ip(2), IPV6);

        store.removeBans();
        assertThat(store.bans()).isEmpty();
    }

    @Test
    void theAddressBookIsSortedLastSeenFirst() throws StoreException {
        AddressBookEntry old = seen(1, NOON);
        AddressBookEntry recent =
                new AddressBookEntry(new PeerAddress(IPV6, 65_535), Carrier.LIBP2P_TCP, NOON, NOON.plusNanos(1), 7);
        AddressBookEntry asOld = seen(0, NOON);

        store.putAddress(old);
        store.putAddress(recent);
        store.putAddress(asOld);

        assertThat(store.addressBook()).containsExactly(recent, asOld, old);
    }

    @Test
    void thePortIsPartOfAnAddress() throws StoreException {
        AddressBookEntry one = new AddressBookEntry(new PeerAddress(ip(1), 0), Carrier.LEGACY_TCP, NOON, NOON, 0);
        AddressBookEntry other =
                new AddressBookEntry(new PeerAddress(ip(1), 40_000), Carrier.LEGACY_TCP, NOON, NOON, Integer.MAX_VALUE);
        store.putAddress(one);
        store.putAddress(other);

        store.removeAddress(one.address());
        store.removeAddress(address(9));

        assertThat(store.addressBook()).containsExactly(other);
    }

    @Test
    void theAddressSeenLongestAgoMakesRoom() throws StoreException {
        store.putAddress(seen(1, NOON.plusSeconds(1)));
        store.putAddress(seen(2, NOON));
        store.putAddress(seen(3, NOON.plusSeconds(2)));

        store.putAddress(seen(4, NOON.plusSeconds(3)));

        assertThat(store.addressBook())
                .extracting(AddressBookEntry::address)
                .containsExactly(address(4), address(3), address(1));
    }

    @Test
    void mappedAddressesAreRefused() throws StoreException {
        PeerAddress address = new PeerAddress(MAPPED, 9798);
        AddressBookEntry entry = new AddressBookEntry(address, Carrier.LEGACY_TCP, NOON, NOON, 0);

        List<ThrowingCallable> calls = List.of(
                () -> store.standing(MAPPED),
                () -> store.putStanding(MAPPED, score(0)),
                () -> store.clearStanding(MAPPED),
                () -> store.putBan(MAPPED, NOON),
                () -> store.removeBan(MAPPED),
                () -> store.putAddress(entry),
                () -> store.removeAddress(address));

        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class));
        assertThat(store.standings()).isEmpty();
        assertThat(store.bans()).isEmpty();
        assertThat(store.addressBook()).isEmpty();
    }

    @Test
    void whatIsReadIsACopy() throws StoreException {
        store.putBan(ip(1), NOON);
        Map<IpAddress, Instant> before = store.bans();
        store.putBan(ip(2), NOON);

        assertThat(before).containsOnlyKeys(ip(1));
    }

    @Test
    void aClosedStoreSaysSo() throws StoreException {
        store.close();
        store.close();

        List<ThrowingCallable> calls = List.of(
                store::standings,
                () -> store.standing(ip(1)),
                () -> store.putStanding(ip(1), score(0)),
                () -> store.clearStanding(ip(1)),
                store::clearStandings,
                store::bans,
                () -> store.putBan(ip(1), NOON),
                () -> store.removeBan(ip(1)),
                store::removeBans,
                store::addressBook,
                () -> store.putAddress(seen(1, NOON)),
                () -> store.removeAddress(address(1)));

        assertThat(calls)
                .allSatisfy(call -> assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(call)
                        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(StoreException.Reason.CLOSED)));
    }

    @Test
    void manyVirtualThreadsMayUseOneStore() throws Exception {
        int threads = 200;
        try (PeerStore roomy = open(threads, threads, threads);
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<PeerStanding>>> read = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                IpAddress ip = ip(i);
                PeerStanding standing = score(-i);
                read.add(executor.submit(() -> {
                    roomy.putStanding(ip, standing);
                    return roomy.standing(ip);
                }));
            }

            for (int i = 0; i < threads; i++) {
                assertThat(read.get(i).get()).contains(score(-i));
            }
            assertThat(roomy.standings()).hasSize(threads);
        }
    }

    private static IpAddress ip(int last) {
        return new IpAddress.V4(0x0A00_0000 + last);
    }

    private static PeerAddress address(int last) {
        return new PeerAddress(ip(last), 9798);
    }

    private static AddressBookEntry seen(int last, Instant when) {
        return new AddressBookEntry(address(last), Carrier.LEGACY_TCP, NOON.minusSeconds(3600), when, last);
    }

    private static PeerStanding score(int score) {
        return new PeerStanding(score, Optional.empty(), Optional.empty(), TOLERANCE);
    }

    private static PeerStanding punishedAt(Instant time) {
        return PeerStanding.neutral(TOLERANCE).after(new NegativePeerSanction.InvalidMessage(), time);
    }
}
