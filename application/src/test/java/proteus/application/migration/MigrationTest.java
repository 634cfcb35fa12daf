package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.comparison.Comparison;
import proteus.application.contract.Await;
import proteus.application.contract.Descriptions;
import proteus.application.contract.InMemoryMigrationStore;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Counterpart;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.MoveOutcome;
import proteus.application.port.Rollout;
import proteus.application.port.Stage;
import proteus.application.session.NodeEvent;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Whom a node looks for, when, and what it makes of not finding him. */
@Timeout(60)
final class MigrationTest {

    private static final PeerAddress PEER = new PeerAddress(new IpAddress.V4(0x0800_0007), 20_000);

    private final ManualScheduler clock = new ManualScheduler();
    private final FakeMigratingNode node = new FakeMigratingNode();
    private final InMemoryMigrationStore store = new InMemoryMigrationStore();
    private final FakeMigratingNode.Session session =
            new FakeMigratingNode.Session(Descriptions.of(Direction.OUTBOUND, PEER, 7));
    private Migration migration = migration();

    private Migration migration() {
        MigrationSettings usual = MigrationSettings.DEFAULT;
        return new Migration(
                new MigrationSettings(
                        Optional.of(Stage.MIGRATE),
                        Optional.of(100),
                        false,
                        usual.atOnce(),
                        usual.minPeers(),
                        usual.movesPerDay(),
                        Map.of()),
                node,
                store,
                new Comparison(clock, Map::of),
                clock);
    }

    @BeforeEach
    void start() throws Exception {
        migration.load("own name", Optional.empty());
        migration.start();
    }

    @AfterEach
    void close() {
        migration.close();
        assertThat(clock.failures()).isZero();
    }

    private PeerStatus status() {
        return migration.status().peers().getFirst();
    }

    private void awaitState(String part) {
        Await.until(
                () -> "the state " + part + "; it is " + status() + ", " + node.held,
                () -> status().state().contains(part) && migration.status().moving() == 0);
    }

    private void awaitLast(MoveOutcome outcome) {
        Await.until(
                () -> outcome + "; it is " + status() + ", " + node.held,
                () -> status().last().equals(Optional.of(outcome))
                        && migration.status().moving() == 0);
    }

    @Test
    void placesAreLookedAtThreeTimesAMinuteAndNothingIsDoneInBetween() {
        migration.began(session);
        awaitState("looked for it 3 times");
        assertThat(node.held).hasSize(3);
        int asked = node.asked.get();
        assertThat(asked).isLessThan(20);

        clock.advance(Duration.ofSeconds(59));
        awaitState("looked for it 3 times");
        assertThat(node.held).hasSize(3);
        clock.advance(Duration.ofSeconds(6));
        awaitLast(MoveOutcome.OLD_PEER);
        assertThat(node.held).hasSize(4);
    }

    @Test
    void anOldPeerIsRememberedAndAskedAgainAfterHours() throws Exception {
        migration.began(session);
        awaitState("looked for it 3 times");
        clock.advance(Duration.ofSeconds(65));
        awaitLast(MoveOutcome.OLD_PEER);
        assertThat(store.counterparts())
                .singleElement()
                .satisfies(known -> assertThat(known.isOldPeer()).isTrue())
                .extracting(Counterpart::legacy)
                .isEqualTo(PEER);

        clock.advance(MoveLedger.ASK_OLD_PEER_AFTER.minusMinutes(1));
        awaitState("it has no libp2p");
        assertThat(node.held).hasSize(4);
        clock.advance(Duration.ofMinutes(2));
        Await.until(() -> "more looks than " + node.held, () -> node.held.size() > 4);
    }

    @Test
    void anOldPeerIsNotAskedAgainAfterARestart() throws Exception {
        migration.began(session);
        awaitState("looked for it 3 times");
        clock.advance(Duration.ofSeconds(65));
        awaitLast(MoveOutcome.OLD_PEER);
        migration.close();
        node.held.clear();

        migration = migration();
        start();
        migration.began(session);
        clock.advance(Duration.ofMinutes(10));
        awaitState("it has no libp2p");
        assertThat(node.held).isEmpty();
    }

    @Test
    void silenceOnTcpIsNoSignOfAnOldPeer() throws Exception {
        node.failing = _ -> new Cause.TimedOut("the test");
        migration.began(session);
        awaitState("looked for it 3 times");
        clock.advance(Duration.ofSeconds(65));
        awaitLast(MoveOutcome.LATER);

        assertThat(store.counterparts()).isEmpty();
        assertThat(status().notBefore()).isPresent();
        clock.advance(Duration.ofMinutes(2));
        Await.until(() -> "more looks than " + node.held, () -> node.held.size() > 4);
    }

    @Test
    void noneIsToldToLeaveWhileItIsLookedFor() {
        migration.began(session);
        awaitState("looked for it 3 times");

        assertThat(session.orders).isEmpty();
    }

    /** Of several that are to go back those wait that are not at once to. */
    @Test
    void whoWaitsForItsTurnOnAStackThatIsNotUsedMayWait() throws Exception {
        node.failing = _ -> new Cause.TimedOut("the test");
        List<FakeMigratingNode.Session> all = new ArrayList<>();
        for (int host = 1; host <= 6; host++) {
            PeerAddress address = new PeerAddress(new IpAddress.V4(0x0800_0100 | host), 9798);
            FakeMigratingNode.Session one =
                    new FakeMigratingNode.Session(Descriptions.of(Direction.OUTBOUND, address, host));
            all.add(one);
            migration.began(one);
        }
        Await.until(
                () -> "all to be looked for; " + migration.status(),
                () -> migration.status().peers().stream()
                        .allMatch(peer -> peer.last().equals(Optional.of(MoveOutcome.LATER))));
        node.failing = _ -> new Cause.AnotherPeer("the test");
        clock.advance(Duration.ofSeconds(125));
        Await.until(
                () -> "all to be looked for; " + migration.status(),
                () -> migration.status().peers().stream()
                        .allMatch(peer -> peer.last().equals(Optional.of(MoveOutcome.SOMEONE_ELSE))));
        CountDownLatch blocked = new CountDownLatch(1);
        node.failing = _ -> {
            await(blocked);
            return new Cause.TimedOut("the test");
        };

        migration.set(new Rollout(Stage.LIBP2P_ONLY, 100), "the test");
        Await.until(
                () -> "two to be moved, four to wait; " + migration.status(),
                () -> migration.status().peers().stream()
                                .filter(peer -> peer.state().contains("turn"))
                                .count()
                        == 4);
        assertThat(all).allSatisfy(one -> assertThat(one.orders).isEmpty());
        blocked.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoCannotBeMovedFromAStackThatIsNotUsedHasToLeave() throws Exception {
        migration.began(session);
        awaitState("looked for it 3 times");
        migration.set(new Rollout(Stage.LIBP2P_ONLY, 100), "the test");
        clock.advance(Duration.ofSeconds(65));
        Await.until(
                () -> "an order to leave: " + session.orders + status(),
                () -> session.orders.stream().anyMatch(NodeEvent.Disconnect.class::isInstance));
    }
}
