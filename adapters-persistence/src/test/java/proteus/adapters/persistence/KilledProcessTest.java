package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationStore;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.Rollout;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerStanding;

/**
 * Kills a writing process with SIGKILL at random moments: six times, ten with the profile {@code heavy}, N with {@code
 * -Dstore.kills=N}.
 */
final class KilledProcessTest {

    private static final int ROUNDS = Integer.getInteger("store.kills", 6);
    private static final long SEED = Long.getLong("store.seed", 20_261_124L);
    private static final int MOST_WRITES = 600;

    @TempDir
    Path temp;

    private Path dir;
    private Path backups;
    private Path childTemp;

    @BeforeEach
    void makeDirectories() throws IOException {
        dir = temp.resolve("peers");
        backups = Files.createDirectory(temp.resolve("backups"));
        childTemp = Files.createDirectory(temp.resolve("tmp"));
    }

    @Test
    void aKilledProcessLosesNothingThatWasAcknowledged() throws Exception {
        RandomGenerator random = new SplittableRandom(SEED);
        int next = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Every third time it is killed while it opens, or creates, the store.
            int writes = round % 3 == 0 ? 0 : 1 + random.nextInt(MOST_WRITES);
            next = writeAndKill(next, writes);

            try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
                requireAll(store, next, "round " + round + " of seed " + SEED);
            }
        }
        assertThat(next).isPositive();
    }

    @Test
    void aBackupByAKilledProcessIsWholeOrNotThere() throws Exception {
        RandomGenerator random = new SplittableRandom(SEED);
        try (ChildProcess child = ChildProcess.start(childTemp, dir.toString(), "0", backups.toString())) {
            int writes = 200 + random.nextInt(100);
            for (int i = 0; i < 2 + writes; i++) {
                child.line();
            }
            child.kill();
        }

        List<Path> whole = finished(backups);
        assertThat(whole).as("seed " + SEED).hasSizeGreaterThanOrEqualTo(5);
        for (Path backup : whole) {
            Path restored = temp.resolve("restored-" + backup.getFileName());
            RocksDbPeerStore.restore(backup, restored);
            int writtenBefore = Integer.parseInt(backup.getFileName().toString().substring("backup-".length())) + 1;
            try (RocksDbPeerStore store = RocksDbPeerStore.open(restored)) {
                requireAll(store, writtenBefore, backup + " of seed " + SEED);
            }
        }
    }

    /** A limit on the size of files stands in for the full disk: the write-ahead log cannot grow. */
    @Test
    void whenTheDiskIsFullTheStoreSaysSoAndLosesNothing() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit");
        int next = 0;
        String last;
        try (ChildProcess child = ChildProcess.start(childTemp, dir.toString(), "0", "-")) {
            assertThat(child.line()).isEqualTo("opening");
            assertThat(child.line()).isEqualTo("open");
            int exit = new ProcessBuilder("/usr/bin/prlimit", "--pid", Long.toString(child.pid()), "--fsize=65536")
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
            for (last = child.line(); isNumber(last); last = child.line()) {
                next = 1 + Integer.parseInt(last);
            }
        }

        assertThat(last).startsWith("IO The peer store at " + dir + " cannot be read or written: ");
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            requireAll(store, next, "after a full disk");
        }
    }

    /** The number after the last one that was acknowledged. */
    private int writeAndKill(int first, int writes) throws Exception {
        int next = first;
        try (ChildProcess child = ChildProcess.start(childTemp, dir.toString(), Integer.toString(first), "-")) {
            assertThat(child.line()).isEqualTo("opening");
            if (writes > 0) {
                assertThat(child.line()).isEqualTo("open");
            }
            for (int i = 0; i < writes; i++) {
                next = 1 + Integer.parseInt(child.line());
            }
            for (String line : child.kill()) {
                next = isNumber(line) ? 1 + Integer.parseInt(line) : next;
            }
        }
        return next;
    }

    private static boolean isNumber(String line) {
        return line.chars().allMatch(Character::isDigit);
    }

    private static void requireAll(RocksDbPeerStore store, int end, String when) throws StoreException {
        requireMigration(store.migration(), end, when);
        Map<IpAddress, PeerStanding> standings = store.standings();
        Map<IpAddress, Instant> bans = store.bans();
        Set<AddressBookEntry> entries = Set.copyOf(store.addressBook());
        int firstInBook = Math.max(0, end - 3 * (PeerStore.MAX_ADDRESS_BOOK - 1));
        for (int number = 0; number < end; number++) {
            IpAddress ip = NumberedRecords.ip(number);
            if (NumberedRecords.isStanding(number)) {
                assertThat(standings.get(ip)).as("%d, %s", number, when).isEqualTo(NumberedRecords.standing(number));
            } else if (NumberedRecords.isBan(number)) {
                assertThat(bans.get(ip)).as("%d, %s", number, when).isEqualTo(NumberedRecords.time(number));
            } else if (number >= firstInBook) {
                assertThat(entries.contains(NumberedRecords.entry(number)))
                        .as("%d, %s", number, when)
                        .isTrue();
            }
        }
    }

    /** The write that was not acknowledged may be there too, and, since the next child repeats it, twice. */
    private static void requireMigration(MigrationStore store, int end, String when) throws StoreException {
        List<JournalEntry> all = store.journal(MigrationStore.MAX_JOURNAL);
        List<JournalEntry> journal = new ArrayList<>(all.stream().distinct().toList());
        boolean oneMore = journal.remove(MigrationRecords.entry(end));
        Optional<Rollout> decided = MigrationRecords.rolloutAfter(oneMore ? end + 1 : end);
        assertThat(all.size()).as(when).isGreaterThanOrEqualTo(Math.min(end, MigrationStore.MAX_JOURNAL));
        assertThat(journal)
                .as(when)
                .isEqualTo(IntStream.range(end - journal.size(), end)
                        .mapToObj(MigrationRecords::entry)
                        .toList());
        assertThat(store.rollout()).as(when).isEqualTo(decided);
        int firstKept = Math.max(0, end - 3 * (MigrationStore.MAX_COUNTERPARTS - 1));
        assertThat(store.counterparts())
                .as(when)
                .containsAll(IntStream.range(firstKept, end)
                        .filter(MigrationRecords::hasCounterpart)
                        .mapToObj(MigrationRecords::counterpart)
                        .toList());
    }

    private static List<Path> finished(Path backups) throws IOException {
        try (Stream<Path> content = Files.list(backups)) {
            return content.filter(path -> path.getFileName().toString().matches("backup-\\d+"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
