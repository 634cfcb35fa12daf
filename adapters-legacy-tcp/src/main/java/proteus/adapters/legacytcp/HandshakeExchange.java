package proteus.adapters.legacytcp;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import proteus.adapters.legacytcp.HandshakeBrokenException.Why;
import proteus.application.frame.FrameChannel;
import proteus.application.frame.FrameFault;
import proteus.application.frame.FrameReceiver;
import proteus.application.frame.OutboundFrames.Offer;
import proteus.application.port.InboundFrame;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;

/**
 * Lets a thread that may block exchange messages over a socket, one at a time, each with a deadline.
 *
 * <p>{@link #read} and {@link #write} are for one thread, not the event loop.
 */
final class HandshakeExchange implements FrameReceiver {

    private final FrameChannel frames;
    private final Duration timeout;
    // One frame for each that was asked for, then what ended it: bounded by the steps of a handshake.
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    private sealed interface Arrival {
        record Frame(InboundFrame frame) implements Arrival {}

        record Broken(HandshakeBrokenException how) implements Arrival {}
    }

    /** An exchange over {@code frames}, each step of which may take {@code timeout}. */
    HandshakeExchange(FrameChannel frames, Duration timeout) {
        this.frames = frames;
        this.timeout = timeout;
    }

    /** Waits for one message. */
    PeerMessage read() throws HandshakeBrokenException, InterruptedException {
        frames.request();
        @Nullable Arrival arrival = arrivals.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (arrival == null) {
            throw new HandshakeBrokenException(Why.TIMED_OUT, "no message within " + timeout);
        }
        switch (arrival) {
            case Arrival.Broken(var how) -> throw how;
            case Arrival.Frame(var frame) -> {
                try (frame) {
                    return frame.decode();
                } catch (MalformedMessageException e) {
                    throw new HandshakeBrokenException(Why.NOT_THE_PROTOCOL, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** Sends one message and waits until the socket has taken it. */
    void write(PeerMessage message) throws HandshakeBrokenException, InterruptedException {
        if (frames.outbound().offer(frames.encoding().encode(message)) != Offer.QUEUED) {
            throw whatBrokeIt();
        }
        try {
            frames.outbound().whenEmpty().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HandshakeBrokenException(Why.TIMED_OUT, message.kind() + " not sent within " + timeout);
        } catch (ExecutionException e) {
            throw whatBrokeIt();
        }
    }

    private HandshakeBrokenException whatBrokeIt() {
        for (Arrival arrival : arrivals) {
            if (arrival instanceof Arrival.Broken(var how)) {
                return how;
            }
        }
        return new HandshakeBrokenException(Why.ENDED, "connection closed");
    }

    private void broken(Why why, String detail) {
        arrivals.add(new Arrival.Broken(new HandshakeBrokenException(why, detail)));
    }

    @Override
    public void frame(InboundFrame frame) {
        arrivals.add(new Arrival.Frame(frame));
    }

    @Override
    public void fault(FrameFault fault) {
        switch (fault) {
            case FrameFault.CutShort() -> broken(Why.ENDED, "connection closed within a frame");
            case FrameFault.Oversized _, FrameFault.UnknownKind _, FrameFault.Starved _ ->
                broken(Why.NOT_THE_PROTOCOL, fault.toString());
        }
    }

    @Override
    public void broken(Throwable failure) {
        broken(Why.RESET, String.valueOf(failure.getMessage()));
    }

    @Override
    public void ended() {
        broken(Why.ENDED, "connection closed");
    }
}
