package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.port.Carrier;
import proteus.application.port.ComparisonControl;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.MigrationControl.Status;
import proteus.application.port.MigrationStore;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** What an operator asks of the migration and orders it to do, over a socket. */
class MigrationMethodsTest {

    private static final byte[] COOKIE = new byte[RpcCookie.BYTES];
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.123Z");
    private static final String ID = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
    private static final PeerKey BY_ID = new PeerKey.OfPeerId(PeerId.parse(ID).orElseThrow());
    private static final PeerAddress ADDRESS =
            PeerAddress.parse("203.0.113.7:9798").orElseThrow();

    private static final Status STATUS = new Status(
            new Rollout(Stage.MIGRATE, 25),
            true,
            Map.of(Stack.LEGACY, 1, Stack.LIBP2P, 2),
            1,
            3,
            List.of(
                    new PeerStatus(
                            BY_ID,
                            ADDRESS,
                            Carrier.LIBP2P_QUIC,
                            true,
                            "moved",
                            4,
                            9,
                            Optional.of(MoveOutcome.SETTLED),
                            Optional.of(NOON)),
                    new PeerStatus(
                            new PeerKey.OfAddress(ADDRESS),
                            ADDRESS,
                            Carrier.LEGACY_TCP,
                            false,
                            "no \"libp2p\"",
                            0,
                            0,
                            Optional.empty(),
                            Optional.empty()),
                    new PeerStatus(
                            BY_ID, ADDRESS, Carrier.LIBP2P_TCP, false, "", 0, 2, Optional.empty(), Optional.empty())));

    private static final List<JournalEntry> JOURNAL = List.of(
            new JournalEntry.StageChanged(NOON, Rollout.DEFAULT, new Rollout(Stage.MIGRATE, 25), "by \"me\"\n"),
            new JournalEntry.Moved(
                    NOON,
                    BY_ID,
                    Stack.LIBP2P,
                    MoveOutcome.SETTLED,
                    Optional.of(Duration.ofNanos(2_300_000)),
                    "chosen",
                    ""),
            new JournalEntry.Moved(
                    Instant.EPOCH,
                    new PeerKey.OfAddress(ADDRESS),
                    Stack.LEGACY,
                    MoveOutcome.OLD_PEER,
                    Optional.empty(),
                    "",
                    "port closed"));

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

    private String result(String method, String arguments) throws IOException {
        String answer = client.call(method, COOKIE, arguments);
        String start = "{\"Ok\":{\"" + method + "\":{\"Ok\":";
        assertThat(answer).startsWith(start).endsWith("}}}");
        return answer.substring(start.length(), answer.length() - 3);
    }

    @Test
    void theStatusIsToldAndReadAgain() throws IOException, MalformedMessageException {
        node.migration.status = STATUS;

        String json = result("MigrationStatus", "");

        assertThat(json)
                .startsWith(
                        "{\"stage\":\"migrate\",\"share\":25,\"custom\":true,\"sessions\":{\"legacy\":1,\"libp2p\":2},"
                                + "\"moved_by_us\":1,\"moving\":3,\"peers\":[{\"key\":\"" + ID
                                + "\",\"address\":\"203.0.113.7:9798\","
                                + "\"carrier\":\"libp2p-quic\",\"moved_by_us\":true,\"state\":\"moved\",\"moves\":4,\"attempts\":9,"
                                + "\"last\":\"settled\",\"not_before\":\"2026-11-26T12:00:00.123Z\"},");
        assertThat(MigrationStatusJson.read(json)).isEqualTo(STATUS);
    }

    @Test
    void howTheGuardStandsIsTold() throws Exception {
        node.comparison.guard =
                new ComparisonControl.Guard(true, "all is well", 3, Optional.of(Instant.parse("2026-11-27T04:00:00Z")));
        String json = result("GuardStatus", "");

        assertThat(json)
                .isEqualTo("{\"on\":true,\"verdict\":\"all is well\",\"peers_taken_back\":3,"
                        + "\"node_taken_back\":\"2026-11-27T04:00:00Z\"}");
        assertThat(GuardStatusJson.read(json)).isEqualTo(node.comparison.guard);
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> GuardStatusJson.read("{\"on\":true}"));
    }

    @Test
    void aNodeWithoutPeersHasNoSessions() throws IOException, MalformedMessageException {
        assertThat(MigrationStatusJson.read(result("MigrationStatus", "")).sessions())
                .isEqualTo(Map.of(Stack.LEGACY, 0, Stack.LIBP2P, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"share\":25", ",\"share\":\"25\""})
    void stageAndShareAreSet(String share) throws IOException, MalformedMessageException {
        String json = result("SetStage", ",\"stage\":\"migrate\"" + share);

        assertThat(node.orders).containsExactly("set migrate 25, by order over RPC");
        assertThat(json)
                .isEqualTo("{\"from\":{\"stage\":\"dual\",\"share\":100},\"custom\":false,"
                        + "\"to\":{\"stage\":\"migrate\",\"share\":25}}");
        assertThat(MigrationStatusJson.readChange(json))
                .isEqualTo(new MigrationStatusJson.Change(Rollout.DEFAULT, false, new Rollout(Stage.MIGRATE, 25)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"share\":null"})
    void withoutAShareTheOneThatIsStays(String share) throws IOException {
        node.migration.status = STATUS;

        assertThat(result("SetStage", ",\"stage\":\"legacy-only\"" + share)).contains("\"custom\":true");

        assertThat(node.orders).containsExactly("set legacy-only 25, by order over RPC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`,\"stage\":\"Dual\"` | {\"Failed\":\"stages are legacy-only, dual, migrate and libp2p-only\"}",
                "`,\"stage\":\"migrate\",\"share\":101` | {\"Failed\":\"the share is from 0 to 100 percent, not 101\"}",
                "`,\"stage\":\"migrate\",\"share\":\"-1\"` | argument share is no number",
                "`,\"stage\":\"migrate\",\"share\":\"1111111111111111111\"` | argument share is no number",
                "`,\"stage\":\"migrate\",\"share\":-1` | argument share is no number",
                "`,\"stage\":7` | argument stage is no string",
                "`,\"share\":7` | argument stage is missing",
            })
    void anotherStageOrShareIsRefused(String arguments, String complaint) throws IOException {
        assertThat(client.call("SetStage", COOKIE, arguments)).contains(complaint);
        assertThat(node.orders).isEmpty();
    }

    @Test
    void whatTheNodeCannotDoIsToldInItsWords() throws IOException {
        node.migration.refusal = Optional.of("this build has no legacy stack");

        assertThat(client.call("SetStage", COOKIE, ",\"stage\":\"dual\""))
                .isEqualTo("{\"Ok\":{\"SetStage\":{\"Err\":{\"Failed\":\"this build has no legacy stack\"}}}}");
    }

    @Test
    void aStoreThatFailsIsTold() throws IOException {
        node.migration.storeBroken = true;

        assertThat(client.call("SetStage", COOKIE, ",\"stage\":\"dual\""))
                .contains("the store failed: the disk is full");
        assertThat(client.call("MigrationJournal", COOKIE)).contains("the store failed: the disk is full");
    }

    @Test
    void theJournalIsToldAndReadAgain() throws IOException, MalformedMessageException {
        node.migration.journal = JOURNAL;

        String json = result("MigrationJournal", "");

        assertThat(node.orders).containsExactly("journal of all, 100");
        assertThat(json)
                .isEqualTo("[" + JournalJson.line(JOURNAL.get(0)) + "," + JournalJson.line(JOURNAL.get(1)) + ","
                        + JournalJson.line(JOURNAL.get(2)) + "]");
        assertThat(JournalJson.read(json)).isEqualTo(JOURNAL);
        assertThat(JournalJson.line(JOURNAL.get(1)))
                .isEqualTo("{\"time\":\"2026-11-26T12:00:00.123Z\",\"kind\":\"move\",\"peer\":\"" + ID
                        + "\",\"to\":\"libp2p\",\"outcome\":\"settled\",\"gap_us\":2300,\"cause\":\"chosen\","
                        + "\"detail\":\"\"}");
        assertThat(JournalJson.line(JOURNAL.get(2))).contains("\"gap_us\":null");
        assertThat(JournalJson.line(JOURNAL.get(0)))
                .contains("\"kind\":\"stage\",\"from\":{\"stage\":\"dual\",\"share\":100},"
                        + "\"to\":{\"stage\":\"migrate\",\"share\":25}");
    }

    @Test
    @Timeout(30)
    void aJournalOfTenThousandPeersIsToldWholeOrRefusedInWords() throws IOException, MalformedMessageException {
        node.migration.journal = journalOfManyPeers("connection refused: it does not listen there (os error 111)");

        String json = result("MigrationJournal", ",\"most\":10000");

        assertThat(JournalJson.read(json)).isEqualTo(node.migration.journal);
        assertThat(json.length()).isLessThan(3 << 20);

        // Six bytes for each character, which is the most that peers could make of it: what clients take is less.
        node.migration.journal = journalOfManyPeers("\u0001".repeat(JournalEntry.MAX_TEXT));
        assertThat(client.call("MigrationJournal", COOKIE, ",\"most\":10000"))
                .contains("the answer is longer than clients take")
                .hasSizeLessThan(1000);
        assertThat(result("MigrationStatus", "")).startsWith("{");
    }

    private static List<JournalEntry> journalOfManyPeers(String detail) {
        return IntStream.range(0, MigrationStore.MAX_JOURNAL)
                .<JournalEntry>mapToObj(i -> new JournalEntry.Moved(
                        NOON.plusMillis(i),
                        new PeerKey.OfPeerId(PeerId.ofLegacy(new PeerAddress(new IpAddress.V4(0x0A00_0000 + i), 9798))),
                        Stack.LIBP2P,
                        MoveOutcome.LATER,
                        Optional.empty(),
                        "stage migrate 100 %",
                        detail))
                .toList();
    }

    @Test
    void theJournalOfOnePeerIsAskedForByItsKey() throws IOException {
        result("MigrationJournal", ",\"peer\":\"" + ID + "\",\"most\":\"7\"");
        result("MigrationJournal", ",\"peer\":\"[::ffff:203.0.113.7]:9798\",\"most\":10000");
        result("MigrationJournal", ",\"peer\":null,\"most\":0");

        assertThat(node.orders)
                .containsExactly("journal of " + ID + ", 7", "journal of 203.0.113.7:9798, 10000", "journal of all, 0");
    }

    @Test
    void anotherPeerOrLengthIsRefused() throws IOException {
        assertThat(client.call("MigrationJournal", COOKIE, ",\"peer\":\"203.0.113.7\""))
                .contains("{\"Failed\":\"a peer is a peer id, or an IP and a port such as 127.0.0.1:9798\"}");
        assertThat(client.call("MigrationJournal", COOKIE, ",\"most\":10001"))
                .contains("{\"Failed\":\"a journal has at most 10000 entries, not 10001\"}");
        assertThat(node.orders).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MigrationStatus", "GuardStatus", "SetStage", "MigrationJournal"})
    void onlyTheOperatorMayAskAndOrder(String method) throws IOException {
        byte[] wrong = new byte[RpcCookie.BYTES];
        wrong[0] = 1;

        assertThat(client.call(method, wrong, ",\"stage\":\"dual\"")).contains("InvalidCookie");
        assertThat(node.orders).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "{}",
                "[7]",
                "[{}] []",
                "[{\"time\":\"noon\",\"kind\":\"stage\"}]",
                "[{\"time\":\"2026-11-26T12:00:00Z\",\"kind\":\"dance\"}]",
                "[{\"time\":\"2026-11-26T12:00:00Z\",\"kind\":\"stage\",\"from\":{\"stage\":\"dual\",\"share\":101}}]",
                "[{\"time\":\"2026-11-26T12:00:00Z\",\"kind\":\"move\",\"peer\":\"x\"}]",
                "[{\"time\":\"2026-11-26T12:00:00Z\",\"time\":\"2026-11-26T12:00:00Z\"}]"
            })
    void whatIsNoJournalIsNotTakenForOne(String json) {
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> JournalJson.read(json));
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> MigrationStatusJson.read(json));
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> MigrationStatusJson.readChange(json));
    }
}
