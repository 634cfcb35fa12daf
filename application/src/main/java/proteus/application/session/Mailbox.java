package proteus.application.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import proteus.application.port.ConnectionEvent;

/**
 * The events that wait for one session, first come first served, bounded.
 *
 * <p>A connection delivers no more frames than it was asked for, and its end once; at most one tick waits; and of the
 * node's events at most {@link #MAX_NODE_EVENTS}. Posting never blocks. {@link #take} is for the session's thread, the
 * rest for any.
 */
final class Mailbox {

    /** As many as upstream's broadcast channel holds: a session that is further behind ends. */
    static final int MAX_NODE_EVENTS = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<SessionEvent> events = new ArrayDeque<>(2);
    private int nodeEvents;
    private boolean tickWaits;
    private boolean overflown;
    private boolean closed;

    /** Puts in what the connection with this number has. */
    void post(int line, ConnectionEvent event) {
        lock.lock();
        try {
            if (!closed) {
                add(new SessionEvent.FromConnection(line, event));
                return;
            }
        } finally {
            lock.unlock();
        }
        closeFrame(event);
    }

    /**
     * Puts in what the node has; what does not fit makes the session end.
     *
     * @return whether it will be taken, unless the session ends before
     */
    boolean post(NodeEvent event) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (nodeEvents == MAX_NODE_EVENTS) {
                overflown = true;
                arrived.signal();
                return false;
            }
            nodeEvents++;
            add(new SessionEvent.FromNode(event));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts in a tick unless one waits. */
    void tick() {
        lock.lock();
        try {
            if (!closed && !tickWaits) {
                tickWaits = true;
                add(new SessionEvent.Tick());
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(SessionEvent event) {
        events.add(event);
        arrived.signal();
    }

    /**
     * Waits for the next event.
     *
     * @throws OverflownException if the node told more than fits
     */
    SessionEvent take() throws InterruptedException, OverflownException {
        lock.lockInterruptibly();
        try {
            while (events.isEmpty() && !overflown) {
                arrived.await();
            }
            if (overflown) {
                throw new OverflownException();
            }
            SessionEvent event = events.remove();
            switch (event) {
                case SessionEvent.FromConnection _ -> {}
                case SessionEvent.FromNode _ -> nodeEvents--;
                case SessionEvent.Tick() -> tickWaits = false;
            }
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** What the connection with this number has told and nobody has taken yet. */
    List<ConnectionEvent> fromConnection(int line) {
        lock.lock();
        try {
            List<ConnectionEvent> waiting = new ArrayList<>();
            for (SessionEvent event : events) {
                if (event instanceof SessionEvent.FromConnection(int from, var fromConnection) && from == line) {
                    waiting.add(fromConnection);
                }
            }
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes nothing more, and gives back the memory of the frames that nobody took.
     *
     * @return what the node told and nobody took
     */
    List<NodeEvent> close() {
        List<SessionEvent> left;
        lock.lock();
        try {
            closed = true;
            left = new ArrayList<>(events);
            events.clear();
        } finally {
            lock.unlock();
        }
        for (SessionEvent event : left) {
            if (event instanceof SessionEvent.FromConnection(int _, var fromConnection)) {
                closeFrame(fromConnection);
            }
        }
        return left.stream()
                .filter(SessionEvent.FromNode.class::isInstance)
                .map(event -> ((SessionEvent.FromNode) event).event())
                .toList();
    }

    static void closeFrame(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
            frame.close();
        }
    }

    /** The node told the session more than fits. */
    static final class OverflownException extends Exception {
        private static final long serialVersionUID = 1L;

        private OverflownException() {
            super("more than " + MAX_NODE_EVENTS + " events of the node wait");
        }
    }
}
