package proteus.application.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import proteus.application.port.ConnectionEvent;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;

/** Keeps what a connection told its listener, and waits for more. Decodes and closes frames as they come. */
public final class RecordedEvents implements Consumer<ConnectionEvent> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<PeerMessage> messages = new ArrayList<>();
    private final List<ConnectionEvent> others = new ArrayList<>();

    @Override
    public void accept(ConnectionEvent event) {
        lock.lock();
        try {
            switch (event) {
                case ConnectionEvent.FrameArrived(var frame) -> {
                    try (frame) {
                        messages.add(frame.decode());
                    }
                }
                case ConnectionEvent.FrameOversized _ -> others.add(event);
                case ConnectionEvent.FrameUnknown _ -> others.add(event);
                case ConnectionEvent.Closed _ -> others.add(event);
            }
            changed.signalAll();
        } catch (MalformedMessageException e) {
            throw new AssertionError("a frame did not decode", e);
        } finally {
            lock.unlock();
        }
    }

    /** The messages that have come so far. */
    public List<PeerMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /** What else has come so far. */
    public List<ConnectionEvent> others() {
        lock.lock();
        try {
            return List.copyOf(others);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code count} messages have come; returns all. */
    public List<PeerMessage> awaitMessages(int count) {
        await(events -> events.messages.size() >= count, count + " messages");
        return messages();
    }

    /** Waits for the end of the connection. */
    public ConnectionEvent.Closed awaitClosed() {
        await(
                events -> !events.others.isEmpty() && events.others.getLast() instanceof ConnectionEvent.Closed,
                "the end");
        return (ConnectionEvent.Closed) others().getLast();
    }

    private void await(Predicate<RecordedEvents> condition, String what) {
        long left = PATIENCE.toNanos();
        lock.lock();
        try {
            while (!condition.test(this)) {
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + what + "; so far: " + messages.size()
                            + " messages, then " + others);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }
}
