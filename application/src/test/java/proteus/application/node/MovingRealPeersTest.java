package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.InMemoryMigrationStore;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.contract.ManualScheduler;
import proteus.application.migration.MigrationSettings;
import proteus.application.node.World.RunningNode;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.domain.network.Network;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** A node moves sessions with peers that behave as a real neptune-core does. */
@Timeout(120)
final class MovingRealPeersTest {

    private static final Network NETWORK = new Network.RegTest();

    private final World world = new World(NETWORK);

    @AfterEach
    void close() {
        world.close();
    }

    private static MigrationSettings settings(Stage stage, int share, int atOnce, int minPeers, int movesPerDay) {
        return new MigrationSettings(
                Optional.of(stage), Optional.of(share), false, atOnce, minPeers, movesPerDay, Map.of());
    }

    private CoreLike core(int host) throws Exception {
        return CoreLike.at(world, NETWORK, host, host);
    }

    private RunningNode near(CoreLike... peers) throws Exception {
        return near(settings(Stage.DUAL, 100, 2, 0, 1000), peers);
    }

    private RunningNode near(MigrationSettings migrating, CoreLike... peers) throws Exception {
        World.Plan plan = world.node(1).migrating(migrating);
        for (CoreLike peer : peers) {
            plan.peer(peer.legacy());
        }
        RunningNode node = plan.start();
        node.awaitPeers(peers.length);
        return node;
    }

    private static void set(RunningNode node, Stage stage, int share) throws Exception {
        node.node.migration().set(new Rollout(stage, share), "the test");
    }

    static List<JournalEntry.Moved> moves(RunningNode node) {
        try {
            return node.node.migration().journal(Optional.empty(), 1000).stream()
                    .filter(JournalEntry.Moved.class::isInstance)
                    .map(JournalEntry.Moved.class::cast)
                    .toList();
        } catch (StoreException failure) {
            throw new AssertionError(failure);
        }
    }

    private void awaitMoves(RunningNode node, MoveOutcome... outcomes) {
        world.passUntil(
                () -> List.of(outcomes) + "; there are " + moves(node)
                        + node.node.migration().status(),
                () -> moves(node).stream()
                                .map(JournalEntry.Moved::outcome)
                                .toList()
                                .equals(List.of(outcomes))
                        && node.node.migration().status().moving() == 0);
    }

    private void awaitStacks(RunningNode node, int legacy, int libp2p) {
        world.passUntil(
                () -> legacy + " legacy, " + libp2p + " libp2p; it is "
                        + node.node.migration().status() + moves(node),
                () -> stacks(node, Stack.LEGACY) == legacy
                        && stacks(node, Stack.LIBP2P) == libp2p
                        && node.node.migration().status().moving() == 0);
    }

    private static long stacks(RunningNode node, Stack stack) {
        return node.node.peers().stream()
                .filter(peer -> peer.connection().stack() == stack)
                .count();
    }

    /** What costs a peer some of its standing. */
    private static PeerMessage tooManyPeers() {
        PeerListEntry entry = new PeerListEntry(Places.at(77), new InstanceId(7, 7));
        return new PeerMessage.PeerListResponse(Collections.nCopies(PeerMessage.PeerListResponse.MAX_PEERS + 1, entry));
    }

    private static ConnectedPeer only(RunningNode node) {
        assertThat(node.node.peers()).hasSize(1);
        return node.node.peers().getFirst();
    }

    @Test
    void aPeerIsMovedThereAndBackTenTimesAndKeepsItsStanding() throws Exception {
        CoreLike core = core(2);
        RunningNode near = near(core);
        core.awaitOpen(Stack.LEGACY).connection().send(tooManyPeers());
        world.passUntil(() -> "a punishment", () -> only(near).standing().score() < 0);
        int score = only(near).standing().score();

        for (int time = 0; time < 10; time++) {
            set(near, Stage.MIGRATE, 100);
            awaitStacks(near, 0, 1);
            assertThat(core.open())
                    .singleElement()
                    .extracting(CoreLike.Line::stack)
                    .isEqualTo(Stack.LIBP2P);
            set(near, Stage.DUAL, 100);
            awaitStacks(near, 1, 0);
            // A peer is looked for a few times a minute only.
            world.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(only(near).standing().score()).isEqualTo(score);
        assertThat(moves(near))
                .hasSize(20)
                .allSatisfy(move -> assertThat(move.outcome()).isEqualTo(MoveOutcome.SETTLED))
                .allSatisfy(move -> assertThat(move.gap()).isPresent());
        assertThat(core.lines()).hasSize(21);
        assertThat(core.lines().subList(0, 20)).allMatch(line -> line.heard(PeerMessageKind.BYE));
    }

    @Test
    void aPeerThatClosesAtOnceIsTriedOnceMore() throws Exception {
        CoreLike core = core(2);
        RunningNode near = near(core);
        core.closesNext.set(1);
        set(near, Stage.MIGRATE, 100);

        awaitMoves(near, MoveOutcome.SETTLED);
        assertThat(core.on(Stack.LIBP2P)).hasSize(2);
        assertThat(core.open()).hasSize(1);
    }

    @Test
    void aPeerThatForgetsSlowlyIsTriedOnceMore() throws Exception {
        CoreLike core = core(2);
        core.forgetsAfter = Duration.ofMillis(60);
        RunningNode near = near(core);
        set(near, Stage.MIGRATE, 100);

        world.passUntil(() -> "an end; " + moves(near), () -> !moves(near).isEmpty());
        assertThat(near.node.peers()).hasSize(1);
        assertThat(moves(near).getFirst().outcome()).isIn(MoveOutcome.SETTLED, MoveOutcome.WENT_BACK);
    }

    @Test
    void aPeerThatClosesTwiceGetsItsSessionBackOnLegacy() throws Exception {
        CoreLike core = core(2);
        RunningNode near = near(core);
        core.closesNext.set(2);
        set(near, Stage.MIGRATE, 100);

        awaitMoves(near, MoveOutcome.WENT_BACK);
        awaitStacks(near, 1, 0);
        assertThat(core.open()).singleElement().extracting(CoreLike.Line::stack).isEqualTo(Stack.LEGACY);
        assertThat(only(near).since()).isEqualTo(ManualScheduler.START);
    }

    @Test
    void aPlaceThatIsLostHasANameAndTheSessionIsBackOnLegacy() throws Exception {
        CoreLike core = core(2);
        RunningNode near = near(core);
        core.fullNext.set(1);
        set(near, Stage.MIGRATE, 100);

        awaitMoves(near, MoveOutcome.SLOT_LOST);
        awaitStacks(near, 1, 0);
        assertThat(core.open()).singleElement().extracting(CoreLike.Line::stack).isEqualTo(Stack.LEGACY);
    }

    @Test
    void aPeerWhosePortsAreClosedIsOldAndNotAskedForHours() throws Exception {
        CoreLike core = core(2).shut(Stack.LIBP2P);
        RunningNode near = near(core);
        set(near, Stage.MIGRATE, 100);
        awaitMoves(near, MoveOutcome.OLD_PEER);
        int dials = near.libp2p.dials().size();
        core.open(Stack.LIBP2P);
        for (int hour = 0; hour < 5; hour++) {
            world.clock.advance(Duration.ofHours(1));
        }

        assertThat(near.libp2p.dials()).hasSize(dials);
        assertThat(core.on(Stack.LEGACY)).hasSize(1);
        assertThat(core.lines().getFirst().heard(PeerMessageKind.BYE)).isFalse();
        world.clock.advance(Duration.ofMinutes(61));
        awaitStacks(near, 0, 1);
    }

    @Test
    void aPeerWhosePortIsSilentIsLookedForLater() throws Exception {
        CoreLike core = core(2).shut(Stack.LIBP2P);
        world.wires.staySilentAt(core.libp2p());
        RunningNode near = near(core);
        set(near, Stage.MIGRATE, 100);
        awaitMoves(near, MoveOutcome.LATER);
        world.wires.vacate(core.libp2p());
        core.open(Stack.LIBP2P);
        world.clock.advance(Duration.ofMinutes(1));

        awaitStacks(near, 0, 1);
    }

    @Test
    void aPeerThatGetsAnotherInstanceIdIsSomeoneElseAndHearsNoBye() throws Exception {
        CoreLike core = core(2);
        RunningNode near = near(core);
        core.calledFromNowOn(new InstanceId(1, 1));
        set(near, Stage.MIGRATE, 100);

        awaitMoves(near, MoveOutcome.SOMEONE_ELSE);
        assertThat(core.open()).singleElement().extracting(CoreLike.Line::stack).isEqualTo(Stack.LEGACY);
        assertThat(core.lines()).hasSize(1);
        assertThat(core.lines().getFirst().heard(PeerMessageKind.BYE)).isFalse();
    }

    @Test
    void noSessionIsGivenUpBelowTheLeastNumberOfPeers() throws Exception {
        CoreLike one = core(2);
        CoreLike other = core(3);
        RunningNode near = near(settings(Stage.DUAL, 100, 2, 2, 1000), one, other);
        set(near, Stage.MIGRATE, 100);
        world.clock.advance(Duration.ofSeconds(30));
        assertThat(stacks(near, Stack.LEGACY)).isEqualTo(2);
        assertThat(one.on(Stack.LIBP2P)).isEmpty();

        CoreLike third = core(4);
        near.node.dial(Places.target(third.legacy()));
        world.passUntil(
                () -> "all to be moved, one after the other: "
                        + near.node.migration().status(),
                () -> stacks(near, Stack.LIBP2P) >= 2 && stacks(near, Stack.LEGACY) + stacks(near, Stack.LIBP2P) == 3);
    }

    @Test
    void aPeerIsMovedFourTimesADayAndAfterARestartNoMore() throws Exception {
        CoreLike core = core(2);
        InMemoryMigrationStore memory = new InMemoryMigrationStore();
        InMemoryPeerStore store = new InMemoryPeerStore();
        World.Plan plan = world.node(1)
                .migrating(settings(Stage.DUAL, 100, 2, 0, 4))
                .over(store)
                .remembering(memory)
                .peer(core.legacy());
        RunningNode near = plan.start();
        near.awaitPeers(1);
        for (int time = 0; time < 2; time++) {
            set(near, Stage.MIGRATE, 100);
            awaitStacks(near, 0, 1);
            set(near, Stage.DUAL, 100);
            awaitStacks(near, 1, 0);
            // A peer is looked for a few times a minute only.
            world.clock.advance(Duration.ofMinutes(1));
        }
        set(near, Stage.MIGRATE, 100);
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(stacks(near, Stack.LEGACY)).isEqualTo(1);
        assertThat(moves(near)).hasSize(4);
        near.node.close();

        RunningNode again = world.node(1)
                .migrating(settings(Stage.MIGRATE, 100, 2, 0, 4))
                .over(store)
                .remembering(memory)
                .peer(core.legacy())
                .start();
        again.awaitPeers(1);
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(moves(again)).hasSize(4);
        assertThat(again.node.peers()).hasSize(1);
    }

    @Test
    void aSessionThatIsBusyIsNotMovedAndThatDoesNotCountAsAMove() throws Exception {
        CoreLike core = core(2);
        RunningNode near = near(settings(Stage.DUAL, 100, 2, 0, 1), core);
        assertThat(Admission.of(near.reception.connectedPeers().all().getFirst(), Optional.empty(), world.clock))
                .isTrue();
        set(near, Stage.MIGRATE, 100);
        awaitMoves(near, MoveOutcome.NOT_NOW);

        assertThat(moves(near).getFirst().gap()).isEmpty();
        assertThat(core.lines().getFirst().heard(PeerMessageKind.BYE)).isFalse();
        assertThat(near.node.migration().status().peers().getFirst().moves()).isZero();
        for (int second = 0; second < 15; second++) {
            world.clock.advance(Duration.ofSeconds(1));
        }
        awaitStacks(near, 0, 1);
    }

    @Test
    void shareGoesUpAndDownAndWhoIsInItStays() throws Exception {
        List<CoreLike> cores = new ArrayList<>();
        for (int host = 2; host < 10; host++) {
            cores.add(core(host));
        }
        RunningNode near = near(cores.toArray(new CoreLike[0]));
        set(near, Stage.MIGRATE, 0);
        awaitStacks(near, 8, 0);
        set(near, Stage.MIGRATE, 50);
        world.passUntil(
                () -> "the end of moving: " + near.node.migration().status(),
                () -> near.node.peers().size() == 8 && atRest(near));
        List<PeerKey> half = onLibp2p(near);
        assertThat(half).hasSizeBetween(1, 7);
        set(near, Stage.MIGRATE, 100);
        awaitStacks(near, 0, 8);
        set(near, Stage.MIGRATE, 50);
        awaitStacks(near, 8 - half.size(), half.size());
        assertThat(onLibp2p(near)).containsExactlyInAnyOrderElementsOf(half);
        set(near, Stage.LEGACY_ONLY, 100);
        awaitStacks(near, 8, 0);

        assertThat(near.node.peers()).extracting(ConnectedPeer::since).containsOnly(ManualScheduler.START);
        assertThat(moves(near)).allMatch(move -> move.outcome() == MoveOutcome.SETTLED);
    }

    private static boolean atRest(RunningNode node) {
        return node.node.migration().status().peers().stream()
                .allMatch(peer -> peer.state().startsWith("not in the share of 50")
                        || peer.state().startsWith("moved to libp2p"));
    }

    private static List<PeerKey> onLibp2p(RunningNode node) {
        return node.node.migration().status().peers().stream()
                .filter(peer -> peer.carrier().stack() == Stack.LIBP2P)
                .map(proteus.application.port.MigrationControl.PeerStatus::key)
                .toList();
    }
}
