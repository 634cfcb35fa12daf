package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Carrier;
import proteus.application.port.PeerStore.AddressBookEntry;

final class AddressBookTest {

    private final ManualScheduler clock = new ManualScheduler();
    private final InMemoryPeerStore store = new InMemoryPeerStore();
    private final AddressBook book = new AddressBook(store, clock);

    private AddressBookEntry entry(int host, Duration firstSeenBefore, Duration lastSeenBefore, int failures) {
        Instant now = clock.instant();
        return new AddressBookEntry(
                Places.at(host), Carrier.LEGACY_TCP, now.minus(firstSeenBefore), now.minus(lastSeenBefore), failures);
    }

    @Test
    void anAnswerIsRememberedWithItsStackAndTimes() throws Exception {
        Instant first = clock.instant();
        book.answered(Places.at(2), Carrier.LEGACY_TCP);
        clock.advance(Duration.ofHours(1));
        book.answered(Places.at(2), Carrier.LIBP2P_TCP);

        assertThat(store.addressBook())
                .containsExactly(new AddressBookEntry(Places.at(2), Carrier.LIBP2P_TCP, first, clock.instant(), 0));
        assertThat(book.carrierOf(Places.at(2))).contains(Carrier.LIBP2P_TCP);
        assertThat(book.carrierOf(Places.at(3))).isEmpty();
    }

    @Test
    void failuresCountUntilTheNextAnswer() throws Exception {
        book.answered(Places.at(2), Carrier.LEGACY_TCP);
        Instant seen = clock.instant();
        clock.advance(Duration.ofHours(1));
        book.failed(Places.at(2));
        book.failed(Places.at(2));
        assertThat(store.addressBook())
                .containsExactly(new AddressBookEntry(Places.at(2), Carrier.LEGACY_TCP, seen, seen, 2));

        book.answered(Places.at(2), Carrier.LEGACY_TCP);
        assertThat(store.addressBook().getFirst().failures()).isZero();
    }

    @Test
    void whoNeverAnsweredIsNotRemembered() throws Exception {
        book.failed(Places.at(2));

        assertThat(store.addressBook()).isEmpty();
    }

    @Test
    void theBestWereSeenLatelyThenFailedSeldomThenHaveBeenKnownForLong() throws Exception {
        Duration recent = Duration.ofMinutes(10);
        Duration old = recent.plusNanos(1);
        store.putAddress(entry(1, old.plusHours(9), old, 0));
        store.putAddress(entry(2, old, old, 0));
        store.putAddress(entry(3, old.plusDays(9), old, 1));
        store.putAddress(entry(4, recent, recent, 2));
        store.putAddress(entry(5, recent, recent, 1));
        store.putAddress(entry(6, recent.plusHours(1), recent, 1));
        store.putAddress(entry(0, recent, recent, 1));

        assertThat(book.best())
                .extracting(AddressBookEntry::address)
                .containsExactly(
                        Places.at(6),
                        Places.at(0),
                        Places.at(5),
                        Places.at(4),
                        Places.at(1),
                        Places.at(2),
                        Places.at(3));
    }

    @Test
    void aStoreThatFailsCostsTheMemory() {
        AddressBook failing = new AddressBook(FailingStore.over(store, new AtomicBoolean(true)), clock);

        failing.answered(Places.at(2), Carrier.LEGACY_TCP);
        failing.failed(Places.at(2));
        assertThat(failing.carrierOf(Places.at(2))).isEmpty();
        assertThat(failing.best()).isEmpty();
    }
}
