package proteus.application.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.Counterpart;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationStore;
import proteus.application.port.Rollout;
import proteus.application.port.StoreException;
import proteus.domain.peer.PeerAddress;

/** A {@link MigrationStore} that lives as long as the test, and keeps times no finer than it must. Safe for use by many threads. */
public final class InMemoryMigrationStore implements MigrationStore {

    private final int maxJournal;
    private final int maxCounterparts;
    private final Deque<JournalEntry> journal = new ArrayDeque<>();
    private final Map<PeerAddress, Counterpart> counterparts = new HashMap<>();
    private Optional<Rollout> rollout = Optional.empty();
    private boolean closed;

    /** An empty store with the bounds of the port. */
    public InMemoryMigrationStore() {
        this(MAX_JOURNAL, MAX_COUNTERPARTS);
    }

    /** An empty store with bounds of its own. */
    public InMemoryMigrationStore(int maxJournal, int maxCounterparts) {
        this.maxJournal = maxJournal;
        this.maxCounterparts = maxCounterparts;
    }

    @Override
    public synchronized Optional<Rollout> rollout() throws StoreException {
        requireOpen();
        return rollout;
    }

    @Override
    public synchronized void putRollout(JournalEntry.StageChanged change) throws StoreException {
        append(change);
        rollout = Optional.of(change.to());
    }

    @Override
    public synchronized void append(JournalEntry entry) throws StoreException {
        requireOpen();
        if (journal.size() >= maxJournal) {
            journal.removeFirst();
        }
        journal.addLast(coarse(entry));
    }

    private static JournalEntry coarse(JournalEntry entry) {
        Instant time = entry.time().truncatedTo(ChronoUnit.MILLIS);
        return switch (entry) {
            case JournalEntry.StageChanged(var _, var from, var to, String cause) ->
                new JournalEntry.StageChanged(time, from, to, cause);
            case JournalEntry.Moved moved ->
                new JournalEntry.Moved(
                        time,
                        moved.peer(),
                        moved.to(),
                        moved.outcome(),
                        moved.gap().map(gap -> gap.truncatedTo(ChronoUnit.MICROS)),
                        moved.cause(),
                        moved.detail());
        };
    }

    @Override
    public synchronized List<JournalEntry> journal(int most) throws StoreException {
        requireNotNegative(most);
        requireOpen();
        return journal.stream().skip(Math.max(0, journal.size() - most)).toList();
    }

    @Override
    public synchronized List<Counterpart> counterparts() throws StoreException {
        requireOpen();
        return List.copyOf(counterparts.values());
    }

    @Override
    public synchronized void putCounterpart(Counterpart counterpart) throws StoreException {
        requireOpen();
        if (!counterparts.containsKey(counterpart.legacy()) && counterparts.size() >= maxCounterparts) {
            counterparts.values().stream()
                    .min(Comparator.comparing(Counterpart::since))
                    .map(Counterpart::legacy)
                    .ifPresent(counterparts::remove);
        }
        counterparts.put(counterpart.legacy(), counterpart);
    }

    @Override
    public synchronized void removeCounterpart(PeerAddress legacy) throws StoreException {
        requireCanonical(legacy);
        requireOpen();
        counterparts.remove(legacy);
    }

    /** Makes every further use fail, as that of a closed peer store does. Does nothing the second time. */
    public synchronized void close() {
        closed = true;
    }

    private void requireOpen() throws StoreException {
        if (closed) {
            throw new StoreException(StoreException.Reason.CLOSED, "The store is closed.");
        }
    }

    private static void requireNotNegative(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("fewer than no entries: " + most);
        }
    }

    private static void requireCanonical(PeerAddress address) {
        if (!address.equals(address.canonical())) {
            throw new IllegalArgumentException("not canonical: " + address);
        }
    }
}
