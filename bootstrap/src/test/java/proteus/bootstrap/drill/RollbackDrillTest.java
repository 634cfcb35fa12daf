package proteus.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerTarget;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** From a network that has moved to libp2p altogether back to one that has never heard of it, while blocks are mined. */
@Timeout(180)
@SpeaksLegacy
final class RollbackDrillTest {

    private static final int NODES = 4;
    private static final int BLOCKS = 8;

    private final List<DrillNode> nodes = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void closeAll() throws Exception {
        for (DrillNode node : nodes.reversed()) {
            node.close();
        }
    }

    @Test
    void allGoBackToLegacyAndNeitherABlockNorASessionIsLost() throws Exception {
        for (int i = 1; i <= NODES; i++) {
            PeerTarget[] before =
                    nodes.stream().map(node -> node.target(Carrier.LEGACY_TCP)).toArray(PeerTarget[]::new);
            nodes.add(DrillNode.start("node" + i, directory, DrillNode.at(Stage.DUAL), before));
        }
        awaitAll(Stack.LEGACY);
        KeptSessions sessions = KeptSessions.of(nodes);
        try (Load load = Load.on(nodes)) {
            setAll(DrillNode.share(Rollout.ALL));
            awaitAll(Stack.LIBP2P);
            load.awaitBlocks(BLOCKS);

            setAll(DrillNode.at(Stage.LEGACY_ONLY));
            awaitAll(Stack.LEGACY);
            load.awaitBlocks(BLOCKS);
            System.out.printf(
                    "RollbackDrillTest: %d blocks, each at all nodes within %d ms%n",
                    load.blocks(), load.longest().toMillis());
        }
        sessions.assertKept();
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.node().listening()).allMatch(place -> place.carrier() == Carrier.LEGACY_TCP);
            assertThat(node.movesWith(outcome -> outcome != MoveOutcome.SETTLED && outcome != MoveOutcome.NOT_NOW))
                    .as(node.journal())
                    .isZero();
        });
    }

    private void setAll(Rollout rollout) throws Exception {
        for (DrillNode node : nodes) {
            node.set(rollout);
        }
    }

    private void awaitAll(Stack stack) {
        for (DrillNode node : nodes) {
            nodes.stream().filter(other -> other != node).forEach(other -> node.awaitConnected(other, stack));
        }
    }
}
