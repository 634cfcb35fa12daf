package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.adapters.rpc.JournalJson;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationStore;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

@Timeout(60)
final class JournalCommandTest {

    private static final String ID = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.123Z");
    private static final JournalEntry.StageChanged CHANGE =
            new JournalEntry.StageChanged(NOON, Rollout.DEFAULT, new Rollout(Stage.MIGRATE, 25), "by order over RPC");
    private static final JournalEntry.Moved SETTLED = new JournalEntry.Moved(
            NOON.plusSeconds(1),
            new PeerKey.OfPeerId(PeerId.parse(ID).orElseThrow()),
            Stack.LIBP2P,
            MoveOutcome.SETTLED,
            Optional.of(Duration.ofNanos(2_345_000)),
            "chosen",
            "");
    private static final JournalEntry.Moved REFUSED = new JournalEntry.Moved(
            NOON.plusMillis(1877),
            new PeerKey.OfAddress(PeerAddress.parse("203.0.113.8:9798").orElseThrow()),
            Stack.LIBP2P,
            MoveOutcome.OLD_PEER,
            Optional.empty(),
            "chosen",
            "says \u001B[31m\nno");
    private static final List<JournalEntry> JOURNAL = List.of(CHANGE, SETTLED, REFUSED);

    private static final String[] LINES = {
        "2026-11-26T12:00:00.123Z  stage  dual -> migrate 25 %  by order over RPC",
        "2026-11-26T12:00:01.123Z  move   " + ID + "  -> libp2p  settled   gap 2.3 ms  chosen",
        "2026-11-26T12:00:02.000Z  move   203.0.113.8:9798" + " ".repeat(36)
                + "  -> libp2p  old-peer  no gap      chosen  says ?[31m?no"
    };

    @TempDir
    private Path home;

    private CommandLineRun journal(String port, String... args) {
        return CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), new RecordingLauncher()),
                Stream.concat(
                                Stream.of(
                                        "journal",
                                        "--network",
                                        "regtest",
                                        "--data-dir",
                                        home.toString(),
                                        "--rpc-port",
                                        port),
                                Stream.of(args))
                        .toArray(String[]::new));
    }

    private Path peers() {
        return home.resolve("regtest/databases/peers");
    }

    private void store() throws StoreException {
        try (RocksDbPeerStore store = RocksDbPeerStore.open(peers())) {
            MigrationStore migration = store.migration();
            migration.putRollout(CHANGE);
            migration.append(SETTLED);
            migration.append(REFUSED);
        }
    }

    private static String json() {
        return JOURNAL.stream().map(JournalJson::line).collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void aRunningNodeIsAsked() throws IOException {
        try (CannedNode node = CannedNode.start(home)) {
            node.gives("MigrationJournal", json());

            CommandLineRun run = journal(node.port());

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out().lines()).containsExactly(LINES);
            assertThat(node.calls()).containsExactly("MigrationJournal \"most\":\"100\"");
        }
    }

    @Test
    void peerAndLimitAreAskedForAndJsonIsOneObjectALine() throws IOException {
        try (CannedNode node = CannedNode.start(home)) {
            node.gives("MigrationJournal", json());

            CommandLineRun run = journal(node.port(), "--peer", ID, "--limit", "7", "--json");

            assertThat(run.out().lines())
                    .containsExactly(JournalJson.line(CHANGE), JournalJson.line(SETTLED), JournalJson.line(REFUSED));
            assertThat(node.calls()).singleElement().asString().contains("\"most\":\"7\"", "\"peer\":\"" + ID + "\"");
        }
    }

    @Test
    void aFullJournalOfAsManyPeersIsShown() throws IOException {
        List<JournalEntry> full = IntStream.range(0, MigrationStore.MAX_JOURNAL)
                .<JournalEntry>mapToObj(i -> new JournalEntry.Moved(
                        NOON.plusMillis(i),
                        new PeerKey.OfAddress(new PeerAddress(new IpAddress.V4(0x0A00_0000 + i), 9798)),
                        Stack.LIBP2P,
                        MoveOutcome.LATER,
                        Optional.empty(),
                        "stage migrate 100 %",
                        "connection refused"))
                .toList();
        try (CannedNode node = CannedNode.start(home)) {
            node.gives(
                    "MigrationJournal",
                    full.stream().map(JournalJson::line).collect(Collectors.joining(",", "[", "]")));

            CommandLineRun run = journal(node.port(), "--limit", "10000");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out().lines())
                    .hasSize(MigrationStore.MAX_JOURNAL)
                    .last()
                    .asString()
                    .contains("10.0.39.15:9798");
        }
    }

    @Test
    void withoutANodeThePeerStoreIsReadAndThatIsSaid() throws StoreException {
        store();

        CommandLineRun run = journal("1");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .startsWith("No node at 127.0.0.1:1: ")
                .endsWith("; reading the peer store at " + peers() + System.lineSeparator())
                .hasLineCount(1);
        assertThat(run.out().lines()).containsExactly(LINES);
    }

    @Test
    void thePeerStoreIsReadAlsoWhereThePortIsOfANodeWithoutCookieHere() throws IOException, StoreException {
        store();
        try (CannedNode node = CannedNode.start(home)) {
            Files.delete(home.resolve("regtest/.cookie"));

            CommandLineRun run = journal(node.port(), "--json");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err())
                    .startsWith("No node of this directory at " + node.address())
                    .hasLineCount(1);
            assertThat(run.out().lines()).hasSize(3).first().isEqualTo(JournalJson.line(CHANGE));
        }
    }

    @Test
    void ofAStoredJournalTheLatestEntriesOfAPeerAreShown() throws StoreException {
        store();

        assertThat(journal("1", "--limit", "2").out().lines())
                .hasSize(2)
                .first()
                .isEqualTo(LINES[1]);
        assertThat(journal("1", "--peer", "[::ffff:203.0.113.8]:9798").out().lines())
                .singleElement()
                .asString()
                .contains("203.0.113.8:9798  -> libp2p  old-peer");
        assertThat(journal("1", "--peer", "203.0.113.9:9798").out())
                .isEqualToNormalizingNewlines("There is nothing in the journal about 203.0.113.9:9798.\n");
        assertThat(journal("1", "--peer", "203.0.113.9:9798", "--json").out()).isEmpty();
    }

    @Test
    void aStoreThatARunningNodeHasOpenIsLocked() throws StoreException {
        try (RocksDbPeerStore _ = RocksDbPeerStore.open(peers())) {
            CommandLineRun run = journal("1");

            assertThat(run.exitCode()).isEqualTo(ExitCode.STORE_LOCKED);
            assertThat(run.err()).contains("No node at 127.0.0.1:1: ", "is open already. Is another node running?");
        }
    }

    @Test
    void withoutNodeAndStoreNothingIsMade() {
        CommandLineRun run = journal("1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .startsWith("proteus journal: No node at 127.0.0.1:1: ")
                .contains("there is no peer store at " + peers());
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void whatTheNodeRefusesIsToldAndTheStoreNotRead() throws IOException, StoreException {
        store();
        try (CannedNode node = CannedNode.start(home)) {
            node.refuses("MigrationJournal", "the store failed: the disk is full");

            CommandLineRun run = journal(node.port());

            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).contains(" refuses: the store failed: the disk is full");
            assertThat(run.out()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "-1", "all", ""})
    void anotherLimitIsMisuse(String limit) {
        CommandLineRun run = journal("1", "--limit=" + limit, "--peer", "203.0.113.8");

        assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(run.err())
                .contains("--limit: '" + limit + "' is not a whole number from 1 to 10000")
                .contains("--peer: '203.0.113.8' is not a peer id, nor an IP and a port such as 127.0.0.1:9798");
    }

    @Test
    void theHelpHasExamplesAndTheCodesOfStores() {
        assertThat(CommandLineRun.of("journal", "--help").out())
                .contains("Examples:", "proteus journal --peer", "--json", "the store is open in another process");
    }
}
