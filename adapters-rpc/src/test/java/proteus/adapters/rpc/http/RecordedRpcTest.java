package proteus.adapters.rpc.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.adapters.rpc.FakeNode;
import proteus.adapters.rpc.FixedCookie;
import proteus.adapters.rpc.NeptuneRpcServer;
import proteus.adapters.rpc.RawClient;
import proteus.adapters.rpc.RpcSettings;
import proteus.adapters.rpc.TestChain;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * The chain of a real neptune-core 0.19.4, over both RPCs: every recorded question gets the recorded answer, member by
 * member, in any order of members.
 */
@Timeout(120)
class RecordedRpcTest {

    private static final PeerAddress ANY_PORT =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 0);
    private static final byte[] COOKIE = new byte[32];

    /** What this node answers otherwise, by a part of what was sent, and why. */
    private static final Map<String, String> DIFFERENCES = Map.of(
            "\"params\": [{\"tip\": null}]",
            "serde also reads the name of a block as an object of that one member; no client writes it so");

    private static final Pattern OUTPUT = Pattern.compile("\"canonical_commitment\":\"[0-9a-f]+\"},[0-9a-z]+");

    @TempDir
    private Path directory;

    private Recording recording;
    private TestChain chain;

    @BeforeEach
    void load() throws IOException {
        recording = Recording.read();
        chain = new TestChain(new Network.RegTest()).with(recording.blocks());
    }

    @AfterEach
    void close() {
        chain.close();
    }

    @Test
    void theRecordedChainIsTheChain() {
        assertThat(chain.state().snapshot().height().value())
                .isEqualTo(recording.blocks().size());
    }

    @Test
    void everyBodyGetsTheRecordedAnswer() throws IOException {
        JsonRpcSettings settings = new JsonRpcSettings(
                ANY_PORT,
                EnumSet.of(RpcModule.NODE, RpcModule.CHAIN, RpcModule.ARCHIVAL, RpcModule.NETWORK),
                false,
                10);
        List<String> wrong = new ArrayList<>();
        try (JsonRpcServer server = JsonRpcServer.start(settings, new FakeNode(), chain.state())) {
            HttpCaller caller = new HttpCaller(server.address().port());
            for (Recording.Http exchange : recording.http()) {
                HttpCaller.Response answer = caller.send(exchange.method(), exchange.path(), exchange.body());
                boolean same = answer.status() == exchange.status()
                        && Recording.tree(answer.body()).equals(Recording.tree(exchange.answer()));
                compare(
                        wrong,
                        exchange.name(),
                        same,
                        exchange.status() + " " + exchange.answer(),
                        answer.status() + " " + answer.body());
            }
        }
        assertThat(recording.http()).hasSizeGreaterThan(300);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyCallGetsTheRecordedAnswer() throws IOException {
        List<String> wrong = new ArrayList<>();
        RpcSettings settings = new RpcSettings(0, directory, true, 10);
        try (NeptuneRpcServer server = NeptuneRpcServer.start(
                        settings,
                        new FakeNode(),
                        chain.state(),
                        (_, _) -> {},
                        new FixedCookie(COOKIE),
                        Optional::empty);
                RawClient client = new RawClient(server.port())) {
            for (Recording.Call call : recording.calls()) {
                String arguments =
                        call.arguments().substring(1, call.arguments().length() - 1);
                String answer = client.call(call.method(), COOKIE, arguments.isEmpty() ? "" : "," + arguments);
                String expected = "{\"Ok\":{\"" + call.method() + "\":" + call.answer() + "}}";
                compare(wrong, call.name(), isSame(call.method(), answer, expected), expected, answer);
            }
        }
        assertThat(recording.calls()).hasSizeGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    private static boolean isSame(String method, String own, String real) {
        if (method.equals("AdditionRecordIndicesForBlock")) {
            // A real node lists them as its hash table happens to have them.
            return outputs(own).equals(outputs(real));
        }
        return Recording.tree(own).equals(Recording.tree(real));
    }

    private static List<String> outputs(String answer) {
        return OUTPUT.matcher(answer.replace(" ", ""))
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    private static void compare(List<String> wrong, String name, boolean same, String real, String own) {
        Optional<String> known =
                DIFFERENCES.keySet().stream().filter(name::contains).findAny();
        if (same == known.isPresent()) {
            wrong.add(name
                    + (same ? "\n  is the same now: " : "\n  real node: " + start(real) + "\n  Proteus:   ")
                    + start(own));
        }
    }

    private static String start(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
