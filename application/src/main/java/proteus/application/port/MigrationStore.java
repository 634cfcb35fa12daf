package proteus.application.port;

import java.util.List;
import java.util.Optional;
import proteus.domain.peer.PeerAddress;

/**
 * What the migration remembers over restarts: the stage, the journal, and what was found out about peers.
 *
 * <p>It is kept with the {@link PeerStore}, under the same promises: a write that returned is not lost when the process
 * dies, one that is <em>synced</em> survives power loss too. Blocks; for virtual threads. Safe for use by many threads.
 */
public interface MigrationStore {

    /** The most entries that a journal keeps; the oldest make room. */
    int MAX_JOURNAL = 10_000;

    /** The most counterparts that are kept; the one found out longest ago makes room. */
    int MAX_COUNTERPARTS = 1000;

    /** What the operator decided last; empty if nobody ever did. */
    Optional<Rollout> rollout() throws StoreException;

    /** Stores {@code change.to()} as what the operator decided, and the entry, both or neither; synced. */
    void putRollout(JournalEntry.StageChanged change) throws StoreException;

    /** Adds an entry to the journal. */
    void append(JournalEntry entry) throws StoreException;

    /**
     * The latest entries, the oldest of them first; a copy.
     *
     * @param most how many at most, 0 or more
     */
    List<JournalEntry> journal(int most) throws StoreException;

    /** All counterparts, in no order; a copy. */
    List<Counterpart> counterparts() throws StoreException;

    /** Adds or replaces that of {@code counterpart.legacy()}. */
    void putCounterpart(Counterpart counterpart) throws StoreException;

    /** Forgets that of {@code legacy}, which is canonical. Does nothing if there is none. */
    void removeCounterpart(PeerAddress legacy) throws StoreException;
}
