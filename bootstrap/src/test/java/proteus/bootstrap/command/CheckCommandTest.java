package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.adapters.persistence.RocksDbChainStore;
import proteus.application.contract.ComposedChain;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockProof;
import proteus.domain.consensus.MockProofs;
import proteus.domain.network.Network;

class CheckCommandTest {

    private static final Network MOCK = new Network.TestnetMock();
    private static final ComposedChain CHAIN = ComposedChain.of(MOCK).grow(20, 1);

    @TempDir
    private Path home;

    private CommandLineRun check(String... args) {
        String[] words = Stream.concat(
                        Stream.of("check", "--data-dir", home.resolve("a").toString()), Stream.of(args))
                .toArray(String[]::new);
        return CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), new RecordingLauncher()), words);
    }

    private Path store() {
        return home.resolve("a/testnet-mock/databases/chain");
    }

    private void write(List<StoredBlock> blocks) throws StoreException {
        try (RocksDbChainStore store = RocksDbChainStore.open(store())) {
            store.adopt(
                    blocks,
                    BlockHeight.GENESIS,
                    blocks.stream().map(StoredBlock::digest).toList());
        }
    }

    @Test
    void aSoundChainIsSaidToBeAndNoFileChanges() throws Exception {
        write(CHAIN.blocks());
        List<Path> before = files();

        CommandLineRun run = check("--network", "testnet-mock");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .isEqualTo("The chain store at " + store() + " is sound: height 20, tip "
                        + CHAIN.tip().digest() + ", 0 blocks beside the chain.\n");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void theFirstBadBlockIsNamed() throws Exception {
        List<StoredBlock> blocks = new ArrayList<>(CHAIN.blocks(0, 8));
        blocks.add(StoredBlock.of(
                new Block(CHAIN.blocks().get(9).block().kernel(), new BlockProof.SingleProof(MockProofs.INVALID))));
        write(blocks);

        CommandLineRun run = check("--network", "testnet-mock");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out())
                .contains(" is BAD: block 9, " + blocks.getLast().digest() + ", breaks 1.d ProofValidity.")
                .contains("Move the directory away");
    }

    @Test
    void anEmptyStoreIsNoFault() throws Exception {
        RocksDbChainStore.open(store()).close();

        CommandLineRun run = check("--network", "testnet-mock");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("has no blocks yet");
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() {
        CommandLineRun run = check("--network", "testnet-mock");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("there is no chain store at " + store());
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void theStoreOfARunningNodeIsLocked() throws Exception {
        write(CHAIN.blocks(0, 1));
        try (RocksDbChainStore _ = RocksDbChainStore.open(store())) {
            CommandLineRun run = check("--network", "testnet-mock");

            assertThat(run.exitCode()).isEqualTo(ExitCode.STORE_LOCKED);
            assertThat(run.err()).contains("The chain store at ").contains("is open already");
        }
    }

    @Test
    void aMissingFileIsDamage() throws Exception {
        write(CHAIN.blocks());
        try (Stream<Path> files = Files.list(store())) {
            Files.delete(files.filter(file -> file.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow());
        }

        CommandLineRun run = check("--network", "testnet-mock");

        assertThat(run.exitCode()).isEqualTo(ExitCode.STORE_DAMAGED);
        assertThat(run.err())
                .contains("The chain store at " + store() + " is damaged (")
                .contains("Move the directory away to fetch the chain anew.")
                .doesNotContain("store restore");
    }

    @Test
    void theChainOfAnotherNetworkIsRefused() throws Exception {
        write(CHAIN.blocks(0, 1));
        Path moved = home.resolve("a/regtest/databases");
        Files.createDirectories(moved);
        Files.move(store(), moved.resolve("chain"));

        CommandLineRun run = check("--network", "regtest");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("the chain of another network");
    }

    @Test
    void misuseIsToldAtOnce() {
        assertThat(check("--network", "moon").exitCode()).isEqualTo(ExitCode.MISUSE);
    }

    @Test
    void onATerminalOneLineIsWrittenAnew() {
        StringWriter out = new StringWriter();
        Instant[] now = {Instant.EPOCH};
        ProgressLine progress = new ProgressLine(new PrintWriter(out), true, () -> now[0]);

        progress.checked(1, 1200);
        now[0] = Instant.ofEpochSecond(2);
        progress.checked(400, 1200);
        progress.checked(1200, 1200);

        assertThat(out.toString())
                .isEqualTo("\r[##########....................] 400 of 1,200 blocks, 200 blocks/s, 4 s left  "
                        + "\r[##############################] 1,200 of 1,200 blocks, 600 blocks/s, 0 s left  \n");
    }

    @Test
    void elsewhereThereIsALineEveryTenSeconds() {
        StringWriter out = new StringWriter();
        Instant[] now = {Instant.EPOCH};
        ProgressLine progress = new ProgressLine(new PrintWriter(out), false, () -> now[0]);
        for (int second = 1; second <= 25; second++) {
            now[0] = Instant.ofEpochSecond(second);
            progress.checked(second, 25);
        }

        assertThat(out.toString())
                .isEqualTo("10 of 25 blocks, 1 blocks/s, 15 s left\n20 of 25 blocks, 1 blocks/s, 5 s left\n");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(home)) {
            return tree.sorted().toList();
        }
    }
}
