package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.contract.ComposedChain;
import proteus.application.port.StoredBlock;
import proteus.application.port.SyncStatus;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;

/** What is told of a chain of some blocks, one of which stands beside it. */
@Timeout(60)
class ChainMethodsTest {

    private static final byte[] COOKIE = new byte[RpcCookie.BYTES];
    private static final Network MOCK = new Network.TestnetMock();
    private static final ComposedChain CHAIN = ComposedChain.of(MOCK).grow(6, 1);
    private static final ComposedChain FORK = CHAIN.forkAt(3).grow(1, 2);
    private static final Digest ORPHAN = FORK.tip().digest();
    private static final String NOBODY = "\"" + "ab".repeat(40) + "\"";

    @TempDir
    private Path directory;

    private final FakeNode node = new FakeNode();
    private final TestChain chain = new TestChain(MOCK).with(CHAIN.plain(1, 6)).with(FORK.plain(4, 4));
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

    private String call(String method, String arguments) throws IOException {
        return client.call(method, COOKIE, arguments.isEmpty() ? "" : "," + arguments);
    }

    private static String ok(String method, String result) {
        return "{\"Ok\":{\"" + method + "\":{\"Ok\":" + result + "}}}";
    }

    private static String text(Digest digest) {
        return "\"" + digest.toHex() + "\"";
    }

    private static Digest at(int height) {
        return CHAIN.blocks().get(height).digest();
    }

    @Test
    void blocksAreFoundByEveryName() throws IOException {
        assertThat(call("BlockHeight", "")).isEqualTo(ok("BlockHeight", "6"));
        assertThat(call("BlockDigest", "\"block_selector\":\"tip\"")).isEqualTo(ok("BlockDigest", text(at(6))));
        assertThat(call("BlockDigest", "\"block_selector\":\"genesis\"")).isEqualTo(ok("BlockDigest", text(at(0))));
        assertThat(call("BlockDigest", "\"block_selector\":4")).isEqualTo(ok("BlockDigest", text(at(4))));
        assertThat(call("BlockDigest", "\"block_selector\":" + text(ORPHAN)))
                .isEqualTo(ok("BlockDigest", text(ORPHAN)));
        assertThat(call("BlockDigest", "\"block_selector\":7")).isEqualTo(ok("BlockDigest", "null"));
        assertThat(call("BlockDigest", "\"block_selector\":" + NOBODY)).isEqualTo(ok("BlockDigest", "null"));
    }

    @Test
    void whatDoesNotExistIsNull() throws IOException {
        for (String method : List.of("Header", "BlockInfo", "BlockKernel", "AnnouncementsInBlock")) {
            assertThat(call(method, "\"block_selector\":7")).isEqualTo(ok(method, "null"));
            assertThat(call(method, "\"block_selector\":" + NOBODY)).isEqualTo(ok(method, "null"));
        }
        assertThat(call("AdditionRecordIndicesForBlock", "\"block_selector\":7"))
                .isEqualTo(ok("AdditionRecordIndicesForBlock", "[]"));
        assertThat(call("BlockIntervals", "\"last_block\":7,\"max_num_blocks\":null"))
                .isEqualTo(ok("BlockIntervals", "null"));
        assertThat(call("BlockDifficulties", "\"last_block\":7,\"max_num_blocks\":null"))
                .isEqualTo(ok("BlockDifficulties", "[]"));
    }

    @Test
    void allBlocksOfAHeightAreListedAndTheTipsAncestors() throws IOException {
        assertThat(call("BlockDigestsByHeight", "\"height\":4")).contains(text(at(4)), text(ORPHAN));
        assertThat(call("BlockDigestsByHeight", "\"height\":5"))
                .isEqualTo(ok("BlockDigestsByHeight", "[" + text(at(5)) + "]"));
        assertThat(call("BlockDigestsByHeight", "\"height\":7")).isEqualTo(ok("BlockDigestsByHeight", "[]"));
        assertThat(call("LatestTipDigests", "\"n\":2"))
                .isEqualTo(ok("LatestTipDigests", "[" + text(at(5)) + "," + text(at(4)) + "]"));
        assertThat(call("LatestTipDigests", "\"n\":0")).isEqualTo(ok("LatestTipDigests", "[]"));
        assertThat(call("LatestTipDigests", "\"n\":" + Long.MAX_VALUE)).endsWith("," + text(at(0)) + "]}}}");
    }

    @Test
    void aBlockBesideTheChainSaysSo() throws IOException {
        assertThat(call("BlockInfo", "\"block_selector\":" + text(ORPHAN)))
                .contains(
                        "\"height\":4,",
                        "\"is_tip\":false,\"is_canonical\":false,\"sibling_blocks\":[" + text(at(4)) + "]");
        assertThat(call("BlockInfo", "\"block_selector\":\"tip\""))
                .contains("\"is_genesis\":false,\"is_tip\":true,\"is_canonical\":true,\"sibling_blocks\":[]");
    }

    @Test
    void intervalsAndDifficultiesGoDownFromABlock() throws IOException {
        String intervals = IntStream.of(6, 5)
                .mapToObj(height -> "[" + height + "," + ComposedChain.LATE + "]")
                .collect(Collectors.joining(","));

        assertThat(call("BlockIntervals", "\"last_block\":\"tip\",\"max_num_blocks\":2"))
                .isEqualTo(ok("BlockIntervals", "[" + intervals + "]"));
        assertThat(call("BlockIntervals", "\"last_block\":\"tip\",\"max_num_blocks\":null"))
                .endsWith("[2," + ComposedChain.LATE + "]]}}}");
        assertThat(call("BlockIntervals", "\"last_block\":1")).isEqualTo(ok("BlockIntervals", "[]"));
        // One more than asked for.
        assertThat(call("BlockDifficulties", "\"last_block\":5,\"max_num_blocks\":1"))
                .startsWith(ok("BlockDifficulties", "[[5,[").substring(0, 38))
                .contains("[4,[")
                .doesNotContain("[3,[");
        assertThat(call("BlockDifficulties", "\"last_block\":5")).contains("[0,[");
    }

    @Test
    void outputsAreNumberedOnTheChainAlone() throws IOException {
        String first = call("AdditionRecordIndicesForBlock", "\"block_selector\":1");
        String orphan = call("AdditionRecordIndicesForBlock", "\"block_selector\":" + text(ORPHAN));

        // After the premine there are only the two outputs of each guesser.
        int premine = CHAIN.blocks()
                .getFirst()
                .block()
                .kernel()
                .body()
                .transactionKernel()
                .outputs()
                .size();
        assertThat(first).contains("," + premine + "]", "," + (premine + 1) + "]");
        assertThat(orphan).contains(",null]").doesNotContain(",null],[,");
        assertThat(call("UtxoDigest", "\"leaf_index\":0")).isEqualTo(ok("UtxoDigest", "null"));
        assertThat(first).contains(result(call("UtxoDigest", "\"leaf_index\":" + premine)));
        assertThat(call("UtxoDigest", "\"leaf_index\":" + (premine + 12))).isEqualTo(ok("UtxoDigest", "null"));
        assertThat(call("UtxoDigest", "\"leaf_index\":" + (premine + 11))).isNotEqualTo(ok("UtxoDigest", "null"));
    }

    private static String result(String answer) {
        return answer.substring(ok("UtxoDigest", "").length() - 3, answer.length() - 3);
    }

    @Test
    void theDashboardSeesTheSync() throws IOException {
        node.syncStatus = new SyncStatus.Challenging(3);
        assertThat(call("DashboardOverviewData", "")).contains("\"sync_status\":{\"Challenges\":3}");
        node.syncStatus = new SyncStatus.Syncing(7, 20, 1.5, 2, Optional.empty());
        assertThat(call("DashboardOverviewData", ""))
                .contains(
                        "\"tip_time_to_mine\":" + ComposedChain.LATE + ",",
                        "\"sync_status\":{\"Syncing\":{\"num_blocks_downloaded\":7,\"total_span\":20}}");
        node.syncStatus = new SyncStatus.Synced();
        assertThat(call("DashboardOverviewData", "")).contains("\"sync_status\":\"Synced\"");
    }

    @Test
    void aStoreThatFailsIsTheMethodsOwnError() throws IOException {
        chain.breakStore();

        assertThat(call("BlockInfo", "\"block_selector\":1"))
                .contains("\"Failed\":\"the store failed: the disk is gone");
        StoredBlock tip = CHAIN.tip();
        assertThat(call("Header", "\"block_selector\":\"tip\""))
                .contains(tip.header().prevBlockDigest().toHex());
    }
}
