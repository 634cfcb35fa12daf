package proteus.application.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.IpAddress;

/**
 * Whose turn it is to be challenged: a challenge costs this node standing, so one peer is asked at a time, and after a sync
 * that failed none for a while. Who had to wait is asked for its tip again when the turn is free.
 *
 * <p>Safe for use by many threads. Upstream challenges everybody at once.
 */
final class ChallengeTurns {

    /** After so long without an answer others have their turn, too. */
    static final Duration TURN = Duration.ofSeconds(30);

    /** Who did not pass has no other turn for so long. */
    static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

    /** After the first failed sync nobody is challenged for so long, then for twice as long. */
    static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /** Nobody is challenged for so long at most. */
    static final Duration GREATEST_PAUSE = Duration.ofMinutes(60);

    private static final int MOST_REMEMBERED = 1024;

    private final TaskScheduler scheduler;
    private final Runnable askForTips;
    private final Map<IpAddress, Instant> lost = new LinkedHashMap<>();
    private Optional<ChallengeTurn> latest = Optional.empty();
    private Optional<TaskScheduler.Timeout> timer = Optional.empty();
    private int open;
    private boolean othersWait;
    private Duration pause = Duration.ZERO;
    private Instant pauseUntil = Instant.MIN;

    /**
     * Nobody's turn.
     *
     * @param askForTips asks all peers for their tips; returns at once
     */
    ChallengeTurns(TaskScheduler scheduler, Runnable askForTips) {
        this.scheduler = scheduler;
        this.askForTips = askForTips;
    }

    /** Whether it can be the turn of somebody with this address; if it cannot be yet, it is asked for its tip again. */
    synchronized boolean isFree(IpAddress who) {
        Instant now = scheduler.instant();
        if (now.isBefore(pauseUntil) || now.isBefore(lost.getOrDefault(who, Instant.MIN))) {
            return false;
        }
        boolean isTaken =
                latest.filter(turn -> now.isBefore(turn.at().plus(TURN))).isPresent();
        othersWait |= isTaken;
        return !isTaken;
    }

    synchronized Optional<ChallengeTurn> take(IpAddress who) {
        if (!isFree(who)) {
            return Optional.empty();
        }
        ChallengeTurn turn = new ChallengeTurn(who, scheduler.instant());
        latest = Optional.of(turn);
        othersWait = false;
        open++;
        timer = Optional.of(scheduler.schedule(TURN, () -> tookLong(turn)));
        return latest;
    }

    private void tookLong(ChallengeTurn turn) {
        free(turn, true);
    }

    /** It was passed; {@code leadsToSync} if a sync goes on now. */
    void passed(ChallengeTurn turn, boolean leadsToSync) {
        synchronized (this) {
            open--;
        }
        free(turn, !leadsToSync);
    }

    /** It was not passed, or given up. */
    void failed(ChallengeTurn turn) {
        synchronized (this) {
            open--;
            lost.remove(turn.who());
            lost.put(turn.who(), scheduler.instant().plus(AFTER_FAILURE));
            if (lost.size() > MOST_REMEMBERED) {
                lost.remove(lost.keySet().iterator().next());
            }
        }
        free(turn, true);
    }

    private void free(ChallengeTurn turn, boolean forOthers) {
        synchronized (this) {
            boolean isLatest = latest.filter(turn::equals).isPresent();
            if (!isLatest) {
                return;
            }
            latest = Optional.empty();
            timer.ifPresent(TaskScheduler.Timeout::cancel);
            timer = Optional.empty();
            if (!othersWait || !forOthers) {
                return;
            }
            othersWait = false;
        }
        askForTips.run();
    }

    /** A sync failed: nobody is challenged for a while, then all are asked for their tips. */
    void syncFailed() {
        Duration now;
        synchronized (this) {
            Duration twice = pause.multipliedBy(2);
            pause = pause.isZero() ? FIRST_PAUSE : twice.compareTo(GREATEST_PAUSE) > 0 ? GREATEST_PAUSE : twice;
            pauseUntil = scheduler.instant().plus(pause);
            now = pause;
        }
        scheduler.schedule(now, askForTips);
    }

    /** A sync was finished. */
    synchronized void syncFinished() {
        pause = Duration.ZERO;
        pauseUntil = Instant.MIN;
    }

    /** How many challenges are open. */
    synchronized int open() {
        return open;
    }
}
