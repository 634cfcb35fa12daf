package proteus.application.frame;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.InboundFrame;

/**
 * Tells a session what happens to its connection, the end once and last.
 *
 * <p>For the link's loop only, but for the counters.
 */
final class ConnectionEvents implements FrameReceiver {

    private final FrameLink link;
    private final AtomicLong framesIn = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private @Nullable Consumer<ConnectionEvent> listener;
    private @Nullable CloseCause cause;
    private boolean ended;
    private boolean told;

    /** For the connection over {@code link}. */
    ConnectionEvents(FrameLink link) {
        this.link = link;
    }

    /** Frames so far. Any thread. */
    long framesIn() {
        return framesIn.get();
    }

    /** Payload bytes so far. Any thread. */
    long bytesIn() {
        return bytesIn.get();
    }

    /** Begins delivery; tells of the end at once if it has come. */
    void deliverTo(Consumer<ConnectionEvent> to) {
        listener = to;
        tellEnd();
    }

    /** Says why the connection will end. Only the first reason counts. */
    void ending(CloseCause why) {
        if (cause == null) {
            cause = why;
        }
    }

    @Override
    public void frame(InboundFrame frame) {
        if (listener == null || cause != null) {
            frame.close();
            return;
        }
        framesIn.incrementAndGet();
        bytesIn.addAndGet(frame.size());
        tell(new ConnectionEvent.FrameArrived(frame));
    }

    @Override
    public void fault(FrameFault fault) {
        if (cause != null) {
            return;
        }
        link.log().log(System.Logger.Level.DEBUG, "peer {0}: {1}", link.peer(), fault);
        switch (fault) {
            case FrameFault.Oversized(var kind, var announced) -> {
                tell(new ConnectionEvent.FrameOversized(kind, announced));
                ending(CloseCause.PROTOCOL);
            }
            case FrameFault.UnknownKind() -> {
                tell(new ConnectionEvent.FrameUnknown());
                ending(CloseCause.PROTOCOL);
            }
            case FrameFault.Starved _ -> ending(CloseCause.STARVED);
            case FrameFault.CutShort() -> ending(CloseCause.LOST);
        }
        link.close();
    }

    @Override
    public void broken(Throwable failure) {
        link.log().log(
                System.Logger.Level.DEBUG, () -> "peer " + link.peer() + ": connection broken: " + failure, failure);
        ending(CloseCause.LOST);
    }

    @Override
    public void ended() {
        ending(CloseCause.REMOTE);
        ended = true;
        tellEnd();
    }

    private void tellEnd() {
        if (ended && !told && listener != null && cause != null) {
            told = true;
            link.log().log(System.Logger.Level.DEBUG, "peer {0}: connection closed: {1}", link.peer(), cause);
            tell(new ConnectionEvent.Closed(cause));
        }
    }

    private void tell(ConnectionEvent event) {
        Consumer<ConnectionEvent> to = listener;
        if (to == null) {
            return;
        }
        try {
            to.accept(event);
        } catch (RuntimeException failure) {
            link.log().log(
                    System.Logger.Level.ERROR,
                    () -> "peer " + link.peer() + ": the session failed on " + event,
                    failure);
            if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
                frame.close();
            }
            ending(CloseCause.LOCAL);
            link.close();
        }
    }
}
