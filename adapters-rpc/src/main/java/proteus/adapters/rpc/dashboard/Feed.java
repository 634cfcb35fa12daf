package proteus.adapters.rpc.dashboard;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import proteus.application.port.NodeControl;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;

/**
 * Looks at the node once a second: at the adoption always, at everything as long as somebody watches. All who watch share one
 * view, so that each of them costs what it was told last and no more. Safe for use by many threads.
 */
final class Feed implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Feed.class.getName());

    /** How long a look that goes on is waited for at the end. */
    private static final Duration CLOSING_TIME = Duration.ofSeconds(1);

    private final NodeControl control;
    private final NodeView node;
    private final InstantSource clock;
    private final Duration pace;
    private final int most;
    private final AdoptionHistory history = new AdoptionHistory();
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int watchers;
    private boolean due;
    private boolean closed;

    @Nullable private View latest;

    /**
     * A feed that does not run yet.
     *
     * @param pace between two looks
     * @param most how many may watch at a time
     */
    Feed(NodeControl control, NodeView node, InstantSource clock, Duration pace, int most) {
        this.control = control;
        this.node = node;
        this.clock = clock;
        this.pace = pace;
        this.most = most;
        this.thread = Thread.ofPlatform().name("dashboard-feed").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** One who watches; must be closed. Not safe for use by many threads. */
    final class Watch implements AutoCloseable {

        private @Nullable View told;

        /**
         * The next event, which is all at first; empty if nothing new came within {@code patience}, or it is over.
         */
        Optional<String> next(Duration patience) throws InterruptedException {
            View before = told;
            Optional<View> view = await(before, patience);
            view.ifPresent(now -> told = now);
            return view.map(now -> before == null ? Change.whole(now, history.series()) : Change.between(before, now));
        }

        /** The time between two looks at the node. */
        Duration pace() {
            return pace;
        }

        /** Whether nothing more will come. */
        boolean isOver() {
            return isClosed();
        }

        @Override
        public void close() {
            lock.lock();
            try {
                watchers--;
                if (watchers == 0) {
                    // Nobody wants the old one, and it is not to be shown to who comes next.
                    latest = null;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Lets one more watch; empty if too many do. */
    Optional<Watch> watch() {
        lock.lock();
        try {
            if (watchers >= most || closed) {
                return Optional.empty();
            }
            watchers++;
            if (watchers == 1) {
                look();
            }
            return Optional.of(new Watch());
        } finally {
            lock.unlock();
        }
    }

    /** Looks again at once, since something was changed. */
    void lookNow() {
        lock.lock();
        try {
            look();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        due = true;
        changed.signalAll();
    }

    private Optional<View> await(@Nullable View told, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!closed && isTold(told)) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
            return closed ? Optional.empty() : Optional.ofNullable(latest);
        } finally {
            lock.unlock();
        }
    }

    private boolean isTold(@Nullable View told) {
        return latest == null || (told != null && latest.number() == told.number());
    }

    private void run() {
        while (awaitTurn()) {
            try {
                publish();
            } catch (RuntimeException fault) {
                // The node ends, too: what it says then is no fault.
                LOGGER.log(isClosed() ? Level.DEBUG : Level.ERROR, "the dashboard cannot show how the node is", fault);
            }
        }
    }

    private void tellUnread(StoreException failure) {
        LOGGER.log(
                isClosed() ? Level.DEBUG : Level.WARNING,
                "the dashboard cannot show the journal: {0}",
                failure.getMessage());
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** False when it is over. */
    private boolean awaitTurn() {
        lock.lock();
        try {
            long left = pace.toNanos();
            while (!due && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            due = false;
            return !closed;
        } catch (InterruptedException _) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void publish() {
        Instant now = clock.instant();
        Map<Stack, Integer> sessions = control.migration().status().sessions();
        int legacy = sessions.getOrDefault(Stack.LEGACY, 0);
        int libp2p = sessions.getOrDefault(Stack.LIBP2P, 0);
        history.add(now, legacy, libp2p);
        if (!isWatched()) {
            return;
        }
        View view = node.take(new AdoptionHistory.Point(now.toEpochMilli(), legacy, libp2p), now, this::tellUnread);
        lock.lock();
        try {
            if (watchers > 0) {
                latest = view;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isWatched() {
        lock.lock();
        try {
            return watchers > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether its thread is still there. */
    boolean isRunning() {
        return thread.isAlive();
    }

    /** Ends it, for all who watch, and waits a second at most for a look that goes on: what it looks at may end then. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(CLOSING_TIME)) {
                LOGGER.log(Level.DEBUG, "the dashboard still looks at the node");
            }
        } catch (InterruptedException _) {
            // Whoever closes is in a hurry.
            Thread.currentThread().interrupt();
        }
    }
}
