package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.SyncStatus;
import proteus.domain.network.Network;

/** What a node says of itself on one page, over a socket. */
class StatusMethodsTest {

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

    private String status() throws IOException {
        return client.call("NodeStatus", COOKIE);
    }

    @Test
    void heightTipPeersMinerAndSyncAreTold() throws IOException {
        assertThat(status())
                .startsWith("{\"Ok\":{\"NodeStatus\":{\"Ok\":{\"network\":\"regtest\",\"height\":0,\"tip\":\""
                        + chain.state().genesis().toHex() + "\",\"peers\":0,\"miner\":\"")
                .contains("\"sync\":\"unknown\"");
    }

    @Test
    void aSyncShowsItsPaceAndTheTimeLeft() throws IOException {
        node.syncStatus = new SyncStatus.Syncing(120, 300, 12.5, 2, Optional.of(Duration.ofSeconds(14)));

        assertThat(status())
                .contains("\"sync\":\"syncing\",\"sync_height\":120,\"sync_target\":300,\"blocks_per_second\":12.5,"
                        + "\"serving_peers\":2,\"seconds_left\":14}");
    }

    @Test
    void whatIsNotKnownOfASyncIsLeftOut() throws IOException {
        node.syncStatus = new SyncStatus.Syncing(0, 300, 0, 2, Optional.empty());

        assertThat(status()).contains("\"serving_peers\":2}");
    }

    @Test
    void challengesAreCounted() throws IOException {
        node.syncStatus = new SyncStatus.Challenging(3);

        assertThat(status()).contains("\"sync\":\"challenging\",\"open_challenges\":3}");
    }
}
