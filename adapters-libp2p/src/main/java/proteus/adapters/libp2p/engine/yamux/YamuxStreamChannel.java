package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.DuplexChannel;
import java.net.SocketAddress;
import proteus.adapters.libp2p.engine.upgrade.HeldEnd;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/**
 * One stream.
 *
 * <p>A stream of ours is announced at the end of the turn of the event loop in which it first reads, writes or ends its
 * output: with its first Data if it has some then, or else by an empty WindowUpdate. A stream of the remote's is
 * acknowledged by the first frame that we send on it. The channel closes by itself when both sides have ended and the
 * end of the input was read; until then it counts, for it can hold unread bytes.
 *
 * <p>One {@code read()} gives one buffer, or the end of the input. A write has succeeded when the connection has taken
 * over its last byte.
 */
final class YamuxStreamChannel extends AbstractChannel implements DuplexChannel, HeldEnd {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final int streamId;
    private final StreamTable table;
    private final StreamInput input;
    private final StreamOutput output;
    private boolean acknowledged;
    private boolean inTurn;
    private boolean broken;

    private volatile boolean open = true;
    private volatile boolean inputShutdown;
    private volatile boolean outputShutdown;

    /** A stream that is not registered yet. {@code opening} is SYN for one of ours, and ACK for one of the remote's. */
    YamuxStreamChannel(
            Channel connection,
            int streamId,
            int opening,
            StreamTable table,
            FrameWriter writer,
            ReceiveWindow window,
            UnreadBytes unread) {
        super(connection);
        this.streamId = streamId;
        this.table = table;
        this.input = new StreamInput(this, window, unread);
        this.output = new StreamOutput(this, opening, writer);
        config.setAllocator(connection.alloc());
    }

    int streamId() {
        return streamId;
    }

    // What the session asks and tells.

    boolean isKnownToRemote() {
        return output.isKnownToRemote();
    }

    boolean isFinReceived() {
        return input.isFinReceived();
    }

    /** Whether both sides have ended as far as the wire is concerned. */
    boolean isOver() {
        return output.isFinSent() && input.isFinReceived();
    }

    /** What may be sent yet, in bytes. */
    long credit() {
        return output.credit();
    }

    ReceiveWindow window() {
        return input.window();
    }

    /** Notes that the remote has said something on this stream. */
    void heard() {
        if (!acknowledged && !table.isOfRemote(streamId)) {
            table.acknowledged();
        }
        acknowledged = true;
    }

    void receive(ByteBuf piece) {
        input.receive(piece);
    }

    void receiveFin() {
        input.receiveFin();
        closeIfOver();
    }

    void receiveCredit(long more) {
        output.receiveCredit(more);
    }

    void takeTurn() {
        output.takeTurn();
    }

    /** Ends the stream without a word to the remote, which has reset it, or is gone. */
    void wasReset(StreamResetException cause) {
        broken = true;
        if (open) {
            pipeline().fireExceptionCaught(cause);
            unsafe().close(unsafe().voidPromise());
        }
    }

    // What the two halves tell.

    void giveCredit(long update) {
        output.giveCredit(update);
    }

    void inputShutDown() {
        inputShutdown = true;
    }

    void outputEnded(ChannelPromise end) {
        ((StreamUnsafe) unsafe()).shutdownOutput(end);
        closeIfOver();
    }

    /** Calls {@link #doWrite} with what was flushed, if there is any. */
    void writeNow() {
        inTurn = true;
        try {
            ((StreamUnsafe) unsafe()).writeFlushed();
        } finally {
            inTurn = false;
        }
    }

    private void closeIfOver() {
        if (open && output.isFinSent() && input.isEnded()) {
            unsafe().close(unsafe().voidPromise());
        }
    }

    /** Closes at once, past the pipeline. From any thread. */
    void reset() {
        if (open) {
            onEventLoop(() -> unsafe().close(unsafe().voidPromise()));
        }
    }

    @Override
    public void holdEnd(boolean held) {
        output.holdEnd(held);
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        onEventLoop(() -> {
            if (promise.setUncancellable()) {
                outputShutdown = true;
                output.end(promise);
            }
        });
        return promise;
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        onEventLoop(() -> {
            if (promise.setUncancellable()) {
                inputShutdown = true;
                input.drop();
                promise.setSuccess();
                closeIfOver();
            }
        });
        return promise;
    }

    private void onEventLoop(Runnable task) {
        if (eventLoop().inEventLoop()) {
            task.run();
        } else {
            eventLoop().execute(task);
        }
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        var _ = shutdownInput(newPromise());
        return shutdownOutput(promise);
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }

    @Override
    public boolean isShutdown() {
        return inputShutdown && outputShutdown;
    }

    // What Netty asks of a channel.

    @Override
    protected void doBeginRead() {
        output.announce();
        input.read();
        closeIfOver();
    }

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
    protected void doWrite(ChannelOutboundBuffer out) {
        if (inTurn) {
            output.writeFrame(out);
        } else {
            output.queueForTurn();
        }
    }

    @Override
    protected void doClose() {
        if (!open) {
            return;
        }
        open = false;
        inputShutdown = true;
        outputShutdown = true;
        input.close();
        output.close(isKnownToRemote() && !isOver() && !broken);
        table.remove(this, acknowledged);
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    /** Does nothing: the end was sent in its turn. */
    @Override
    protected void doShutdownOutput() {}

    @Override
    protected void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException("bind of a stream");
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open && isRegistered();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop.equals(parent().eventLoop());
    }

    @Override
    protected SocketAddress localAddress0() {
        return parent().localAddress();
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return parent().remoteAddress();
    }

    @Override
    public String toString() {
        return "stream " + Integer.toUnsignedString(streamId) + " of " + parent();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new StreamUnsafe();
    }

    private final class StreamUnsafe extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("connect of a stream"));
        }

        void writeFlushed() {
            flush0();
        }
    }
}
