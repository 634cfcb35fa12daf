package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.contract.ComposedChain;
import proteus.application.port.MiningControl.CannotMineException;
import proteus.application.port.MiningControl.CannotMineException.Reason;
import proteus.application.port.StoredBlock;
import proteus.application.port.SyncStatus;
import proteus.domain.network.Network;

/** What the methods of the miner answer and order, over a socket. */
class MiningMethodsTest {

    private static final byte[] COOKIE = new byte[RpcCookie.BYTES];

    @TempDir
    private Path directory;

    private final FakeNode node = new FakeNode();
    private final TestChain chain = new TestChain(new Network.RegTest());
    private NeptuneRpcServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = NeptuneRpcServer.start(
                new RpcSettings(0, directory, true, 10),
                node,
                chain.state(),
                (_, _) -> {},
                new FixedCookie(COOKIE),
                Optional::empty);
        client = new RawClient(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        chain.close();
    }

    private String mine(String count) throws IOException {
        return client.call("MineBlocksToWallet", COOKIE, ",\"n_blocks\":" + count);
    }

    @Test
    void soManyBlocksAreOrderedAndTheAnswerIsNothing() throws IOException {
        assertThat(mine("3")).isEqualTo("{\"Ok\":{\"MineBlocksToWallet\":{\"Ok\":null}}}");
        assertThat(node.orders).containsExactly("mine 3");
        assertThat(mine("-1")).contains("argument n_blocks is no number");
    }

    @Test
    void whatCannotBeMinedIsAnErrorOfUpstreams() throws IOException {
        node.mining.trouble = Optional.of(new CannotMineException(Reason.REAL_PROOFS, "ours"));
        assertThat(mine("1"))
                .isEqualTo("{\"Ok\":{\"MineBlocksToWallet\":{\"Err\":{\"RegTestError\":"
                        + "\"wrong network.  network is not regtest\"}}}}");

        node.mining.trouble = Optional.of(new CannotMineException(Reason.SYNCING, "this node catches up"));
        assertThat(mine("1")).contains("{\"RegTestError\":\"this node catches up\"}");
        assertThat(client.call("MineBlock", COOKIE)).contains("{\"RegTestError\":\"this node catches up\"}");
    }

    @Test
    void oneBlockIsAnsweredWithItsHeightAndHash() throws IOException {
        assertThat(client.call("MineBlock", COOKIE))
                .isEqualTo("{\"Ok\":{\"MineBlock\":{\"Ok\":{\"height\":7,\"digest\":\"" + FakeNode.GENESIS.toHex()
                        + "\"}}}}");
    }

    @Test
    void theMinerRestsGoesOnAndItsProposalIsAnnounced() throws IOException {
        for (String method : new String[] {"PauseMiner", "RestartMiner", "BroadcastBlockProposal"}) {
            assertThat(client.call(method, COOKIE)).isEqualTo("{\"Ok\":{\"" + method + "\":{\"Ok\":null}}}");
        }
        assertThat(node.orders).containsExactly("pause", "resume", "announce");
    }

    @Test
    void theProposalThatIsHeldIsShown() throws IOException {
        assertThat(client.call("BestProposal", COOKIE)).isEqualTo("{\"Ok\":{\"BestProposal\":{\"Ok\":null}}}");
        StoredBlock block = ComposedChain.of(new Network.TestnetMock()).append(ComposedChain.LATE, 1);
        node.mining.held = Optional.of(block.block());

        assertThat(client.call("BestProposal", COOKIE))
                .startsWith("{\"Ok\":{\"BestProposal\":{\"Ok\":{\"height\":1,")
                .contains("\"digest\":\"" + block.digest().toHex() + "\"")
                .contains("\"is_tip\":false,\"is_canonical\":false,\"sibling_blocks\":[]");
    }

    @Test
    void aNodeThatSyncsIsNotFrozen() throws IOException {
        node.syncStatus = new SyncStatus.Syncing(1, 300, 20, 1, Optional.empty());

        assertThat(client.call("Freeze", COOKIE))
                .isEqualTo("{\"Ok\":{\"Freeze\":{\"Err\":\"CannotPauseWhileSyncing\"}}}");
        assertThat(node.orders).isEmpty();
    }

    @Test
    void onlyTheOperatorMines() throws IOException {
        byte[] wrong = new byte[RpcCookie.BYTES];
        wrong[0] = 1;

        assertThat(client.call("MineBlock", wrong)).contains("InvalidCookie");
        assertThat(node.orders).isEmpty();
    }
}
