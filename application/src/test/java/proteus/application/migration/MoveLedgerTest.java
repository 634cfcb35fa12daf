package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Stack;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** How often peers may be moved, and when they are left alone. */
final class MoveLedgerTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PeerKey PEER = key(1);

    private final MoveLedger ledger = new MoveLedger(4);

    private static PeerKey key(int host) {
        return new PeerKey.OfAddress(new PeerAddress(new IpAddress.V4(0x0800_0000 | host), 9798));
    }

    private static JournalEntry.Moved moved(PeerKey peer, Instant time, MoveOutcome outcome, Optional<Duration> gap) {
        return new JournalEntry.Moved(time, peer, Stack.LIBP2P, outcome, gap, "the test", "");
    }

    private static JournalEntry.Moved settled(PeerKey peer, Instant time) {
        return moved(peer, time, MoveOutcome.SETTLED, Optional.of(Duration.ZERO));
    }

    private void fail(MoveOutcome outcome, Instant at) {
        ledger.record(moved(PEER, at, outcome, Optional.empty()));
    }

    @Test
    void fourMovesADayAreAllowedAndTheFifthWhenTheFirstIsADayOld() {
        for (int i = 0; i < 4; i++) {
            Instant then = START.plus(Duration.ofHours(i));
            assertThat(ledger.allows(PEER, then)).isTrue();
            ledger.record(settled(PEER, then));
        }

        assertThat(ledger.allows(PEER, START.plus(Duration.ofHours(4)))).isFalse();
        assertThat(ledger.allows(PEER, START.plus(Duration.ofDays(1)).minusMillis(1)))
                .isFalse();
        assertThat(ledger.allows(PEER, START.plus(Duration.ofDays(1)))).isTrue();
        assertThat(ledger.movesOf(PEER, START.plus(Duration.ofDays(1)))).isEqualTo(3);
        assertThat(ledger.allows(key(2), START.plus(Duration.ofHours(4)))).isTrue();
    }

    @Test
    void whatTheJournalSaysOfTheLastDayCountsAfterARestart() {
        List<JournalEntry> journal = new ArrayList<>();
        journal.add(settled(PEER, START.minus(Duration.ofHours(1))));
        for (int i = 0; i < 4; i++) {
            journal.add(settled(PEER, START.plus(Duration.ofHours(i))));
        }
        journal.add(moved(key(2), START.plus(Duration.ofHours(5)), MoveOutcome.LATER, Optional.empty()));
        Instant restart = START.plus(Duration.ofHours(23)).plusSeconds(30);

        ledger.read(journal, restart);

        assertThat(ledger.movesOf(PEER, restart)).isEqualTo(4);
        assertThat(ledger.allows(PEER, restart)).isFalse();
        assertThat(ledger.movesOf(key(2), restart)).isZero();
        assertThat(ledger.attemptsOf(key(2), restart)).isEqualTo(1);
        assertThat(ledger.attemptsOf(PEER, restart)).isEqualTo(4);
    }

    @Test
    void aMoveInVainCountsAndOneThatGaveNothingUpDoesNot() {
        ledger.record(moved(PEER, START, MoveOutcome.WENT_BACK, Optional.of(Duration.ofMillis(3))));
        ledger.record(moved(PEER, START, MoveOutcome.NOT_NOW, Optional.empty()));

        assertThat(ledger.movesOf(PEER, START)).isEqualTo(1);
        assertThat(ledger.attemptsOf(PEER, START)).isEqualTo(2);
        assertThat(ledger.attemptsOf(PEER, START.plus(Duration.ofDays(1)).minusMillis(1)))
                .isEqualTo(2);
        assertThat(ledger.attemptsOf(PEER, START.plus(Duration.ofDays(1)))).isZero();
        assertThat(ledger.attemptsOf(key(2), START)).isZero();
    }

    @Test
    void failuresInARowAreWaitedForLongerAndNoLongerThanSixtyFourTimes() {
        Instant now = START;
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            fail(MoveOutcome.LATER, now);
            Instant until = ledger.waiting(PEER, now).orElseThrow().notBefore();
            waits.add(Duration.between(now, until));
            assertThat(ledger.waiting(PEER, until)).isEmpty();
            now = until;
        }

        assertThat(waits).extracting(Duration::toMinutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L, 64L);
    }

    @Test
    void successAndTheOperatorsWordEndTheWaiting() {
        fail(MoveOutcome.SOMEONE_ELSE, START);
        assertThat(ledger.waiting(PEER, START.plus(Duration.ofMinutes(59)))).isPresent();
        ledger.record(settled(PEER, START));
        assertThat(ledger.waiting(PEER, START)).isEmpty();
        fail(MoveOutcome.OLD_PEER, START);
        assertThat(ledger.waiting(PEER, START.plus(Duration.ofHours(5)))).isPresent();
        ledger.forgetWaits();
        assertThat(ledger.waiting(PEER, START)).isEmpty();
    }

    @Test
    void manyPeersThatMoveDoNotTakeMemoryWithoutEnd() {
        for (int host = 0; host < 20_000; host++) {
            ledger.record(settled(key(host), START.plusMillis(host)));
        }
        Instant now = START.plusSeconds(20);

        long remembered = java.util.stream.IntStream.range(0, 20_000)
                .filter(host -> ledger.movesOf(key(host), now) > 0)
                .count();
        assertThat(remembered).isBetween(1000L, 5000L);
        long tried = java.util.stream.IntStream.range(0, 20_000)
                .filter(host -> ledger.attemptsOf(key(host), now) > 0)
                .count();
        assertThat(tried).isBetween(500L, 1024L);
        // Who moved last is remembered.
        assertThat(ledger.movesOf(key(19_999), now)).isEqualTo(1);
    }

    @Test
    void aJournalFullOfPeersIsReadWithinTheSameBounds() {
        List<JournalEntry> journal = new ArrayList<>();
        for (int host = 0; host < 10_000; host++) {
            journal.add(settled(key(host), START.plusMillis(host)));
        }
        Instant now = START.plusSeconds(20);

        ledger.read(journal, now);

        // The latest 4,096.
        assertThat(ledger.movesOf(key(9_999), now)).isEqualTo(1);
        assertThat(ledger.movesOf(key(10_000 - 4096), now)).isEqualTo(1);
        assertThat(ledger.movesOf(key(10_000 - 4097), now)).isZero();
        assertThat(ledger.attemptsOf(key(9_999), now)).isEqualTo(1);
        assertThat(ledger.attemptsOf(key(0), now)).isZero();
    }

    @Test
    void aPeerThatMovesAsOftenAsItLikesDoesNotTakeMemoryWithoutEnd() {
        for (int i = 0; i < 10_000; i++) {
            ledger.record(settled(PEER, START.plusMillis(i)));
        }

        assertThat(ledger.allows(PEER, START.plusSeconds(20))).isFalse();
        assertThat(ledger.movesOf(PEER, START.plusSeconds(20))).isEqualTo(4);
        assertThat(ledger.attemptsOf(PEER, START.plusSeconds(20))).isEqualTo(MoveLedger.MOST_ATTEMPTS);
    }
}
