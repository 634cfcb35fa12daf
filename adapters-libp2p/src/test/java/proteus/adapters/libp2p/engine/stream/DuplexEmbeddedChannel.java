package proteus.adapters.libp2p.engine.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * A stream without a muxer: what a handler writes can be read, and the test is the remote and its window.
 *
 * <p>Its time stands still but for {@link #advanceTimeBy}, which runs what has become due.
 */
public final class DuplexEmbeddedChannel extends EmbeddedChannel implements DuplexChannel {

    private final MockTicker ticker;
    private boolean stalled;
    private boolean inputShutdown;
    private boolean outputShutdown;
    private boolean reset;
    private int reads;

    /** A stream with these handlers, active. */
    public DuplexEmbeddedChannel(ChannelHandler... handlers) {
        this(Ticker.newMockTicker(), handlers);
    }

    private DuplexEmbeddedChannel(MockTicker ticker, ChannelHandler... handlers) {
        super(builder().register(false).ticker(ticker).handlers(handlers));
        this.ticker = ticker;
        // Only now, so that a handler that begins at once does not find half a stream.
        try {
            register();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void advanceTimeBy(long duration, TimeUnit unit) {
        ticker.advance(duration, unit);
        runPendingTasks();
    }

    /** The remote takes nothing from now on. */
    public void stall() {
        stalled = true;
    }

    /** The remote takes everything again. */
    public void resume() {
        stalled = false;
        flush();
        runPendingTasks();
    }

    /** Bytes come from the remote. */
    public void receive(byte[] bytes) {
        writeInbound(Unpooled.copiedBuffer(bytes));
    }

    /** The remote ends its side. */
    public void endInput() {
        inputShutdown = true;
        pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        runPendingTasks();
    }

    /** All that was sent since the last call. */
    public byte[] sent() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = readOutbound(); next != null; next = readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    /** How many bytes were sent since the last call. */
    public long sentBytes() {
        long bytes = 0;
        for (ByteBuf next = readOutbound(); next != null; next = readOutbound()) {
            bytes += next.readableBytes();
            next.release();
        }
        return bytes;
    }

    /** How often the stream was asked to read. */
    public int reads() {
        return reads;
    }

    /** Whether it was closed before both sides had ended. */
    public boolean wasReset() {
        return reset;
    }

    @Override
    protected void doBeginRead() {
        reads++;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        if (stalled) {
            return;
        }
        super.doWrite(in);
    }

    @Override
    protected void doClose() throws Exception {
        reset = !(inputShutdown && outputShutdown);
        super.doClose();
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        throw new UnsupportedOperationException("no muxer has this");
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        if (!unsafe().outboundBuffer().isEmpty()) {
            throw new IllegalStateException("the output ends before all is written, which a socket loses then");
        }
        outputShutdown = true;
        return promise.setSuccess();
    }

    @Override
    public boolean isShutdown() {
        return inputShutdown && outputShutdown;
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        throw new UnsupportedOperationException("no muxer has this");
    }
}
