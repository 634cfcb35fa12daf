package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamResetException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** The only handler of Netty's stream: makes a {@link QuicStream} of it, and tells that what happens. */
final class QuicStreamBridge extends ChannelInboundHandlerAdapter {

    private final QuicConnection connection;
    private final ChannelHandler initializer;
    private final Consumer<QuicStream> opened;
    private @Nullable QuicStream stream;

    QuicStreamBridge(QuicConnection connection, ChannelHandler initializer, Consumer<QuicStream> opened) {
        this.connection = connection;
        this.initializer = initializer;
        this.opened = opened;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        QuicStreams.configure(ctx.channel().config());
        if (ctx.channel().isRegistered()) {
            begin((QuicStreamChannel) ctx.channel());
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin((QuicStreamChannel) ctx.channel());
    }

    private void begin(QuicStreamChannel below) {
        if (stream != null) {
            return;
        }
        QuicStream begun = new QuicStream(below, connection);
        stream = begun;
        begun.pipeline().addLast(initializer);
        connection.streamOpened();
        begun.closeFuture().addListener(_ -> connection.streamClosed());
        below.eventLoop().register(begun).addListener(registered -> {
            if (registered.isSuccess()) {
                opened.accept(begun);
            } else {
                begun.reset();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (stream == null) {
            bytes.release();
        } else {
            stream.received(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (stream != null) {
            stream.receivedAll();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && stream != null) {
            stream.inputEnded();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (stream != null) {
            stream.broke(new StreamResetException(
                    cause instanceof QuicStreamResetException reset
                            ? "the remote reset " + stream + " with code " + reset.applicationProtocolCode()
                            : stream + " broke: " + cause.getMessage()));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (stream != null) {
            stream.gone();
        }
    }
}
