package proteus.adapters.rpc.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.rpc.FakeNode;
import proteus.application.contract.Await;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;

@Timeout(60)
class PeerJournalsTest {

    private static final int MOST = 60;
    private static final PeerKey ONE = PeerKey.parse("10.0.0.1:9798").orElseThrow();
    private static final PeerKey OTHER = PeerKey.parse("10.0.0.2:9798").orElseThrow();
    private static final PeerKey NOBODY = PeerKey.parse("10.0.0.3:9798").orElseThrow();

    private final FakeNode node = new FakeNode();
    private volatile Instant now = Instant.EPOCH;
    private final PeerJournals journals = new PeerJournals(node.migration, () -> now);

    private static JournalEntry move(PeerKey peer, int second) {
        return new JournalEntry.Moved(
                Instant.ofEpochSecond(second), peer, Stack.LIBP2P, MoveOutcome.SETTLED, Optional.empty(), "", "");
    }

    private List<JournalEntry> of(PeerKey peer) throws StoreException {
        return journals.of(peer, MOST).orElseThrow();
    }

    private List<String> reads() {
        return List.copyOf(node.orders);
    }

    @Test
    void eachPeerHasItsOwnAndTheLatestOfThem() throws Exception {
        List<JournalEntry> all = new ArrayList<>();
        for (int second = 0; second < 100; second++) {
            all.add(move(ONE, second));
        }
        all.add(move(OTHER, 200));
        all.add(new JournalEntry.StageChanged(Instant.EPOCH, Rollout.DEFAULT, new Rollout(Stage.DUAL, 1), "x"));
        node.migration.journal = all;

        assertThat(of(ONE)).isEqualTo(all.subList(100 - MOST, 100));
        assertThat(of(OTHER)).containsExactly(move(OTHER, 200));
        assertThat(of(NOBODY)).isEmpty();
    }

    @Test
    void howeverOftenIsAskedTheStoreReadsOnceInAWhile() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            List<JournalEntry> _ = of(i % 2 == 0 ? ONE : OTHER);
        }
        assertThat(reads()).containsExactly("journal of all, 10000");

        node.migration.journal = List.of(move(ONE, 1));
        now = now.plus(PeerJournals.GOOD_FOR).minusMillis(1);
        assertThat(of(ONE)).isEmpty();
        now = now.plusMillis(1);
        assertThat(of(ONE)).containsExactly(move(ONE, 1));
        assertThat(reads()).hasSize(2);
    }

    @Test
    void aClockThatIsPutBackDoesNotKeepWhatIsOld() throws Exception {
        now = Instant.ofEpochSecond(1_000);
        List<JournalEntry> _ = of(ONE);
        now = Instant.ofEpochSecond(10);

        List<JournalEntry> _ = of(ONE);

        assertThat(reads()).hasSize(2);
    }

    @Test
    void whoAsksAtTheSameTimeIsToldWhatOneReads() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        node.migration.journal = List.of(move(ONE, 1));
        node.migration.whenRead = () -> Await.until("the read to go on", () -> goesOn.getCount() == 0);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<JournalEntry>>> told = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                told.add(callers.submit(() -> of(ONE)));
            }
            goesOn.countDown();
            for (Future<List<JournalEntry>> each : told) {
                assertThat(each.get()).hasSize(1);
            }
        }
        assertThat(reads()).hasSize(1);
    }

    @Test
    void aStoreThatFailedIsAskedAgain() throws Exception {
        node.migration.storeBroken = true;
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> of(ONE));
        node.migration.storeBroken = false;

        assertThat(of(ONE)).isEmpty();
    }
}
