package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;

@Timeout(60)
final class StageCommandTest {

    private static final String ID = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";

    @TempDir
    private Path home;

    private CannedNode node;

    @BeforeEach
    void start() throws IOException {
        node = CannedNode.start(home);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    private CommandLineRun stage(String... args) {
        return stageAt(node.port(), args);
    }

    private CommandLineRun stageAt(String port, String... args) {
        return CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), new RecordingLauncher()),
                Stream.concat(
                                Stream.of(
                                        "stage",
                                        "--network",
                                        "regtest",
                                        "--data-dir",
                                        home.toString(),
                                        "--rpc-port",
                                        port),
                                Stream.of(args))
                        .toArray(String[]::new));
    }

    private void standsAt(String stage, boolean custom, String peers) {
        node.gives(
                "GuardStatus",
                "{\"on\":true,\"verdict\":\"all is well\",\"peers_taken_back\":2,"
                        + "\"node_taken_back\":\"2026-11-26T12:00:00Z\"}");
        node.gives(
                "MigrationStatus",
                "{\"stage\":\"" + stage + "\",\"share\":25,\"custom\":" + custom
                        + ",\"sessions\":{\"legacy\":1,\"libp2p\":2},\"moved_by_us\":1,\"moving\":3,\"peers\":[" + peers
                        + "]}");
    }

    @Test
    void withoutANameItIsShownHowItStandsWithEveryPeer() {
        standsAt(
                "migrate",
                false,
                "{\"key\":\"" + ID + "\",\"address\":\"203.0.113.7:9801\",\"carrier\":\"libp2p-quic\","
                        + "\"moved_by_us\":true,\"state\":\"moved\",\"moves\":1,\"attempts\":3,\"last\":\"settled\",\"not_before\":null},"
                        + "{\"key\":\"203.0.113.8:9798\",\"address\":\"203.0.113.8:49798\",\"carrier\":\"legacy-tcp\","
                        + "\"moved_by_us\":false,\"state\":\"no \\u001b[31mlibp2p\",\"moves\":0,\"attempts\":0,\"last\":null,"
                        + "\"not_before\":\"2026-11-26T12:00:00Z\"}");

        CommandLineRun run = stage();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .containsExactly(
                        "Node      " + node.address(),
                        "Stage     migrate",
                        "Share     25 % of the peers that have both stacks",
                        "Sessions  legacy 1, libp2p 2",
                        "Moved     1 of them to libp2p by this node",
                        "Moving    3 now",
                        "Guard     on, 2 sessions taken back, the node taken back 2026-11-26T12:00:00.000Z; all is well",
                        "",
                        "PEER               ADDRESS            STACK                STATE           MOVES TODAY  TRIES TODAY  "
                                + "LAST OUTCOME  NOT BEFORE",
                        "12D3KooW…4kx6nXTN  203.0.113.7:9801   libp2p quic (moved)  moved           1            3            "
                                + "settled       -",
                        "203.0.113.8:9798   203.0.113.8:49798  legacy               no ?[31mlibp2p  0            0            "
                                + "-             2026-11-26T12:00:00.000Z");
        assertThat(node.calls()).containsExactly("MigrationStatus", "GuardStatus");
    }

    @Test
    void aShareThatHasNoEffectAndStacksWithoutAStageAreToldAsSuch() {
        standsAt("dual", false, "");
        assertThat(stage().out().lines())
                .hasSize(7)
                .contains("Stage     dual", "Share     25 %, for the stage migrate");

        standsAt("dual", true, "");
        assertThat(stage().out()).contains("Stage     no stage (stacks are used as --legacy and --libp2p say)\n");
    }

    @Test
    void aNameIsOrderedAndTheChangeShown() {
        node.gives(
                "SetStage",
                "{\"from\":{\"stage\":\"dual\",\"share\":100},\"custom\":false,"
                        + "\"to\":{\"stage\":\"migrate\",\"share\":25}}");

        CommandLineRun run = stage("migrate", "--share", "25");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .isEqualToNormalizingNewlines("The node at " + node.address() + ": dual -> migrate 25 %\n");
        assertThat(node.calls())
                .singleElement()
                .asString()
                .startsWith("SetStage ")
                .contains("\"stage\":\"migrate\"", "\"share\":\"25\"");
    }

    @Test
    void theStatusIsShownAfterAnOrderIfAskedFor() {
        standsAt("legacy-only", false, "");
        node.gives(
                "SetStage",
                "{\"from\":{\"stage\":\"dual\",\"share\":25},\"custom\":true,"
                        + "\"to\":{\"stage\":\"legacy-only\",\"share\":25}}");

        CommandLineRun run = stage("legacy-only", "--peers");

        assertThat(run.out().lines())
                .startsWith(
                        "The node at " + node.address()
                                + ": no stage (stacks are used as --legacy and --libp2p say) -> legacy-only",
                        "Node      " + node.address(),
                        "Stage     legacy-only");
        assertThat(node.calls())
                .containsExactly("SetStage \"stage\":\"legacy-only\"", "MigrationStatus", "GuardStatus");
    }

    @Test
    void aShareAloneIsSetInTheStageMigrate() {
        standsAt("migrate", false, "");
        node.gives(
                "SetStage",
                "{\"from\":{\"stage\":\"migrate\",\"share\":25},\"custom\":false,"
                        + "\"to\":{\"stage\":\"migrate\",\"share\":100}}");

        CommandLineRun run = stage("--share", "100");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .isEqualToNormalizingNewlines("The node at " + node.address() + ": migrate 25 % -> migrate 100 %\n");
    }

    @ParameterizedTest
    @CsvSource({"dual, false", "libp2p-only, false", "migrate, true"})
    void aShareAloneInAnotherStageIsMisuseThatNamesTheStage(String stage, boolean custom) {
        standsAt(stage, custom, "");

        CommandLineRun run = stage("--share", "25");

        assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(run.err())
                .startsWith("proteus stage: --share: the node is not in the stage migrate but ")
                .contains("name the stage: proteus stage migrate --share 25");
        assertThat(run.out()).isEmpty();
        assertThat(node.calls()).containsExactly("MigrationStatus");
    }

    @Test
    void allThatIsWrongIsToldAtOnceAndNothingIsOrdered() {
        CommandLineRun run = stage("both", "--share", "101", "--no-such");

        assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(run.err())
                .contains("NAME: 'both' is not legacy-only, dual, migrate or libp2p-only")
                .contains("--share: '101' is not a whole number from 0 to 100")
                .contains("'--no-such'");
        assertThat(node.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1", "25%", "1e1", "''"})
    void anotherShareIsMisuse(String share) {
        assertThat(stage("migrate", "--share=" + share).exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(node.calls()).isEmpty();
    }

    @Test
    void whatTheNodeRefusesIsToldWithItsReason() {
        node.refuses("SetStage", "this build has no legacy stack");

        CommandLineRun run = stage("dual");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .isEqualToNormalizingNewlines(
                        "proteus stage: the node at " + node.address() + " refuses: this build has no legacy stack\n");
    }

    @Test
    void anAnswerThatMakesNoSenseIsToldAsSuch() {
        node.gives("MigrationStatus", "{\"stage\":\"elsewhere\"}");

        CommandLineRun run = stage();

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .startsWith("proteus stage: the node at " + node.address() + " answered without a usable ");
    }

    @Test
    void whereNoNodeRunsThatIsSaid() {
        CommandLineRun run = stageAt("1", "dual");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).startsWith("proteus stage: no node at 127.0.0.1:1: ");
    }

    @Test
    void theHelpHasExamples() {
        assertThat(CommandLineRun.of("stage", "--help").out())
                .contains("Examples:", "proteus stage migrate --share 25", "--peers", "--rpc-port", "--data-dir");
    }
}
