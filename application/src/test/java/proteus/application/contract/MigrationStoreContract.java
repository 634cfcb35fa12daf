package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.port.Carrier;
import proteus.application.port.Counterpart;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationStore;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** What every {@link MigrationStore} does. */
public abstract class MigrationStoreContract {

    private static final int FEW = 3;
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.123Z");
    private static final IpAddress MAPPED = new IpAddress.V6(0, 0x0000_FFFF_0A00_0001L);
    private static final IpAddress IPV6 = new IpAddress.V6(0x2001_0DB8_0000_0000L, 1);

    private MigrationStore store;

    /** An empty store with these bounds. */
    protected abstract MigrationStore open(int maxJournal, int maxCounterparts) throws Exception;

    /** Closes the store that was opened last; does nothing the second time. */
    protected abstract void close() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(FEW, FEW);
    }

    @AfterEach
    void closeStore() throws Exception {
        close();
    }

    @Test
    void aNewStoreKnowsNothing() throws StoreException {
        assertThat(store.rollout()).isEmpty();
        assertThat(store.journal(MigrationStore.MAX_JOURNAL)).isEmpty();
        assertThat(store.counterparts()).isEmpty();
    }

    @Test
    void theRolloutThatWasDecidedLastIsKeptAndEveryChangeIsInTheJournal() throws StoreException {
        JournalEntry.StageChanged there = change(Rollout.DEFAULT, new Rollout(Stage.MIGRATE, 25));
        JournalEntry.StageChanged back = change(there.to(), new Rollout(Stage.LEGACY_ONLY, 0));

        store.putRollout(there);
        assertThat(store.rollout()).contains(new Rollout(Stage.MIGRATE, 25));
        store.putRollout(back);

        assertThat(store.rollout()).contains(new Rollout(Stage.LEGACY_ONLY, 0));
        assertThat(store.journal(FEW)).containsExactly(there, back);
    }

    @Test
    void everyStageCanBeKept() throws StoreException {
        for (Stage stage : Stage.values()) {
            store.putRollout(change(Rollout.DEFAULT, new Rollout(stage, Rollout.ALL)));

            assertThat(store.rollout()).contains(new Rollout(stage, Rollout.ALL));
        }
    }

    @Test
    void anEntryAboutTheStageDecidesNothing() throws StoreException {
        store.append(change(Rollout.DEFAULT, new Rollout(Stage.MIGRATE, 25)));

        assertThat(store.rollout()).isEmpty();
    }

    @Test
    void movesComeBackWithAllThatIsSaidOfThem() throws StoreException {
        List<JournalEntry> moves = List.of(
                moved(new PeerKey.OfAddress(new PeerAddress(IPV6, 65_535)), Optional.empty(), ""),
                moved(new PeerKey.OfPeerId(id(1)), Optional.of(Duration.ZERO), "…\u0000\uD83D\uDE80\n\uD800"),
                moved(new PeerKey.OfAddress(address(1)), Optional.of(Duration.ofNanos(2_345_000)), "x".repeat(600)));

        for (JournalEntry move : moves) {
            store.append(move);
        }

        assertThat(store.journal(FEW)).isEqualTo(moves);
    }

    @Test
    void everyOutcomeAndBothStacksCanBeTold() throws Exception {
        MigrationStore roomy = open(100, FEW);
        List<JournalEntry> moves = new ArrayList<>();
        for (MoveOutcome outcome : MoveOutcome.values()) {
            for (Stack stack : Stack.values()) {
                moves.add(new JournalEntry.Moved(
                        NOON, new PeerKey.OfPeerId(id(1)), stack, outcome, Optional.empty(), "cause", "detail"));
            }
        }
        for (JournalEntry move : moves) {
            roomy.append(move);
        }

        assertThat(roomy.journal(100)).isEqualTo(moves);
    }

    @Test
    void theLatestEntriesAreGivenInTheOrderInWhichTheyWereWritten() throws StoreException {
        // The clock may be set back; the order stays.
        JournalEntry first = entry(1, NOON);
        JournalEntry second = entry(2, NOON.minusSeconds(60));
        store.append(first);
        store.append(second);

        assertThat(store.journal(0)).isEmpty();
        assertThat(store.journal(1)).containsExactly(second);
        assertThat(store.journal(2)).containsExactly(first, second);
        assertThat(store.journal(Integer.MAX_VALUE)).containsExactly(first, second);
        assertThatIllegalArgumentException().isThrownBy(() -> store.journal(-1));
    }

    @Test
    void theOldestEntriesMakeRoom() throws StoreException {
        List<JournalEntry> entries =
                IntStream.range(0, 2 * FEW).mapToObj(i -> entry(i, NOON)).toList();
        for (JournalEntry entry : entries) {
            store.append(entry);
        }
        JournalEntry.StageChanged last = change(Rollout.DEFAULT, new Rollout(Stage.MIGRATE, 1));
        store.putRollout(last);

        assertThat(store.journal(2 * FEW)).containsExactly(entries.get(2 * FEW - 2), entries.get(2 * FEW - 1), last);
    }

    @Test
    @Timeout(60)
    void aFullJournalOfAsManyPeersKeepsTheLatestOfThem() throws Exception {
        int more = 50;
        MigrationStore full = open(MigrationStore.MAX_JOURNAL, FEW);
        for (int i = 0; i < MigrationStore.MAX_JOURNAL + more; i++) {
            full.append(entry(i, NOON));
        }

        List<JournalEntry> all = full.journal(Integer.MAX_VALUE);

        assertThat(all)
                .hasSize(MigrationStore.MAX_JOURNAL)
                .startsWith(entry(more, NOON))
                .endsWith(entry(MigrationStore.MAX_JOURNAL + more - 1, NOON));
        assertThat(full.journal(100)).isEqualTo(all.subList(MigrationStore.MAX_JOURNAL - 100, all.size()));
    }

    @Test
    void counterpartsComeBackAndAreReplaced() throws StoreException {
        Counterpart old = reached(1, NOON);
        Counterpart v6 = new Counterpart(
                new PeerAddress(IPV6, 9798),
                Optional.of(new Counterpart.Reached(new PeerAddress(IPV6, 9800), Carrier.LIBP2P_QUIC, id(2))),
                Instant.EPOCH.minusMillis(1));
        Counterpart none = new Counterpart(address(1), Optional.empty(), NOON.plusSeconds(1));

        store.putCounterpart(old);
        store.putCounterpart(v6);
        assertThat(store.counterparts()).containsExactlyInAnyOrder(old, v6);
        store.putCounterpart(none);

        assertThat(store.counterparts()).containsExactlyInAnyOrder(none, v6);
    }

    @Test
    void aCounterpartIsForgotten() throws StoreException {
        store.putCounterpart(reached(1, NOON));
        store.putCounterpart(reached(2, NOON));

        store.removeCounterpart(address(1));
        store.removeCounterpart(address(9));

        assertThat(store.counterparts()).containsExactly(reached(2, NOON));
    }

    @Test
    void theCounterpartFoundOutLongestAgoMakesRoom() throws StoreException {
        store.putCounterpart(reached(1, NOON.plusSeconds(1)));
        store.putCounterpart(reached(2, NOON));
        store.putCounterpart(reached(3, NOON.plusSeconds(2)));
        store.putCounterpart(reached(3, NOON.plusSeconds(3)));
        assertThat(store.counterparts()).hasSize(FEW);

        store.putCounterpart(reached(4, NOON.minusSeconds(60)));

        assertThat(store.counterparts())
                .extracting(Counterpart::legacy)
                .containsExactlyInAnyOrder(address(1), address(3), address(4));
    }

    @Test
    void aMappedAddressIsKnownByItsPlainOne() throws StoreException {
        store.putCounterpart(new Counterpart(new PeerAddress(MAPPED, 9798), Optional.empty(), NOON));

        assertThat(store.counterparts()).extracting(Counterpart::legacy).containsExactly(address(1));
        assertThatIllegalArgumentException().isThrownBy(() -> store.removeCounterpart(new PeerAddress(MAPPED, 9798)));
        store.removeCounterpart(address(1));
        assertThat(store.counterparts()).isEmpty();
    }

    @Test
    void whatIsReadIsACopy() throws StoreException {
        store.append(entry(1, NOON));
        store.putCounterpart(reached(1, NOON));
        List<JournalEntry> journal = store.journal(FEW);
        List<Counterpart> counterparts = store.counterparts();
        store.append(entry(2, NOON));
        store.putCounterpart(reached(2, NOON));

        assertThat(journal).hasSize(1);
        assertThat(counterparts).hasSize(1);
    }

    @Test
    void aClosedStoreSaysSo() throws Exception {
        close();
        close();

        List<ThrowingCallable> calls = List.of(
                store::rollout,
                () -> store.putRollout(change(Rollout.DEFAULT, Rollout.DEFAULT)),
                () -> store.append(entry(1, NOON)),
                () -> store.journal(1),
                store::counterparts,
                () -> store.putCounterpart(reached(1, NOON)),
                () -> store.removeCounterpart(address(1)));

        assertThat(calls)
                .allSatisfy(call -> assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(call)
                        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(StoreException.Reason.CLOSED)));
    }

    @Test
    void manyVirtualThreadsMayUseOneStore() throws Exception {
        int threads = 200;
        MigrationStore roomy = open(threads, threads);
        List<Future<?>> written = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                int number = i;
                written.add(executor.submit(() -> {
                    roomy.append(entry(number, NOON));
                    roomy.putCounterpart(reached(number, NOON));
                    return number;
                }));
            }
        }
        for (Future<?> write : written) {
            write.get();
        }

        assertThat(roomy.journal(threads))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, threads)
                        .mapToObj(i -> entry(i, NOON))
                        .toList());
        assertThat(roomy.counterparts()).hasSize(threads);
    }

    private static JournalEntry.StageChanged change(Rollout from, Rollout to) {
        return new JournalEntry.StageChanged(NOON, from, to, "by an operator");
    }

    private static JournalEntry entry(int number, Instant time) {
        return new JournalEntry.Moved(
                time,
                new PeerKey.OfAddress(address(number)),
                Stack.LIBP2P,
                MoveOutcome.LATER,
                Optional.empty(),
                "chosen",
                "number " + number);
    }

    private static JournalEntry moved(PeerKey peer, Optional<Duration> gap, String text) {
        return new JournalEntry.Moved(NOON, peer, Stack.LEGACY, MoveOutcome.SLOT_LOST, gap, text, text);
    }

    private static Counterpart reached(int last, Instant since) {
        PeerAddress address = new PeerAddress(address(last).ip(), 9801);
        return new Counterpart(
                address(last), Optional.of(new Counterpart.Reached(address, Carrier.LIBP2P_TCP, id(last))), since);
    }

    private static PeerAddress address(int last) {
        return new PeerAddress(new IpAddress.V4(0x0A00_0000 + last), 9798);
    }

    private static PeerId id(int number) {
        return PeerId.ofLegacy(address(number));
    }
}
