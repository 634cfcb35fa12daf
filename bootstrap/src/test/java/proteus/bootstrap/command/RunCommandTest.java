package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.port.StoreException;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;

class RunCommandTest {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @TempDir
    private Path home;

    private RecordingLauncher launcher = new RecordingLauncher();

    private CommandLineRun run(String... args) {
        String[] words = Stream.concat(Stream.of("run"), Arrays.stream(args)).toArray(String[]::new);
        return CommandLineRun.of(ProteusCommandLine.create(Said.host(home), ProgramLog.to(log), launcher), words);
    }

    private CommandLineRun regtest(String... args) {
        return run(Stream.concat(Stream.of("--network", "regtest"), Arrays.stream(args))
                .toArray(String[]::new));
    }

    private NodeConfiguration launched() {
        assertThat(launcher.launched()).hasSize(1);
        return launcher.launched().getFirst();
    }

    private String logged() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theFlagsReachTheLauncher() {
        CommandLineRun run = regtest(
                "--peer",
                "203.0.113.7:9801",
                "--peer=/ip4/203.0.113.8/udp/9800/quic-v1",
                "--max-num-peers",
                "20",
                "-p",
                "127.0.0.1",
                "--legacy=accept",
                "--libp2p",
                "both",
                "--tcp-port",
                "0");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(launched().node().peers()).hasSize(2);
        assertThat(launched().node().connections().maxNumPeers()).isEqualTo(20);
        assertThat(launched().node().listenEndpoints())
                .hasToString("[127.0.0.1:9798 (legacy TCP), 127.0.0.1:0 (libp2p over TCP), "
                        + "127.0.0.1:9800 (libp2p over QUIC)]");
        assertThat(logged()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6})
    void theExitCodeIsTheLaunchers(int code) {
        launcher = new RecordingLauncher(() -> code);

        assertThat(regtest().exitCode()).isEqualTo(code);
    }

    @Test
    void theDataDirectoryIsThereBeforeTheLaunch() {
        Path data = home.resolve(".local/share/proteus/regtest");
        launcher = new RecordingLauncher(() -> {
            assertThat(data).isDirectory();
            return 0;
        });

        assertThat(regtest().exitCode()).isZero();
        assertThat(launched().data().path()).isEqualTo(data);
    }

    @Test
    void aDataDirectoryThatCannotBeMadeIsAFailureAndNothingIsLaunched() throws IOException {
        Path file = Files.createFile(home.resolve("file"));

        CommandLineRun run = regtest("--data-dir", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("proteus run: ").contains(file.toString());
        assertThat(launcher.launched()).isEmpty();
    }

    /** Flag, value or nothing, of node-api.md sections 1.1 to 1.8. */
    static List<String> flagsOfUpstream() {
        return """
                --network regtest
                -n regtest
                --peer /ip4/203.0.113.7/tcp/9801
                --restrict-peers-to-list
                --no-incoming
                --max-num-peers 65535
                --max-connections-per-ip 18446744073709551615
                --max-connections-per-prefix 8
                --max-connection-attempts-per-ip-per-minute 6
                --max-blocks-served-per-minute 4294967295
                --peer-tolerance 65535
                --ban /ip4/203.0.113.7/tcp/9801
                --handshake-timeout 255
                --peer-port 65535
                --peer-listen-addr ::
                -p 0.0.0.0
                --no-serve-archival-mutator-set
                --archival-mutator-set-work 63
                --quic-port 9800
                --tcp-port 9801
                --public-ip 203.0.113.7
                --disable-relay-server
                --incognito
                --new-identity
                --identity-file identity.key
                --rpc-port 9799
                --disable-cookie-hint
                --listen-rpc
                --listen-rpc 127.0.0.1:9797
                --rpc-modules Node,chain,utxoindex
                --unsafe-rpc
                --compose
                --guess
                --guesser-threads 8
                --guesser-version 18446744073709551615
                --secret-compositions
                --whitelisted-composer 203.0.113.7
                --ignore-foreign-compositions
                --guesser-fraction 0.5
                --minimum-guesser-fraction 1.0
                --max-num-compose-mergers 1
                --mining-address nolgam1abc
                --fee-notification on-chain-symmetric
                --fee-notification OffChain
                --tx-proof-upgrading
                --tx-upgrade-filter 4:2
                --gobbling-fraction 0.6
                --min-gobbling-fee 0.01
                --tx-proving-capability singleproof
                --max-log2-padded-height-for-proofs 31
                -m 10
                --max-num-proofs 16
                --triton-vm-env-vars 20:"A=1 B=2",21:"C=3"
                --max-mempool-size 1G
                --min-relay-pctx-fee-per-input 0.0005
                --blocks-only
                --no-transaction-initiation
                --notx
                --sync-mode-threshold 99999
                --no-resume-sync
                --sync-dir /tmp/sync
                --import-blocks-from-directory /tmp/blocks
                --import-block-flush-period 0
                --disable-validation-in-block-import
                --auto-consolidate
                --auto-consolidate nolgam1abc
                --num-consolidation-inputs 8
                --accept-consolidation-lustrations
                --number-of-mps-per-utxo 0
                --scan-blocks
                --scan-blocks 1..=5
                --scan-blocks ..
                --scan-blocks 5:
                --scan-keys 25
                --data-dir proteus-too
                --utxo-index
                --tokio-console
                --block-notify cmd
                """.lines().toList();
    }

    /** What has an effect; all others have none although upstream has them. */
    private static final List<String> HONOURED = List.of(
            "--network",
            "-n",
            "--peer",
            "--restrict-peers-to-list",
            "--no-incoming",
            "--max-num-peers",
            "--max-connections-per-ip",
            "--max-connections-per-prefix",
            "--max-connection-attempts-per-ip-per-minute",
            "--max-blocks-served-per-minute",
            "--peer-tolerance",
            "--ban",
            "--handshake-timeout",
            "--peer-port",
            "--peer-listen-addr",
            "-p",
            "--quic-port",
            "--tcp-port",
            "--public-ip",
            "--incognito",
            "--sync-mode-threshold",
            "--compose",
            "--guess",
            "--guesser-threads",
            "--minimum-guesser-fraction",
            "--secret-compositions",
            "--whitelisted-composer",
            "--ignore-foreign-compositions",
            "--new-identity",
            "--identity-file",
            "--rpc-port",
            "--disable-cookie-hint",
            "--listen-rpc",
            "--rpc-modules",
            "--unsafe-rpc",
            "--data-dir");

    @ParameterizedTest
    @MethodSource("flagsOfUpstream")
    void everyFlagOfUpstreamIsAcceptedAndWarnedAboutIfItDoesNothing(String words) {
        List<String> args = new ArrayList<>(List.of(words.split(" ", 2)));
        String flag = args.getFirst();
        boolean namesNetwork = flag.equals("--network") || flag.equals("-n");

        CommandLineRun run = namesNetwork ? run(args.toArray(String[]::new)) : regtest(args.toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(launcher.launched()).hasSize(1);
        if (HONOURED.contains(flag)) {
            assertThat(logged()).doesNotContain("does nothing yet");
        } else {
            assertThat(logged()).hasLineCount(1).contains(" is accepted, and does nothing yet");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--max-num-peers, 65536",
        "--max-num-peers, -1",
        "--max-connections-per-ip, -1",
        "--max-blocks-served-per-minute, 4294967296",
        "--peer-tolerance, 0",
        "--peer-tolerance, 65536",
        "--handshake-timeout, 256",
        "--handshake-timeout, 0",
        "--peer-port, 65536",
        "--peer-listen-addr, localhost",
        "--rpc-port, 65536",
        "--archival-mutator-set-work, 64",
        "--quic-port, x",
        "--tcp-port, 65536",
        "--legacy, on",
        "--libp2p, none",
        "--max-connections-per-prefix, 0",
        "--max-connection-attempts-per-ip-per-minute, 0",
        "--identity-file, ''",
        "--public-ip, x",
        "--listen-rpc, localhost:9797",
        "--rpc-modules, 'node,nodes'",
        "--guesser-fraction, 1.1",
        "--fee-notification, by-post",
        "--tx-upgrade-filter, 4",
        "--min-gobbling-fee, much",
        "--tx-proving-capability, all",
        "-m, 9",
        "--triton-vm-env-vars, x",
        "--max-mempool-size, large",
        "--sync-mode-threshold, 9",
        "--num-consolidation-inputs, 256",
        "--scan-blocks, 7",
        "--inbound-memory, 1M",
        "--log-level, loud",
        "--log-level, =debug",
        "--log-format, xml",
    })
    void aValueOutsideTheRangeIsMisuseAndNamesTheFlag(String flag, String value) {
        CommandLineRun run = regtest(flag, value);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(flag.equals("-m") ? "--max-log2-padded-height-for-proofs: '" : flag + ": ");
        assertThat(launcher.launched()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bootstrap", "--minimum-guesser-improvement-fraction", "--reconnect-cooldown"})
    void whatUpstreamRemovedIsUnknown(String flag) {
        CommandLineRun run = regtest(flag, "1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Unknown option: '" + flag);
    }

    @Test
    void theCommandForNewTipsIsThePositionalArgument() {
        CommandLineRun run = regtest("on-block %s");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(logged()).hasLineCount(1).contains("BLOCK_NOTIFY is accepted, and does nothing yet");
    }

    @Test
    void theCommandForNewTipsIsGivenOnce() {
        assertThat(regtest("a %s", "--block-notify", "b %s").err())
                .contains("BLOCK_NOTIFY: conflicts with --block-notify");
        assertThat(regtest("a %s", "b %s"))
                .extracting(CommandLineRun::exitCode, CommandLineRun::err)
                .satisfies(parts -> assertThat(parts.toString()).contains("2").contains("'b %s'"));
    }

    @Test
    void allThatIsWrongIsToldAtOnceAndNothingIsRun() {
        CommandLineRun run = run("--guss", "--peer", "203.0.113.7", "--rpc-port", "x", "--max-num-peers");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("proteus run: 5 things are wrong:")
                .contains("Unknown option: '--guss'; did you mean --guess")
                .contains("Missing required parameter for option '--max-num-peers' (COUNT)")
                .contains("--peer: '203.0.113.7' lacks a port; write 203.0.113.7:9798")
                .contains("--rpc-port: 'x' is not a whole number")
                .contains("--network: main needs --accept-unverified-proofs")
                .contains("Try 'proteus run --help'.");
        assertThat(launcher.launched()).isEmpty();
    }

    @Test
    void oneThingThatIsWrongIsOneLine() {
        CommandLineRun run = regtest("--no-incoming=maybe");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("proteus run: ")
                .contains("--no-incoming")
                .hasLineCount(2);
    }

    @Test
    void helpGroupsTheFlagsAndPrintsNothingElse() {
        CommandLineRun run = run("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsSubsequence(
                        "Usage: proteus run [OPTIONS] [BLOCK_NOTIFY]",
                        "Network and peers:",
                        "--network=NETWORK",
                        "--legacy=MODE",
                        "--libp2p=MODE",
                        "--peer=ADDRESS",
                        "--max-connections-per-ip=COUNT",
                        "--max-connections-per-prefix=COUNT",
                        "--peer-port=PORT",
                        "libp2p:",
                        "--tcp-port=PORT",
                        "--quic-port=PORT",
                        "--identity-file=FILE",
                        "RPC for neptune-cli",
                        "--rpc-port=PORT",
                        "JSON-RPC over HTTP:",
                        "--listen-rpc",
                        "Data, configuration and logs:",
                        "A relative DIR is looked",
                        "Accepted for compatibility, without effect yet",
                        "--disable-relay-server",
                        "Exit codes:",
                        "  4 ",
                        "  5 ",
                        "  6 ",
                        "Examples:")
                .doesNotContain("%n")
                .doesNotContain("PARAM");
        assertThat(launcher.launched()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LOCKED, 4, Stop the node",
        "NEWER_SCHEMA, 5, proteus store restore",
        "CORRUPT, 6, proteus store restore",
        "IO, 1, full",
        "CLOSED, 1, full"
    })
    void aStoreThatCannotBeUsedHasItsOwnExitCodeAndAdvice(StoreException.Reason reason, int code, String advice) {
        launcher = new RecordingLauncher(() -> {
            throw new StoreException(reason, "The store is full of trouble.");
        });

        CommandLineRun run = regtest();

        assertThat(run.exitCode()).isEqualTo(code);
        assertThat(run.err())
                .startsWith("proteus run: The store is full of trouble.")
                .contains(advice)
                .doesNotContain("\tat ");
    }

    @Test
    void aStartThatFailsIsOneLineAndExitCodeOne() {
        launcher = new RecordingLauncher(() -> {
            throw new BindException("port 9798 is taken");
        });

        CommandLineRun run = regtest();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("proteus run: port 9798 is taken" + System.lineSeparator());
    }

    @Test
    void theLogHasTheFormatThatIsAskedFor() {
        regtest("--log-format", "json", "--utxo-index");

        assertThat(logged()).startsWith("{").contains("--utxo-index is accepted");
    }
}
