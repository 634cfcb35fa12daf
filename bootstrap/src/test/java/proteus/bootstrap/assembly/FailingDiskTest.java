package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.contract.Await;
import proteus.application.contract.ComposedChain;
import proteus.bootstrap.command.ExitCode;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.network.Network;

/** The whole program on a disk that is full, or that lost or changed what was written. */
@SpeaksLegacy
@Timeout(120)
class FailingDiskTest {

    private static final Network MOCK = new Network.TestnetMock();
    private static final ComposedChain CHAIN = ComposedChain.of(MOCK).grow(150, 1);

    @TempDir
    private Path directory;

    private Path home;
    private Path temp;
    private Path store;

    @BeforeEach
    void makeDirectories() throws IOException {
        home = directory.resolve("home");
        temp = Files.createDirectory(directory.resolve("tmp"));
        store = CheckedChain.store(home, MOCK);
    }

    /** A limit on the size of files stands in for the full disk: the write-ahead log cannot grow. */
    @Test
    void aNodeWhoseDiskFillsWhileItSyncsEndsAndGoesOnWhenThereIsRoom() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit");
        try (RunningNode source = TestNodes.serving(directory.resolve("source"), MOCK, CHAIN);
                BlockRelay relay =
                        BlockRelay.to(source.node().ownListenAddress().orElseThrow())) {
            relay.giveAtMost(20);
            try (NodeProcess node = start(NodeProcess.peer(relay.address()))) {
                Await.until(node::output, () -> relay.given().size() == 20);
                limitFiles(node);
                relay.giveAtMost(Integer.MAX_VALUE);

                assertThat(node.exitCode()).as(node.output()).isEqualTo(ExitCode.FAILED);
                assertThat(node.output())
                        .contains("The chain cannot be used any more, so this node ends: The chain store at " + store)
                        .contains("proteus run: The chain store at " + store + " cannot be read or written: ")
                        .doesNotContain("\tat ");
            }
            CheckedChain left = CheckedChain.in(home, MOCK, CHAIN.height(), "on a full disk");
            assertThat(left.height()).isLessThan(CHAIN.height());

            relay.forget();
            try (NodeProcess node = start(NodeProcess.peer(relay.address()))) {
                Await.until(node::output, () -> node.height().orElse(-1) == CHAIN.height());
                assertThat(end(node)).as(node.output()).isZero();
            }
            CheckedChain whole = CheckedChain.in(home, MOCK, CHAIN.height(), "with room again");
            assertThat(whole.tip()).contains(CHAIN.tip().digest());
            assertThat(whole.blocks()).containsAll(left.blocks());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNodeDoesNotStartOnAChainThatLacksAFileOrAPartOfOne(boolean missing) throws Exception {
        TestNodes.write(store, CHAIN);
        Path file = largestTable();
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        if (!missing) {
            Files.write(file, Arrays.copyOf(content, content.length / 2));
        }
        Map<Path, ByteBuffer> before = content(store);

        try (NodeProcess node = start()) {
            assertThat(node.exitCode()).as(node.output()).isEqualTo(ExitCode.STORE_DAMAGED);

            assertThat(node.output())
                    .contains("proteus run: The chain store at " + store + " is damaged (")
                    .contains("Nothing was changed. Move the directory away to fetch the chain anew.")
                    .doesNotContain("store restore")
                    .doesNotContain("\tat ");
        }
        assertThat(content(store)).isEqualTo(before);
    }

    /** A block is read when it is asked for; damage is found then, and ends the node. */
    @Test
    void aNodeThatMeetsADamagedBlockEnds() throws Exception {
        TestNodes.write(store, CHAIN);
        Path file = largestTable();
        byte[] content = Files.readAllBytes(file);
        for (int at = content.length / 4; at < content.length / 2; at++) {
            content[at] ^= (byte) 0xA5;
        }
        Files.write(file, content);

        try (NodeProcess node = start()) {
            Await.until(node::output, () -> node.address().isPresent() || !node.isAlive());
            try (NodeProcess asking = NodeProcess.start(
                    MOCK,
                    directory.resolve("asking"),
                    temp,
                    "--legacy=dial",
                    NodeProcess.peer(node.address().orElseThrow()))) {
                assertThat(node.exitCode()).as(node.output()).isEqualTo(ExitCode.STORE_DAMAGED);
                assertThat(node.output())
                        .contains("The chain cannot be used any more, so this node ends: The chain store at " + store)
                        .contains("proteus run: The chain store at " + store + " has become damaged (")
                        .contains("Stop the node and move the directory away to fetch the chain anew.")
                        .doesNotContain("\tat ");
                assertThat(asking.isAlive()).as(asking.output()).isTrue();
            }
        }
        assertThat(file).as("is not written anew").hasBinaryContent(content);
    }

    private NodeProcess start(String... flags) throws IOException {
        return NodeProcess.start(MOCK, home, temp, flags);
    }

    private static int end(NodeProcess node) throws InterruptedException {
        node.order();
        return node.exitCode();
    }

    private static void limitFiles(NodeProcess node) throws Exception {
        int exit = new ProcessBuilder("/usr/bin/prlimit", "--pid", Long.toString(node.pid()), "--fsize=65536")
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    private Path largestTable() throws IOException {
        Path largest = store;
        long most = -1;
        for (Path file : files(store)) {
            if (file.toString().endsWith(".sst") && Files.size(file) > most) {
                most = Files.size(file);
                largest = file;
            }
        }
        return largest;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static Map<Path, ByteBuffer> content(Path directory) throws IOException {
        Map<Path, ByteBuffer> content = new HashMap<>();
        for (Path file : files(directory)) {
            content.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        return content;
    }
}
