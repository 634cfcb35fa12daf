package proteus.adapters.libp2p.engine.upgrade;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.DuplexChannel;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;

/**
 * A stream as a child channel: what streams have in common whatever carries them, so that a multiplexer has to say only how
 * bytes and ends go over its wire. How a stream behaves is said by {@link StreamMuxer}.
 *
 * <p>The methods of {@link DuplexChannel} are safe for use by many threads; those for a multiplexer are for the event loop.
 */
public abstract class StreamChannel extends AbstractChannel implements DuplexChannel, HeldEnd {

    private static final System.Logger LOG = System.getLogger(StreamChannel.class.getName());

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    // Netty's configuration keeps the channel, and asks it for nothing but its metadata here.
    @SuppressWarnings("this-escape")
    private final ChannelConfig config = new DefaultChannelConfig(this);

    private volatile boolean open = true;
    private volatile boolean inputShutdown;
    private volatile boolean outputShutdown;

    /** A stream of {@code connection} that is not registered yet. */
    protected StreamChannel(Channel connection, ByteBufAllocator allocator) {
        super(connection);
        config.setAllocator(allocator);
    }

    // ---- What a multiplexer says of its streams.

    /** Whether both sides have ended and there is nothing left to read. */
    protected abstract boolean hasEnded();

    /** Ends the output after what was written, and tells {@code promise}, which is uncancellable, when that has been sent. */
    protected abstract void endOutput(ChannelPromise promise);

    /** Drops what is unread and what still comes, but lets the remote's end come through. */
    protected abstract void dropInput();

    // ---- What it may do with them.

    /** Nothing more is to be read. */
    protected final void noteInputShutdown() {
        inputShutdown = true;
    }

    /** Nothing more is to be written. */
    protected final void noteOutputShutdown() {
        outputShutdown = true;
    }

    /** Neither, and for ever. */
    protected final void noteClosed() {
        open = false;
        inputShutdown = true;
        outputShutdown = true;
    }

    /** Closes the stream if it {@link #hasEnded}. */
    protected final void closeIfOver() {
        if (open && hasEnded()) {
            unsafe().close(unsafe().voidPromise());
        }
    }

    /** Calls {@link #doWrite} with what was flushed, if there is any, unless it is in it. */
    protected final void writeFlushed() {
        ((StreamUnsafe) unsafe()).write();
    }

    /** Closes at once, past the pipeline. From any thread. */
    public final void reset() {
        if (open) {
            onEventLoop(() -> unsafe().close(unsafe().voidPromise()));
        }
    }

    private void onEventLoop(Runnable task) {
        if (eventLoop().inEventLoop()) {
            task.run();
        } else {
            try {
                eventLoop().execute(task);
            } catch (RejectedExecutionException loopIsGone) {
                LOG.log(System.Logger.Level.DEBUG, "a stream has ended with its host");
            }
        }
    }

    // ---- What users do with them.

    @Override
    public final ChannelFuture shutdownOutput(ChannelPromise promise) {
        onEventLoop(() -> {
            if (promise.setUncancellable()) {
                outputShutdown = true;
                endOutput(promise);
            }
        });
        return promise;
    }

    @Override
    public final ChannelFuture shutdownInput(ChannelPromise promise) {
        onEventLoop(() -> {
            if (promise.setUncancellable()) {
                inputShutdown = true;
                dropInput();
                promise.setSuccess();
                closeIfOver();
            }
        });
        return promise;
    }

    @Override
    public final ChannelFuture shutdown(ChannelPromise promise) {
        var _ = shutdownInput(newPromise());
        return shutdownOutput(promise);
    }

    @Override
    public final ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public final ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public final ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public final boolean isInputShutdown() {
        return inputShutdown;
    }

    @Override
    public final boolean isOutputShutdown() {
        return outputShutdown;
    }

    @Override
    public final boolean isShutdown() {
        return inputShutdown && outputShutdown;
    }

    // ---- What Netty asks of a channel.

    @Override
    protected Object filterOutboundMessage(Object message) throws ChannelOutputShutdownException {
        if (outputShutdown) {
            throw new ChannelOutputShutdownException("the output was shut down");
        }
        if (!(message instanceof ByteBuf)) {
            throw new UnsupportedOperationException("not a ByteBuf: " + message.getClass());
        }
        return message;
    }

    @Override
    public final ChannelConfig config() {
        return config;
    }

    @Override
    public final ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    @Override
    public final boolean isActive() {
        return open && isRegistered();
    }

    @Override
    protected final boolean isCompatible(EventLoop loop) {
        return loop.equals(parent().eventLoop());
    }

    @Override
    protected final void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException("bind of a stream");
    }

    @Override
    protected final void doDisconnect() throws Exception {
        doClose();
    }

    @Override
    protected final AbstractUnsafe newUnsafe() {
        return new StreamUnsafe();
    }

    private final class StreamUnsafe extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("connect of a stream"));
        }

        void write() {
            flush0();
        }
    }
}
