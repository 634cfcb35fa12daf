package proteus.adapters.rpc.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.rpc.FakeNode;

@Timeout(60)
class FeedTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeNode node = new FakeNode();
    private final DashboardSettings settings = new DashboardSettings(DashboardSettings.DEFAULT_ADDRESS, "1", "");

    /** Looks only when it is told to. */
    private final Feed feed =
            new Feed(node, new NodeView(settings, node), InstantSource.system(), Duration.ofDays(1), 3);

    private final Fleet fleet = new Fleet(node, 5, Instant.now());

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
        feed.watch().orElseThrow().close();
        node.orders.clear();
        feed.lookNow();
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            String _ = next(watch);
            // The journal is read once: for the one that watches.
            assertThat(node.orders.stream().filter(order -> order.startsWith("journal")))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void theSecondsThatAPeerStillWaitsAreNoChange() throws Exception {
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            fleet.waiting("fell-back, not tried for 599 s");
            feed.lookNow();
            String told = next(watch);
            while (!told.contains("fell-back")) {
                told = next(watch);
            }
            assertThat(told).contains("\"state\":\"fell-back\"").doesNotContain("599");

            fleet.waiting("fell-back, not tried for 598 s");
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

    @Test
    void aJournalThatCannotBeReadCostsOnlyTheJournal() throws Exception {
        node.migration.storeBroken = true;
        try (Feed.Watch watch = feed.watch().orElseThrow()) {
            assertThat(next(watch)).contains("\"journal\":[]", "\"node\":");
        }
    }
}
