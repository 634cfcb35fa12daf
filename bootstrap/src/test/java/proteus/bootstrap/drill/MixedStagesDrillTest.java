package proteus.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.port.Carrier;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** Four nodes, each in another stage: whoever mines, all have the block within ten seconds, also while links are moved. */
@Timeout(180)
@SpeaksLegacy
final class MixedStagesDrillTest {

    private static final int BLOCKS = 8;

    @TempDir
    private Path directory;

    @Test
    void everyBlockGetsToAllBeforeDuringAndAfterEachCutover() throws Exception {
        List<Identity> identities = DrillIdentities.sorted(2);
        DrillIdentities.give(directory.resolve("migrating"), identities.getFirst());
        DrillIdentities.give(directory.resolve("dual"), identities.getLast());
        try (DrillNode legacy = DrillNode.start("legacy-only", directory, DrillNode.at(Stage.LEGACY_ONLY));
                DrillNode libp2p = DrillNode.start("libp2p-only", directory, DrillNode.at(Stage.LIBP2P_ONLY));
                DrillNode dual = DrillNode.start(
                        "dual",
                        directory,
                        DrillNode.at(Stage.DUAL),
                        legacy.target(Carrier.LEGACY_TCP),
                        libp2p.target(Carrier.LIBP2P_QUIC));
                DrillNode migrating = DrillNode.start(
                        "migrating",
                        directory,
                        DrillNode.share(0),
                        legacy.target(Carrier.LEGACY_TCP),
                        libp2p.target(Carrier.LIBP2P_TCP),
                        dual.target(Carrier.LEGACY_TCP))) {
            for (DrillNode both : List.of(dual, migrating)) {
                both.awaitConnected(legacy, Stack.LEGACY);
                both.awaitConnected(libp2p, Stack.LIBP2P);
            }
            migrating.awaitConnected(dual, Stack.LEGACY);
            List<DrillNode> all = List.of(legacy, libp2p, dual, migrating);
            KeptSessions sessions = KeptSessions.of(all);
            try (Load load = Load.on(all)) {
                load.awaitBlocks(BLOCKS);

                migrating.set(DrillNode.share(Rollout.ALL));
                migrating.awaitConnected(dual, Stack.LIBP2P);
                load.awaitBlocks(BLOCKS);

                migrating.set(DrillNode.at(Stage.DUAL));
                migrating.awaitConnected(dual, Stack.LEGACY);
                load.awaitBlocks(BLOCKS);

                dual.set(DrillNode.share(Rollout.ALL));
                dual.awaitConnected(migrating, Stack.LIBP2P);
                load.awaitBlocks(BLOCKS);
                tell(load);
            }
            sessions.assertKept();
            assertThat(migrating.isConnected(legacy, Stack.LEGACY))
                    .as("whom nobody can move")
                    .isTrue();
            assertThat(dual.isConnected(libp2p, Stack.LIBP2P))
                    .as("who was there already")
                    .isTrue();
        }
    }

    private static void tell(Load load) {
        System.out.printf(
                "MixedStagesDrillTest: %d blocks, each at all four nodes within %d ms%n",
                load.blocks(), load.longest().toMillis());
    }
}
