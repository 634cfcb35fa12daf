package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.application.contract.Await;
import proteus.application.contract.InMemoryMigrationStore;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.contract.ManualScheduler;
import proteus.application.migration.MigrationSettings;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Carrier;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;

/** Whole nodes that go from stage to stage. */
@Timeout(120)
final class StagesTest {

    private final TrustSetting setting = new TrustSetting();
    private final World world = setting.world;

    @AfterEach
    void close() {
        setting.close();
    }

    private World.Plan plan(int host) {
        return world.node(host).in(Stage.DUAL);
    }

    private RunningNode near(List<RunningNode> fars) throws Exception {
        World.Plan plan = plan(1).places(30);
        fars.forEach(far -> plan.peer(far.address));
        RunningNode near = plan.start();
        near.awaitPeers(fars.size());
        for (RunningNode far : fars) {
            far.awaitPeers(1);
        }
        return near;
    }

    private List<RunningNode> fars(int count) throws Exception {
        List<RunningNode> fars = new ArrayList<>();
        for (int host = 2; host < 2 + count; host++) {
            fars.add(plan(host).start());
        }
        return fars;
    }

    private void awaitAll(RunningNode near, Stack stack, int count) {
        world.passUntil(
                () -> count + " over " + stack + "; there is "
                        + near.node.migration().status() + TrustSetting.moves(near),
                () -> near.node.peers().stream()
                                        .filter(peer -> peer.connection().stack() == stack)
                                        .count()
                                == count
                        && near.node.migration().status().moving() == 0);
    }

    private static void assertNoneLost(RunningNode node, int count) {
        assertThat(node.node.peers())
                .hasSize(count)
                .extracting(ConnectedPeer::since)
                .containsOnly(ManualScheduler.START);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 0",
        "2, 1, 0",
        "1, 2, 3",
        "2, 1, 3",
        "1, 2, 5",
        "2, 1, 5",
        "1, 2, -5",
        "2, 1, -5",
        "1, 2, 6",
        "2, 1, -6"
    })
    void twoThatMoveEachOtherKeepOneSession(int dialler, int dialled, int secondsBetween) throws Exception {
        RunningNode far = plan(dialled).start();
        RunningNode near = plan(dialler).peer(far.address).start();
        near.awaitPeers(1);
        far.awaitPeers(1);
        RunningNode first = secondsBetween < 0 ? far : near;
        RunningNode second = secondsBetween < 0 ? near : far;

        for (Stage stage : List.of(Stage.MIGRATE, Stage.DUAL, Stage.MIGRATE, Stage.LEGACY_ONLY, Stage.DUAL)) {
            TrustSetting.set(first, stage);
            Duration between = Duration.ofSeconds(Math.abs(secondsBetween));
            for (Duration left = between; left.isPositive(); left = left.minusMillis(100)) {
                world.clock.advance(Duration.ofMillis(100));
            }
            TrustSetting.set(second, stage);
            Stack wanted = stage == Stage.MIGRATE ? Stack.LIBP2P : Stack.LEGACY;
            awaitAll(first, wanted, 1);
            awaitAll(second, wanted, 1);
        }
        assertNoneLost(near, 1);
        assertNoneLost(far, 1);
    }

    @Test
    void manyGoToLibp2pAndBackToLegacyOnlyAndNoneIsLost() throws Exception {
        List<RunningNode> fars = fars(8);
        RunningNode near = near(fars);
        TrustSetting.set(near, Stage.MIGRATE);
        awaitAll(near, Stack.LIBP2P, 8);
        TrustSetting.set(near, Stage.LEGACY_ONLY);
        awaitAll(near, Stack.LEGACY, 8);
        assertNoneLost(near, 8);
        // They are looked for a few times a minute only.
        world.clock.advance(Duration.ofMinutes(1));
        TrustSetting.set(near, Stage.LIBP2P_ONLY);
        awaitAll(near, Stack.LIBP2P, 8);
        assertNoneLost(near, 8);
        for (RunningNode far : fars) {
            assertNoneLost(far, 1);
        }
    }

    @Test
    void aNodeThatTakesNoConnectionsMovesItsSessionsThereAndBack() throws Exception {
        RunningNode far = plan(2).start();
        RunningNode near = plan(1).noIncoming().peer(far.address).start();
        near.awaitPeers(1);
        far.awaitPeers(1);
        TrustSetting.set(near, Stage.MIGRATE);
        awaitAll(near, Stack.LIBP2P, 1);
        awaitAll(far, Stack.LIBP2P, 1);
        TrustSetting.set(near, Stage.DUAL);
        awaitAll(near, Stack.LEGACY, 1);
        assertNoneLost(near, 1);
        assertNoneLost(far, 1);
    }

    @Test
    void manyRealPeersGoToLegacyOnlyAndNoneIsLost() throws Exception {
        World.Plan plan = plan(1).places(30);
        for (int host = 2; host < 10; host++) {
            plan.peer(setting.core(host).legacy());
        }
        RunningNode near = plan.start();
        near.awaitPeers(8);
        TrustSetting.set(near, Stage.MIGRATE);
        awaitAll(near, Stack.LIBP2P, 8);
        TrustSetting.set(near, Stage.LEGACY_ONLY);
        awaitAll(near, Stack.LEGACY, 8);

        assertNoneLost(near, 8);
    }

    @Test
    void listenersOpenAndCloseWithTheStage() throws Exception {
        RunningNode near = plan(1).start();
        Claimant legacy = setting.claimant(3, Carrier.LEGACY_TCP);
        Claimant libp2p = setting.claimant(4, Carrier.LIBP2P_TCP);

        TrustSetting.set(near, Stage.LIBP2P_ONLY);
        assertThat(near.node.listening()).containsExactly(new PeerEndpoint(Places.libp2pAt(1), Carrier.LIBP2P_TCP));
        assertThat(legacy.tries(Places.at(1))).isFalse();
        assertThat(libp2p.tries(Places.libp2pAt(1))).isTrue();
        TrustSetting.set(near, Stage.LEGACY_ONLY);
        assertThat(near.node.listening()).containsExactly(new PeerEndpoint(Places.at(1), Carrier.LEGACY_TCP));
        assertThat(legacy.tries(Places.at(1))).isTrue();
        assertThat(libp2p.tries(Places.libp2pAt(1))).isFalse();
        TrustSetting.set(near, Stage.DUAL);
        assertThat(near.node.listening()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Carrier.class,
            names = {"LEGACY_TCP", "LIBP2P_TCP"})
    void whoCannotBeMovedIsToldByeWithinAMinuteOrSo(Carrier carrier) throws Exception {
        RunningNode near = plan(1).start();
        Claimant only = setting.claimant(3, carrier).listeningAt(Optional.empty());
        only.dial(carrier.stack() == Stack.LEGACY ? Places.at(1) : Places.libp2pAt(1));
        near.awaitPeers(1);
        TrustSetting.set(near, carrier.stack() == Stack.LEGACY ? Stage.LIBP2P_ONLY : Stage.LEGACY_ONLY);
        world.clock.advance(Duration.ofSeconds(70));
        near.awaitPeers(0);

        Await.until(() -> "Bye; heard " + only.messages(), () -> only.messages().contains(new PeerMessage.Bye()));
    }

    @Test
    void theStageIsKeptOverARestart() throws Exception {
        InMemoryPeerStore store = new InMemoryPeerStore();
        InMemoryMigrationStore memory = new InMemoryMigrationStore();
        MigrationSettings asStored = MigrationSettings.DEFAULT;
        RunningNode near = world.node(1)
                .migrating(asStored)
                .over(store)
                .remembering(memory)
                .start();
        near.node.migration().set(new Rollout(Stage.MIGRATE, 40), "the operator");
        near.node.close();
        RunningNode again = world.node(1)
                .migrating(asStored)
                .over(store)
                .remembering(memory)
                .start();
        assertThat(again.node.migration().status().rollout()).isEqualTo(new Rollout(Stage.MIGRATE, 40));
        again.node.migration().set(new Rollout(Stage.LIBP2P_ONLY, 40), "the operator");
        again.node.close();
        RunningNode third = world.node(1)
                .migrating(asStored)
                .over(store)
                .remembering(memory)
                .start();

        assertThat(third.node.migration().status().rollout()).isEqualTo(new Rollout(Stage.LIBP2P_ONLY, 40));
        assertThat(third.node.listening()).hasSize(1);
        assertThat(third.node.migration().journal(Optional.empty(), 10))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry).isInstanceOf(JournalEntry.StageChanged.class));
    }

    @Test
    void nobodyIsMovedWhileStacksAreUsedAsToldUntilAStageIsSet() throws Exception {
        CoreLike core = setting.core(2);
        RunningNode near = world.node(1)
                .withLibp2p()
                .remembering(new InMemoryMigrationStore())
                .peer(core.legacy())
                .start();
        near.awaitPeers(1);
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(near.node.migration().status().custom()).isTrue();
        assertThat(TrustSetting.moves(near)).isEmpty();
        TrustSetting.set(near, Stage.MIGRATE);

        awaitAll(near, Stack.LIBP2P, 1);
        assertThat(near.node.migration().status().custom()).isFalse();
    }

    @Test
    void noMoreAreMovedAtOnceThanMayBe() throws Exception {
        MigrationSettings usual = MigrationSettings.DEFAULT;
        World.Plan plan = world.node(1)
                .migrating(new MigrationSettings(
                        Optional.of(Stage.DUAL), Optional.empty(), false, 3, 0, usual.movesPerDay(), Map.of()));
        for (int host = 2; host < 8; host++) {
            CoreLike core = setting.core(host).shut(Stack.LIBP2P);
            world.wires.staySilentAt(core.libp2p());
            plan.peer(core.legacy());
        }
        RunningNode near = plan.start();
        near.awaitPeers(6);
        TrustSetting.set(near, Stage.MIGRATE);
        Await.until(
                () -> "three that wait; " + near.node.migration().status(),
                () -> near.node.migration().status().peers().stream()
                                .filter(peer -> peer.state().contains("turn"))
                                .count()
                        == 3);

        assertThat(near.node.migration().status().moving()).isEqualTo(3);
        assertThat(near.libp2p.dialled().stream().map(PeerAddress::ip).distinct())
                .hasSizeLessThanOrEqualTo(3);
        world.passUntil(
                () -> "all to have been looked for: " + TrustSetting.moves(near),
                () -> TrustSetting.moves(near).size() == 6);
        assertThat(TrustSetting.moves(near)).allMatch(move -> move.outcome() == MoveOutcome.LATER);
    }

    /** As behind a router that gives its port another number. */
    @Test
    void aPeerThatListensElsewhereThanItSaysComesBackToWhereItWas() throws Exception {
        CoreLike core = new CoreLike(world, TrustSetting.NETWORK, 2, 2, 12_000).claimingToListenAt(Optional.of(9798));
        RunningNode near = plan(1).peer(core.legacy()).start();
        near.awaitPeers(1);
        TrustSetting.set(near, Stage.MIGRATE);
        awaitAll(near, Stack.LIBP2P, 1);
        TrustSetting.set(near, Stage.DUAL);
        awaitAll(near, Stack.LEGACY, 1);
        assertNoneLost(near, 1);

        // It is of one percentile, whichever stack it is on.
        for (int share = 10; share < 100; share += 10) {
            world.clock.advance(Duration.ofMinutes(2));
            int before = TrustSetting.moves(near).size();
            near.node.migration().set(new Rollout(Stage.MIGRATE, share), "the test");
            for (int second = 0; second < 40; second++) {
                world.clock.advance(Duration.ofSeconds(1));
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            }
            assertThat(TrustSetting.moves(near).size() - before)
                    .as("moves at %d %%", share)
                    .isLessThanOrEqualTo(1);
        }
    }
}
