package proteus.adapters.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import proteus.application.port.Carrier;
import proteus.application.port.Counterpart;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationStore;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** A sequence of records of the migration of which each says its number: every seventh is a decision, and every third has a counterpart. */
final class MigrationRecords {

    private static final int DECISION = 7;
    private static final int WITH_COUNTERPART = 3;
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    private MigrationRecords() {}

    static void put(MigrationStore store, int number) throws StoreException {
        switch (entry(number)) {
            case JournalEntry.StageChanged change -> store.putRollout(change);
            case JournalEntry.Moved moved -> store.append(moved);
        }
        if (number % WITH_COUNTERPART == 0) {
            store.putCounterpart(counterpart(number));
        }
    }

    static JournalEntry entry(int number) {
        Instant time = START.plusMillis(number);
        return number % DECISION == 0
                ? new JournalEntry.StageChanged(time, rollout(number - DECISION), rollout(number), "number " + number)
                : new JournalEntry.Moved(
                        time,
                        new PeerKey.OfPeerId(id(number)),
                        Stack.LIBP2P,
                        MoveOutcome.SETTLED,
                        Optional.of(Duration.ofMillis(number)),
                        "number " + number,
                        "");
    }

    /** What was decided last by the first {@code end} records. */
    static Optional<Rollout> rolloutAfter(int end) {
        return end == 0 ? Optional.empty() : Optional.of(rollout((end - 1) / DECISION * DECISION));
    }

    private static Rollout rollout(int number) {
        return new Rollout(Stage.MIGRATE, Math.floorMod(number, Rollout.ALL + 1));
    }

    static boolean hasCounterpart(int number) {
        return number % WITH_COUNTERPART == 0;
    }

    /** Each at an address of its own. */
    static Counterpart counterpart(int number) {
        IpAddress ip = new IpAddress.V4(0x0A00_0000 + number);
        return new Counterpart(
                new PeerAddress(ip, 9798),
                Optional.of(new Counterpart.Reached(new PeerAddress(ip, 9801), Carrier.LIBP2P_TCP, id(number))),
                START.plusMillis(number));
    }

    private static PeerId id(int number) {
        return PeerId.ofLegacy(new PeerAddress(new IpAddress.V4(number), 1));
    }
}
