package proteus.adapters.libp2p.engine.contract;

import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The end of a stream's pipeline that notes what comes, for a test on another thread to wait for. */
public final class StreamProbe extends ChannelInboundHandlerAdapter {

    private static final long PATIENCE_SECONDS = 20;

    private final boolean autoRead;
    private final boolean echo;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<Throwable> failures = new ArrayList<>();
    private Optional<DuplexChannel> channel = Optional.empty();
    private boolean ended;
    private boolean inactive;

    private StreamProbe(boolean autoRead, boolean echo) {
        this.autoRead = autoRead;
        this.echo = echo;
    }

    /** Reads all that comes. */
    public static StreamProbe reading() {
        return new StreamProbe(true, false);
    }

    /** Reads only when the test calls {@code read()}. */
    public static StreamProbe notReading() {
        return new StreamProbe(false, false);
    }

    /** Sends back what comes, and ends its output when the input has ended. */
    public static StreamProbe echoing() {
        return new StreamProbe(true, true);
    }

    /** Waits for the stream's pipeline to be filled. */
    public DuplexChannel channel() {
        await(channel::isPresent, "a channel");
        return channel.orElseThrow();
    }

    /** Waits for this many bytes at least, and gives all that have come. */
    public synchronized byte[] awaitBytes(int count) {
        await(() -> received.size() >= count, count + " bytes");
        return received.toByteArray();
    }

    public synchronized int receivedBytes() {
        return received.size();
    }

    public void awaitEnd() {
        await(() -> ended, "the end of the input");
    }

    public void awaitInactive() {
        await(() -> inactive, "the end of the stream");
    }

    public synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    public synchronized boolean hasEnded() {
        return ended;
    }

    private synchronized void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                fail("no " + what + " but " + received.size() + " bytes, ended " + ended + ", inactive " + inactive
                        + ", failures " + failures);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail("interrupted");
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(autoRead);
        synchronized (this) {
            channel = Optional.of((DuplexChannel) ctx.channel());
            notifyAll();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        ByteBuf piece = (ByteBuf) message;
        synchronized (this) {
            piece.getBytes(piece.readerIndex(), received, piece.readableBytes());
            notifyAll();
        }
        if (echo) {
            ctx.write(piece);
        } else {
            piece.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public synchronized void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ended = true;
            notifyAll();
            if (echo) {
                ((DuplexChannel) ctx.channel()).shutdownOutput();
            }
        }
    }

    @Override
    public synchronized void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.add(cause);
        notifyAll();
    }

    @Override
    public synchronized void channelInactive(ChannelHandlerContext ctx) {
        inactive = true;
        notifyAll();
    }
}
