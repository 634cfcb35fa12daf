package proteus.adapters.libp2p.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import proteus.application.frame.FrameChannel;
import proteus.application.frame.FrameLink;
import proteus.application.port.TaskScheduler.Timeout;
import proteus.domain.peer.PeerAddress;

/** A stream that carries frames; it must not read by itself. */
final class StreamLink implements FrameLink {

    private static final System.Logger LOG = System.getLogger(StreamLink.class.getName());

    private final DuplexChannel stream;
    private final PeerAddress peer;
    private boolean ending;

    /** The way to {@code peer} over {@code stream}. */
    StreamLink(DuplexChannel stream, PeerAddress peer) {
        this.stream = stream;
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
            stream.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException loopIsGone) {
            return false;
        }
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        Future<?> scheduled = stream.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public boolean isActive() {
        return stream.isActive();
    }

    /**
     * {@inheritDoc} Where the peer says no more, it wants to hear no more: that ends the session, as on plain TCP. It is
     * looked at here, where all that came before has been taken: over QUIC the end may come with the last bytes. What is
     * still to be sent has a while for that; a peer that does not take it cannot keep the stream.
     */
    @Override
    public void read() {
        if (!stream.isInputShutdown()) {
            stream.read();
        } else if (!ending) {
            ending = true;
            end();
        }
    }

    private void end() {
        Timeout late = schedule(FrameChannel.CLOSE_PATIENCE, this::close);
        stream.shutdownOutput().addListener(_ -> {
            late.cancel();
            close();
        });
    }

    @Override
    public boolean isWritable() {
        return stream.isWritable();
    }

    @Override
    public void write(int bytes, Consumer<ByteBuffer> fill, Runnable written) {
        ByteBuf slice = stream.alloc().directBuffer(bytes, bytes);
        ByteBuffer room = slice.nioBuffer(0, bytes);
        fill.accept(room);
        slice.writerIndex(room.position());
        stream.write(slice).addListener(done -> {
            if (done.isSuccess()) {
                written.run();
            } else if (!(done.cause() instanceof ClosedChannelException)) {
                stream.pipeline().fireExceptionCaught(done.cause());
            }
        });
    }

    @Override
    public void flush() {
        stream.flush();
    }

    @Override
    public void endOutput() {
        var _ = stream.shutdownOutput();
    }

    @Override
    public void close() {
        var _ = stream.close();
    }

    /** The end of the stream's pipeline: tells {@code frames}, whose link this is, what comes of the stream. */
    static final class Handler extends ChannelInboundHandlerAdapter {

        private final FrameChannel frames;

        Handler(FrameChannel frames) {
            this.frames = frames;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            frames.received(bytes.nioBuffer(), bytes::release);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            frames.readDone();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            frames.writabilityChanged();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                frames.readDone();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
            frames.broken(failure);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            frames.ended();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            frames.ended();
        }
    }
}
