package proteus.bootstrap.assembly;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.contract.ComposedChain;
import proteus.bootstrap.assembly.KilledNode.Source;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.network.Network;

/**
 * Kills a whole node with SIGKILL while it fetches a chain from a peer, and then goes over to a heavier one: four times, six with
 * the profile {@code heavy}, N with {@code -Dchain.kills=N}; {@code -Dstore.seed=N} for other moments.
 */
@SpeaksLegacy
class SyncKillTest {

    private static final int KILLS = Integer.getInteger("chain.kills", 4);
    private static final long SEED = Long.getLong("store.seed", 20_261_126L);
    private static final boolean TOLD = System.getProperty("chain.kills") != null;
    private static final int KILLS_PER_NODE = 12;

    private static final Network MOCK = new Network.TestnetMock();
    private static final ComposedChain LIGHTER = ComposedChain.of(MOCK).grow(150, 1);
    private static final ComposedChain HEAVIER = LIGHTER.forkAt(20).grow(380, 2);

    @TempDir
    private Path directory;

    @Test
    void aKilledNodeHasASoundChainAndGoesOnWhereItWas() throws Exception {
        System.out.println("SyncKillTest: seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        Path temp = Files.createDirectory(directory.resolve("tmp"));
        try (RunningNode lighter = TestNodes.serving(directory.resolve("lighter"), MOCK, LIGHTER);
                RunningNode heavier = TestNodes.serving(directory.resolve("heavier"), MOCK, HEAVIER);
                BlockRelay toLighter =
                        BlockRelay.to(lighter.node().ownListenAddress().orElseThrow());
                BlockRelay toHeavier =
                        BlockRelay.to(heavier.node().ownListenAddress().orElseThrow())) {
            for (int kills = 0; kills < KILLS; ) {
                KilledNode node = new KilledNode(MOCK, directory.resolve("node-after-" + kills), temp, random, TOLD);
                int most = Math.min(KILLS_PER_NODE, KILLS - kills);
                node.follow(new Source(LIGHTER, toLighter), most / 2);
                node.follow(new Source(HEAVIER, toHeavier), most - node.kills());
                kills += node.kills();
                if (TOLD) {
                    System.out.println(node.summary());
                }
            }
        }
    }
}
