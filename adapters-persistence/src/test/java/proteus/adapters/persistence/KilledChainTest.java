package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.chain.ChainVerification;
import proteus.application.chain.ChainVerification.Finding;
import proteus.application.port.ChainStore;
import proteus.application.port.StoreException;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.block.BlockHeader;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.hash.Digest;

/**
 * Kills a process that applies blocks and reorganises with SIGKILL at random moments: four times, six with the profile {@code
 * heavy}, N with {@code -Dchain.kills=N}; {@code -Dstore.seed=N} for other moments.
 */
final class KilledChainTest {

    private static final int ROUNDS = Integer.getInteger("chain.kills", 4);
    private static final long SEED = Long.getLong("store.seed", 20_261_126L);
    private static final int MOST_TIPS = 60;

    @TempDir
    Path temp;

    private Path dir;
    private Path childTemp;

    @BeforeEach
    void makeDirectories() throws IOException {
        dir = temp.resolve("chain");
        childTemp = Files.createDirectory(temp.resolve("tmp"));
    }

    @Test
    void aKilledProcessLeavesASoundChainWithAllThatWasAcknowledged() throws Exception {
        RandomGenerator random = new SplittableRandom(SEED);
        @Nullable String acknowledged = null;
        for (int round = 0; round < ROUNDS; round++) {
            // Every third time it is killed while it opens, or creates, the store.
            int tips = round % 3 == 0 ? 0 : 1 + random.nextInt(MOST_TIPS);
            @Nullable String last = writeAndKill(random.nextInt(), tips);
            acknowledged = last == null ? acknowledged : last;

            requireSound(acknowledged, "round " + round + " of seed " + SEED);
        }
        assertThat(acknowledged).isNotNull();
    }

    /** A limit on the size of files stands in for the full disk: the write-ahead log cannot grow. */
    @Test
    void whenTheDiskIsFullTheChainSaysSoAndLosesNothing() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit");
        String last;
        @Nullable String acknowledged = null;
        try (ChildProcess child = ChildProcess.start(ChainWriter.class, childTemp, dir.toString(), "7")) {
            assertThat(child.line()).isEqualTo("opening");
            assertThat(child.line()).isEqualTo("open");
            int exit = new ProcessBuilder("/usr/bin/prlimit", "--pid", Long.toString(child.pid()), "--fsize=262144")
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
            for (last = child.line(); isTip(last); last = child.line()) {
                acknowledged = last;
            }
        }

        assertThat(last).startsWith("IO The chain store at " + dir + " cannot be read or written: ");
        assertThat(acknowledged).isNotNull();
        requireSound(acknowledged, "after a full disk");
        assertThat(writeAndKill(8, 5)).as("with room again it goes on").isNotNull();
        requireSound(acknowledged, "after it went on");
    }

    /** The last tip that was acknowledged; null if there was none. */
    private @Nullable String writeAndKill(int seed, int tips) throws Exception {
        @Nullable String acknowledged = null;
        try (ChildProcess child =
                ChildProcess.start(ChainWriter.class, childTemp, dir.toString(), Integer.toString(seed))) {
            assertThat(child.line()).isEqualTo("opening");
            if (tips > 0) {
                assertThat(child.line()).isEqualTo("open");
            }
            for (int i = 0; i < tips; i++) {
                acknowledged = child.line();
                assertThat(acknowledged).matches(KilledChainTest::isTip);
            }
            for (String line : child.kill()) {
                acknowledged = isTip(line) ? line : acknowledged;
            }
        }
        return acknowledged;
    }

    private static boolean isTip(String line) {
        return line.matches("\\d+ [0-9a-f]{80}");
    }

    private void requireSound(@Nullable String acknowledged, String when) throws Exception {
        if (!Files.exists(dir)) {
            assertThat(acknowledged).as(when).isNull();
            return;
        }
        try (ChainStore store = RocksDbChainStore.openReadOnly(dir);
                PlatformWorkPool pool = new PlatformWorkPool("check-", 2, 2)) {
            Finding finding = new ChainVerification(
                            ChainWriter.NETWORK,
                            store,
                            new BlockValidation(ChainWriter.NETWORK, KnownClaims.none()),
                            pool,
                            () -> ChainWriter.NOW)
                    .verify((checked, all) -> {});
            if (acknowledged == null) {
                assertThat(finding).as(when).isInstanceOfAny(Finding.Sound.class, Finding.Empty.class);
                return;
            }
            assertThat(finding).as(when).isInstanceOfSatisfying(Finding.Sound.class, sound -> {
                BlockHeader known = header(store, acknowledged);
                assertThat(sound.tip().header().cumulativeProofOfWork())
                        .as(when)
                        .isGreaterThanOrEqualTo(known.cumulativeProofOfWork());
            });
        }
    }

    private static BlockHeader header(ChainStore store, String acknowledged) {
        List<String> words = List.of(acknowledged.split(" "));
        try {
            return store.header(Digest.fromHex(words.getLast())).orElseThrow().header();
        } catch (StoreException failure) {
            throw new AssertionError(failure);
        }
    }
}
