package proteus.adapters.rpc.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.rpc.FakeNode;
import proteus.application.contract.Await;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.MoveOutcome;

@Timeout(60)
class FeedTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeNode node = new FakeNode();
    private final DashboardSettings settings = new DashboardSettings(DashboardSettings.DEFAULT_ADDRESS, "1", "");

    /** Looks only when it is told to. */
    private final Feed feed = new Feed(node, new NodeView(settings, node), this::now, Duration.ofDays(1), 3);

    private final AtomicInteger looks = new AtomicInteger();

    private final Fleet fleet = new Fleet(node, 5, Instant.now());

    /** Asked for once at the beginning of each look. */
    private Instant now() {
        looks.incrementAndGet();
        return Instant.now();
    }

    @BeforeEach
    void start() {
        feed.start();
    }

    @AfterEach
    void stop() {
        feed.close();
    }

    private static String next(Feed.Watch watch) throws InterruptedException {
        return watch.next(LONG).orElseThrow();
    }

    @Test
    void theFirstEventIsAllAndLaterOnesAreWhatHasChanged() throws Exception {
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            String whole = next(watch);
            assertThat(whole).contains("\"node\":", "\"stacks\":", "\"history\":", "\"stack\":\"legacy\"");
            assertThat(whole.split("\"address\":", -1)).hasSize(1 + 5);

            feed.lookNow();
            assertThat(next(watch)).startsWith("{\"parts\":{},\"peers\":{},\"gone\":[],\"adoption\":[");

            fleet.move(1);
            feed.lookNow();
            assertThat(next(watch))
                    .contains("\"migration\":", "\"stack\":\"libp2p\"")
                    .doesNotContain("\"node\":");
        }
    }

    @Test
    void aPeerThatLeftIsTold() throws Exception {
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            String _ = next(watch);
            String name =
                    node.peers.getFirst().connection().handshake().instanceId().toHex();
            node.peers = node.peers.subList(1, node.peers.size());
            feed.lookNow();

            assertThat(next(watch)).contains("\"gone\":[\"" + name + "\"]");
        }
    }

    @Test
    void peersThatClaimOneIdAreStillSeveral() throws Exception {
        node.peers = List.of(node.peers.getFirst(), node.peers.getFirst(), node.peers.getFirst());
        String name =
                node.peers.getFirst().connection().handshake().instanceId().toHex();
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            assertThat(next(watch)).contains("\"" + name + "\":", "\"" + name + "-2\":", "\"" + name + "-3\":");
        }
    }

    @Test
    void whoReadsSlowlyIsToldAllAtOnceAndNothingWaitsForHim() throws Exception {
        try (Feed.Watch quick = feed.watch().orElseThrow();
                Feed.Watch slow = feed.watch().orElseThrow()) {
            String _ = next(quick);
            String _ = next(slow);
            for (int i = 0; i < 10; i++) {
                fleet.talk(5);
                feed.lookNow();
                String _ = next(quick);
            }
            assertThat(next(slow)).contains("\"peers\":{\"");
            // All ten were one.
            assertThat(slow.next(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void onlySoManyMayWatchAndWhoLeavesMakesRoom() {
        List<Feed.Watch> watches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            watches.add(feed.watch().orElseThrow());
        }
        assertThat(feed.watch()).isEmpty();
        watches.getFirst().close();

        assertThat(feed.watch()).isPresent();
    }

    @Test
    void aNodeThatNobodyWatchesIsNotLookedAtInFull() throws Exception {
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            String _ = next(watch);
        }
        node.orders.clear();
        looks.set(0);
        for (int look = 1; look <= 3; look++) {
            int count = look;
            feed.lookNow();
            Await.until("a look that nobody watches", () -> looks.get() >= count);
        }
        assertThat(node.orders).isEmpty();
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            String _ = next(watch);
            assertThat(node.orders).anyMatch(order -> order.startsWith("journal"));
        }
    }

    @Test
    void theSecondsThatAPeerStillWaitsAreNoChange() throws Exception {
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            fleet.waiting(PeerStatus.waiting(MoveOutcome.FELL_BACK, Duration.ofSeconds(599)));
            feed.lookNow();
            String told = next(watch);
            while (!told.contains("fell-back")) {
                told = next(watch);
            }
            assertThat(told).contains("\"state\":\"fell-back\"").doesNotContain("not tried for");

            fleet.waiting(PeerStatus.waiting(MoveOutcome.FELL_BACK, Duration.ofSeconds(598)));
            feed.lookNow();
            assertThat(next(watch)).contains("\"peers\":{}");
        }
    }

    @Test
    void itsEndIsToldToWhoWaits() throws Exception {
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            String _ = next(watch);
            feed.close();

            assertThat(watch.next(LONG)).isEmpty();
            assertThat(watch.isOver()).isTrue();
            assertThat(feed.watch()).isEmpty();
        }
    }

    /** One for whom a look has begun that only goes on when it is let. */
    private Feed.Watch watchThatWaits(CountDownLatch goesOn) throws InterruptedException {
        CountDownLatch looksNow = new CountDownLatch(1);
        node.migration.whenRead = () -> {
            looksNow.countDown();
            Await.until("the look to go on", () -> goesOn.getCount() == 0);
        };
        Feed.Watch watch = feed.watch().orElseThrow();
        looksNow.await();
        return watch;
    }

    @Test
    void itsEndWaitsForALookThatGoesOn() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        try (Feed.Watch _ = watchThatWaits(goesOn)) {
            Thread closing = Thread.ofPlatform().start(feed::close);
            Await.until("the end to wait", () -> closing.getState() == Thread.State.TIMED_WAITING);
            goesOn.countDown();
            closing.join();

            assertThat(node.orders).anyMatch(order -> order.startsWith("journal"));
            assertThat(feed.isRunning()).isFalse();
        }
    }

    @Test
    void itsEndDoesNotWaitForever() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        try (Feed.Watch _ = watchThatWaits(goesOn)) {
            feed.close();
            assertThat(feed.isRunning()).isTrue();
        } finally {
            goesOn.countDown();
        }
    }

    @Test
    void aJournalThatCannotBeReadCostsOnlyTheJournal() throws Exception {
        node.migration.storeBroken = true;
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            assertThat(next(watch)).contains("\"journal\":[]", "\"node\":");
        }
    }
}
