package proteus.application.frame;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import proteus.application.memory.InboundBudget;
import proteus.application.port.TaskScheduler.Timeout;
import proteus.domain.peer.PeerAddress;

/**
 * A link that carries frames: its framing in both directions, and a receiver that takes what comes in.
 *
 * <p>The receiver is what becomes the session's connection, unless a handshake takes what comes before. For any thread
 * unless said otherwise; what the link's owner tells of it, from {@link #received} to {@link #ended}, is for the link's
 * loop.
 */
public final class FrameChannel {

    /** How long a close may take to send what is queued and to hear the peer's end of stream. */
    public static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final FrameLink link;
    private final FrameEncoding encoding;
    private final FrameCollector inbound;
    private final OutboundFrames outbound;
    private final ConnectionEvents events;
    private FrameReceiver receiver;
    private volatile boolean anyBytesSeen;
    private boolean ended;
    private @Nullable Timeout closing;

    /**
     * Frames over {@code link}; nothing is read before the first request.
     *
     * @param budget what comes in is reserved from it, once the channel is established
     * @param outboundBytes how many bytes may wait for the peer, counting what it takes to hold a frame; a single larger
     *     frame may go while nothing waits
     * @throws IllegalArgumentException if {@code outboundBytes} is not positive
     */
    public FrameChannel(FrameLink link, FrameEncoding encoding, InboundBudget budget, int outboundBytes) {
        this.link = link;
        this.encoding = encoding;
        inbound = new FrameCollector(
                link, encoding, budget, frame -> receiver.frame(frame), fault -> receiver.fault(fault));
        outbound = new OutboundFrames(link, outboundBytes);
        events = new ConnectionEvents(link);
        receiver = events;
    }

    /** Where the peer is. */
    public PeerAddress peer() {
        return link.peer();
    }

    /** What frames are written in. */
    public FrameEncoding encoding() {
        return encoding;
    }

    /** Whether anything has come from the peer. */
    public boolean anyBytesSeen() {
        return anyBytesSeen;
    }

    /** The outbound side. */
    public OutboundFrames outbound() {
        return outbound;
    }

    /** What tells the session. */
    ConnectionEvents events() {
        return events;
    }

    /**
     * Lets a handshake take what comes in, under limits of its own: 64 KiB a frame, and nothing from the budget. Loop
     * only.
     */
    public void shakeHands(FrameReceiver handshake) {
        hearBy(handshake);
    }

    /** Ends the handshake and its limits, if there was one. No further frame may have been asked for before. */
    void establish() {
        onLoop(() -> {
            inbound.endHandshake();
            hearBy(events);
        });
    }

    private void hearBy(FrameReceiver next) {
        receiver = next;
        if (ended) {
            next.ended();
        } else if (!link.isActive()) {
            ended();
        }
    }

    /** Asks for one more frame. */
    public void request() {
        onLoop(inbound::request);
    }

    /**
     * Takes over the remaining bytes of {@code bytes}, which came off the link; also what was read before there was this
     * channel and is not used up. They stay where they are until a frame is asked for, and meanwhile no more is read.
     *
     * @param release run on the loop, once, when they are used up or dropped
     */
    public void received(ByteBuffer bytes, Runnable release) {
        anyBytesSeen = true;
        inbound.received(bytes, release);
    }

    /** Says that a read has given what it had; asks for the next one if more is wanted. */
    public void readDone() {
        inbound.readIfWanted();
    }

    /** Says that the link may want more bytes to write. */
    public void writabilityChanged() {
        outbound.drain();
    }

    /** Says that the network broke the link, and closes it. */
    public void broken(Throwable failure) {
        receiver.broken(failure);
        link.close();
    }

    /** Says that the link is over. Does nothing the second time. */
    public void ended() {
        if (ended) {
            return;
        }
        ended = true;
        if (closing != null) {
            closing.cancel();
        }
        inbound.ended();
        outbound.drop();
        receiver.ended();
    }

    /** Closes without more ado; what is queued is lost. */
    public void closeNow() {
        outbound.refuseMore();
        link.close();
    }

    /**
     * Closes after what is queued is sent, and after the peer's end of stream or one second.
     *
     * <p>To close a link with unread bytes resets it, and the peer may lose what was sent last; so what still comes is
     * read and dropped.
     */
    public void closeGently() {
        outbound.refuseMore();
        onLoop(() -> {
            if (!link.isActive()) {
                link.close();
                return;
            }
            if (closing != null) {
                return;
            }
            closing = link.schedule(CLOSE_PATIENCE, link::close);
            inbound.discardToEnd();
            var _ = outbound.whenEmpty().whenComplete((_, failure) -> {
                if (failure == null) {
                    link.endOutput();
                } else {
                    link.close();
                }
            });
        });
    }

    /** Runs {@code task} on the link's loop, or here when the loop has ended. */
    public void onLoop(Runnable task) {
        if (!link.execute(task)) {
            task.run();
        }
    }
}
