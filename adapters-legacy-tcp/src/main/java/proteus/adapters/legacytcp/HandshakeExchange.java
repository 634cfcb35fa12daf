package proteus.adapters.legacytcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import proteus.adapters.legacytcp.HandshakeBrokenException.Why;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.PeerMessage;

/**
 * Lets a thread that may block exchange messages over a socket, one at a time, each with a deadline.
 *
 * <p>{@link #read} and {@link #write} are for one thread, not the event loop.
 */
final class HandshakeExchange extends ChannelInboundHandlerAdapter {

    private final FrameChannel frames;
    private final Duration timeout;
    // One frame for each that was asked for, then what ended it: bounded by the steps of a handshake.
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    private sealed interface Arrival {
        record Frame(LegacyFrame frame) implements Arrival {}

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
        if (frames.outbound().offer(PeerMessageCodec.encode(message)) != OutboundQueue.Offer.QUEUED) {
            throw ended();
        }
        try {
            frames.outbound().whenEmpty().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HandshakeBrokenException(Why.TIMED_OUT, message.kind() + " not sent within " + timeout);
        } catch (ExecutionException e) {
            throw ended();
        }
    }

    private HandshakeBrokenException ended() {
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
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            broken(Why.ENDED, "connection closed");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        arrivals.add(new Arrival.Frame((LegacyFrame) message));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case FrameFault.CutShort() -> broken(Why.ENDED, "connection closed within a frame");
            case FrameFault fault -> broken(Why.NOT_THE_PROTOCOL, fault.toString());
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        broken(Why.ENDED, "connection closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        broken(Why.RESET, String.valueOf(failure.getMessage()));
        var _ = ctx.close();
    }
}
