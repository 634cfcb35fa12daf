package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Await;
import proteus.application.contract.InMemoryMigrationStore;
import proteus.application.contract.InMemoryPeerTransport;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Carrier;
import proteus.application.port.Counterpart;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerTarget;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.network.Network;

/** Whole nodes whose sessions move from stack to stack. */
@Timeout(60)
final class MovingSessionsTest {

    private final World world = new World(new Network.RegTest());

    @AfterEach
    void close() {
        world.close();
    }

    /** The two may leave it to each other to begin, for a while. */
    private void awaitStack(RunningNode node, Stack stack) {
        world.passUntil(
                () -> "a session over " + stack + "; there is "
                        + node.node.migration().status(),
                () -> node.node.peers().size() == 1
                        && node.node.peers().getFirst().connection().stack() == stack);
    }

    private void set(RunningNode node, Stage stage) throws Exception {
        node.node.migration().set(new Rollout(stage, 100), "the test");
    }

    private static List<JournalEntry.Moved> moves(RunningNode node) throws Exception {
        return node.node.migration().journal(Optional.empty(), 100).stream()
                .filter(JournalEntry.Moved.class::isInstance)
                .map(JournalEntry.Moved.class::cast)
                .filter(JournalEntry.Moved::counts)
                .toList();
    }

    @RepeatedTest(10)
    void twoNodesChangeOverWithoutAGapAndBack() throws Exception {
        RunningNode far = world.node(2).in(Stage.DUAL).start();
        RunningNode near = world.node(1).in(Stage.DUAL).peer(far.address).start();
        near.awaitPeers(1);
        far.awaitPeers(1);
        assertThat(near.node.peers().getFirst().connection().stack()).isEqualTo(Stack.LEGACY);

        set(near, Stage.MIGRATE);
        awaitStack(near, Stack.LIBP2P);
        awaitStack(far, Stack.LIBP2P);
        set(near, Stage.DUAL);
        awaitStack(near, Stack.LEGACY);
        awaitStack(far, Stack.LEGACY);

        Await.until(
                () -> {
                    try {
                        return "two moves: " + moves(near) + " AND " + moves(far);
                    } catch (Exception e) {
                        return e.toString();
                    }
                },
                () -> {
                    try {
                        return moves(near).size() == 2 && moves(far).size() == 2;
                    } catch (Exception failed) {
                        throw new AssertionError(failed);
                    }
                });
        assertThat(moves(near))
                .allSatisfy(move -> assertThat(move.outcome()).isEqualTo(MoveOutcome.SETTLED))
                .allSatisfy(move -> assertThat(move.gap()).contains(Duration.ZERO));
    }

    /** A peer that was let in is judged by what it was let in for, and not by the address to which it moves. */
    @Test
    void aNodeThatTalksToNamedPeersAloneMovesThemToo() throws Exception {
        RunningNode far = world.node(2).in(Stage.DUAL).start();
        RunningNode near = world.node(1)
                .in(Stage.DUAL)
                .restrictedToPeers()
                .peer(far.address)
                .start();
        near.awaitPeers(1);

        set(near, Stage.MIGRATE);
        awaitStack(near, Stack.LIBP2P);
        awaitStack(far, Stack.LIBP2P);
    }

    @Test
    void aNamedPeerThatIsDialledWhereItWasFoundOnLibp2pIsDialledAgainWhenItIsLost() throws Exception {
        InMemoryMigrationStore memory = new InMemoryMigrationStore();
        memory.putCounterpart(new Counterpart(
                Places.at(2),
                Optional.of(new Counterpart.Reached(
                        Places.libp2pAt(2), Carrier.LIBP2P_TCP, InMemoryPeerTransport.idOf(Places.ip(2)))),
                world.clock.instant()));
        RunningNode near = world.node(1)
                .in(Stage.LIBP2P_ONLY)
                .remembering(memory)
                .peer(Places.at(2), PeerTarget.Protocol.EITHER)
                .start();
        near.libp2p.awaitDials(1);

        RunningNode far = world.node(2).in(Stage.DUAL).start();
        world.clock.advance(Duration.ofMinutes(3));
        near.awaitPeers(1);
        far.node.close();
        near.awaitPeers(0);
        int before = near.libp2p.dials().size();
        for (int minute = 0; minute < 10; minute++) {
            world.clock.advance(Duration.ofMinutes(1));
        }
        near.libp2p.awaitDials(before + 1);
    }
}
