package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.security.tls.PeerTrust.PeerCheck;
import proteus.adapters.libp2p.engine.upgrade.Role;

/** One dial: the handler of its socket. Connects by QUIC when the socket is there, and fails with what befalls that. */
final class QuicDial extends ChannelInboundHandlerAdapter {

    private final QuicSettings settings;
    private final InetSocketAddress remote;
    private final QuicSockets socketKind;
    private final Promise<QuicConnection> promise;
    private final Function<QuicChannel, Watched> engines;
    private final Function<Function<QuicChannel, QuicSslEngine>, ChannelHandler> codec;
    private final QuicHandshake handshake;
    private final PoliteClose channels = new PoliteClose();

    /** An engine and what judges its remote's certificate. */
    record Watched(QuicSslEngine engine, PeerCheck check) {}

    /**
     * A dial that has not begun.
     *
     * @param streams fills the pipeline of each stream that the remote opens
     * @param promise is told how it ended
     * @param engines makes the engine of the handshake
     * @param codec makes the codec of the socket, which asks for the engine
     */
    QuicDial(
            QuicSettings settings,
            InetSocketAddress remote,
            QuicSockets socketKind,
            ChannelHandler streams,
            Promise<QuicConnection> promise,
            Function<QuicChannel, Watched> engines,
            Function<Function<QuicChannel, QuicSslEngine>, ChannelHandler> codec) {
        this.settings = settings;
        this.remote = remote;
        this.socketKind = socketKind;
        this.promise = promise;
        this.engines = engines;
        this.codec = codec;
        handshake = new QuicHandshake(
                Role.DIALLER,
                remote,
                settings.resetStreams(),
                QuicHandshake.Outcome.of(connection -> secured(connection, streams), promise::tryFailure));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline()
                .addBefore(ctx.name(), null, new ReadBatches())
                .addBefore(ctx.name(), null, codec.apply(this::engine))
                .addBefore(ctx.name(), null, channels);
    }

    private QuicSslEngine engine(QuicChannel channel) {
        Watched watched = engines.apply(channel);
        handshake.watchedBy(watched.check());
        channels.add(channel);
        return watched.engine();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Channel socket = ctx.channel();
        Future<QuicChannel> connecting = QuicChannel.newBootstrap(socket)
                .handler(handshake)
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, socketKind.segments())
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.handshakeTimeout().toMillis()))
                .remoteAddress(remote)
                .connect();
        connecting.addListener(connected -> {
            @Nullable Throwable cause = connected.cause();
            if (cause != null) {
                handshake.failed(cause);
            }
        });
    }

    private ChannelHandler secured(QuicConnection connection, ChannelHandler streams) {
        Channel socket = connection.channel().parent();
        connection.channel().closeFuture().addListener(_ -> {
            var _ = socket.close();
        });
        if (!promise.trySuccess(connection)) {
            var _ = connection.close();
        }
        return streams;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Such as an unreachable port: the operating system knows before the time-out.
        if (cause instanceof IOException) {
            promise.tryFailure(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        promise.tryFailure(QuicFailures.closed());
    }
}
