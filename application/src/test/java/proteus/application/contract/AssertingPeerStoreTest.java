package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.port.Carrier;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

final class AssertingPeerStoreTest {

    private static final IpAddress PLAIN = new IpAddress.V4(0x0A00_0001);
    private static final IpAddress MAPPED = new IpAddress.V6(0, 0xFFFF_0A00_0001L);
    private static final PeerStanding NEUTRAL = PeerStanding.neutral(1000);

    private final InMemoryPeerStore store = new InMemoryPeerStore();
    private final AssertingPeerStore asserting = AssertingPeerStore.over(store, "some-loop");

    /** A call that may name an IP. */
    private record Call(String name, Action action) {

        interface Action {
            void on(PeerStore store, IpAddress ip) throws Exception;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Call> callsThatNameAnIp() {
        return List.of(
                new Call("standing", PeerStore::standing),
                new Call("putStanding", (store, ip) -> store.putStanding(ip, NEUTRAL)),
                new Call("clearStanding", PeerStore::clearStanding),
                new Call("putBan", (store, ip) -> store.putBan(ip, Instant.EPOCH)),
                new Call("removeBan", PeerStore::removeBan),
                new Call("putAddress", (store, ip) -> store.putAddress(entry(ip))),
                new Call("removeAddress", (store, ip) -> store.removeAddress(new PeerAddress(ip, 9798))));
    }

    private static List<Call> allCalls() {
        return Stream.concat(
                        callsThatNameAnIp().stream(),
                        Stream.of(
                                new Call("standings", (store, _) -> store.standings()),
                                new Call("clearStandings", (store, _) -> store.clearStandings()),
                                new Call("bans", (store, _) -> store.bans()),
                                new Call("removeBans", (store, _) -> store.removeBans()),
                                new Call("addressBook", (store, _) -> store.addressBook())))
                .toList();
    }

    private static AddressBookEntry entry(IpAddress ip) {
        return new AddressBookEntry(new PeerAddress(ip, 9798), Carrier.LEGACY_TCP, Instant.EPOCH, Instant.EPOCH, 0);
    }

    private void assertCaught(PortRule rule, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BrokenRuleError.class, error -> assertThat(error.rule()).isEqualTo(rule));
        assertThat(asserting.violations()).extracting(BrokenRuleError::rule).containsExactly(rule);
    }

    @ParameterizedTest
    @MethodSource("callsThatNameAnIp")
    void aMappedAddressIsCaught(Call call) throws Exception {
        assertCaught(PortRule.CANONICAL_ADDRESSES, () -> call.action().on(asserting, MAPPED));
    }

    @ParameterizedTest
    @MethodSource("allCalls")
    void useAfterTheCloseIsCaught(Call call) throws Exception {
        asserting.close();

        assertCaught(PortRule.STORE_BEFORE_CLOSE, () -> call.action().on(asserting, PLAIN));
    }

    @ParameterizedTest
    @MethodSource("allCalls")
    void aCallFromAnEventLoopIsCaught(Call call) throws Exception {
        assertCaught(
                PortRule.NO_STORE_ON_AN_EVENT_LOOP,
                () -> runOn("some-loop-1", () -> call.action().on(asserting, PLAIN)));
    }

    @Test
    void aCloseFromTheThreadOfAnInMemoryConnectionIsCaught() {
        assertCaught(
                PortRule.NO_STORE_ON_AN_EVENT_LOOP, () -> runOn(InMemoryPeerConnection.EVENT_LOOP, asserting::close));
    }

    @ParameterizedTest
    @MethodSource("allCalls")
    void nothingIsHeldAgainstAnythingElse(Call call) throws Throwable {
        call.action().on(asserting, PLAIN);
        runOn("session", () -> call.action().on(asserting, PLAIN));
        asserting.close();
        asserting.close();

        assertThat(asserting.violations()).isEmpty();
    }

    private static void runOn(String thread, ThrowingCallable call) throws Throwable {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread.ofVirtual()
                .name(thread)
                .start(() -> {
                    try {
                        call.call();
                    } catch (Throwable failure) {
                        thrown.set(failure);
                    }
                })
                .join();
        if (thrown.get() != null) {
            throw thrown.get();
        }
    }

    /** Apart from what the suite does wrong on purpose, nothing shows that there is a wrapper. */
    @Nested
    final class AsAPeerStore extends PeerStoreContract {

        private AssertingPeerStore wrapper;

        @Override
        protected PeerStore open(int maxAddressBook, int maxStandings, int maxBans) {
            wrapper = AssertingPeerStore.recording(new InMemoryPeerStore(maxAddressBook, maxStandings, maxBans));
            return wrapper;
        }

        @AfterEach
        void onlyWhatIsDoneOnPurposeIsHeldAgainstTheSuite() {
            assertThat(wrapper.violations())
                    .extracting(BrokenRuleError::rule)
                    .isSubsetOf(PortRule.CANONICAL_ADDRESSES, PortRule.STORE_BEFORE_CLOSE);
        }
    }
}
