package proteus.adapters.legacytcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import proteus.application.frame.FrameLink;
import proteus.application.port.TaskScheduler.Timeout;
import proteus.domain.peer.PeerAddress;

/** A Netty channel that carries frames; it must not read by itself. {@link FrameHandler} tells what comes of it. */
final class ChannelLink implements FrameLink {

    private static final System.Logger LOG = System.getLogger(ChannelLink.class.getName());

    private final Channel channel;
    private final PeerAddress peer;

    /** The way to {@code peer} over {@code channel}. */
    ChannelLink(Channel channel, PeerAddress peer) {
        this.channel = channel;
        this.peer = peer;
    }

    @Override
    public PeerAddress peer() {
        return peer;
    }

    @Override
    public System.Logger log() {
        return LOG;
    }

    @Override
    public boolean execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException loopIsGone) {
            return false;
        }
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        Future<?> scheduled = channel.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public boolean isActive() {
        return channel.isActive();
    }

    @Override
    public void read() {
        channel.read();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Into direct memory, so that Netty need not copy the bytes once more. */
    @Override
    public void write(int bytes, Consumer<ByteBuffer> fill, Runnable written) {
        ByteBuf slice = channel.alloc().directBuffer(bytes, bytes);
        ByteBuffer room = slice.nioBuffer(0, bytes);
        fill.accept(room);
        slice.writerIndex(room.position());
        channel.write(slice).addListener(done -> {
            if (done.isSuccess()) {
                written.run();
            } else if (!(done.cause() instanceof ClosedChannelException)) {
                channel.pipeline().fireExceptionCaught(done.cause());
            }
        });
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void endOutput() {
        if (channel instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        } else {
            close();
        }
    }

    @Override
    public void close() {
        var _ = channel.close();
    }
}
