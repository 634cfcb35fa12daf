package proteus.application.migration;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationStore;
import proteus.application.port.MoveOutcome;
import proteus.application.port.MoveTallies;
import proteus.application.port.PeerKey;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.PeerAddress;

/** Writes down what comes of moves: for the operator, and for the limits of what follows. Safe for use by many threads. */
final class Journal {

    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    private final MigrationStore store;
    private final MoveLedger ledger;
    private final TaskScheduler clock;
    private final MoveTally tally = new MoveTally();

    Journal(MigrationStore store, MoveLedger ledger, TaskScheduler clock) {
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
    }

    MoveLedger ledger() {
        return ledger;
    }

    MoveTallies tallies() {
        return tally.tallies();
    }

    /** Of a move of {@code peer} that came to this end. */
    void moved(PeerAddress peer, PeerKey key, Stack to, String cause, Mover.Report report) {
        var entry = new JournalEntry.Moved(
                clock.instant(), key, to, report.outcome(), report.gap(), cause, report.detail());
        ledger.record(entry);
        tally.count(entry);
        LOG.log(
                level(report.outcome()),
                "peer {0}: move to {1}, {2}: {3}{4}{5}",
                peer,
                to == Stack.LIBP2P ? "libp2p" : "legacy",
                cause,
                report.outcome(),
                report.gap().map(gap -> ", gap " + millis(gap)).orElse(""),
                report.detail().isEmpty() ? "" : ": " + report.detail());
        try {
            store.append(entry);
        } catch (StoreException failure) {
            LOG.log(Level.ERROR, "peer {0}: its move cannot be written down: {1}", peer, failure.getMessage());
        }
    }

    static String millis(Duration gap) {
        long micros = gap.toNanos() / 1000;
        return micros / 1000 + "." + String.valueOf(1000 + micros % 1000).substring(1) + " ms";
    }

    private static Level level(MoveOutcome outcome) {
        return switch (outcome) {
            case SETTLED, SLOT_LOST, WENT_BACK, FELL_BACK -> Level.INFO;
            case LOST -> Level.WARNING;
            case OLD_PEER, LATER, SOMEONE_ELSE, NOT_NOW -> Level.DEBUG;
        };
    }

    /** Of something that happened at once. */
    void moved(PeerAddress peer, PeerKey key, Stack to, String cause, MoveOutcome outcome, String detail) {
        moved(peer, key, to, cause, new Mover.Report(outcome, Optional.empty(), detail));
    }
}
