package proteus.adapters.rpc.dashboard;

import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl;
import proteus.application.port.MigrationStore;
import proteus.application.port.PeerKey;
import proteus.application.port.StoreException;

/**
 * The journals of single peers. All of the journal must be read for any of them, on the one thread of the store, and everybody on
 * this machine may ask: so what was read is good for all who ask within some time, and one reads while the others wait for it.
 * Safe for use by many threads.
 */
final class PeerJournals {

    /** For how long what was read is told again. */
    static final Duration GOOD_FOR = Duration.ofSeconds(2);

    /** How long one waits who cannot be told at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MigrationControl migration;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** What was read last, until its memory is needed. */
    private SoftReference<@Nullable List<JournalEntry>> read = new SoftReference<>(null);

    private Instant readAt = Instant.MIN;

    PeerJournals(MigrationControl migration, InstantSource clock) {
        this.migration = migration;
        this.clock = clock;
    }

    /** The latest entries of one peer, the oldest of them first; empty if the store takes too long for those who ask. */
    Optional<List<JournalEntry>> of(PeerKey peer, int most) throws StoreException {
        return all().map(entries -> latest(entries, peer, most));
    }

    private static List<JournalEntry> latest(List<JournalEntry> entries, PeerKey peer, int most) {
        List<JournalEntry> ofPeer = entries.stream()
                .filter(entry -> entry instanceof JournalEntry.Moved moved
                        && moved.peer().equals(peer))
                .toList();
        return ofPeer.subList(Math.max(0, ofPeer.size() - most), ofPeer.size());
    }

    private Optional<List<JournalEntry>> all() throws StoreException {
        if (!awaitTurn()) {
            return Optional.empty();
        }
        try {
            List<JournalEntry> known = read.get();
            Instant now = clock.instant();
            // A clock that was put back must not keep it for longer.
            if (known == null || now.isBefore(readAt) || !now.isBefore(readAt.plus(GOOD_FOR))) {
                known = migration.journal(Optional.empty(), MigrationStore.MAX_JOURNAL);
                read = new SoftReference<>(known);
                // The reading itself may take long.
                readAt = clock.instant();
            }
            return Optional.of(known);
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitTurn() {
        try {
            return lock.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
