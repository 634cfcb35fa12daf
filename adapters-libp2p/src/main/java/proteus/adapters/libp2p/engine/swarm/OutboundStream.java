package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Promise;
import java.util.List;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.StreamHandler;
import proteus.adapters.libp2p.engine.multistream.MultistreamDialler;
import proteus.adapters.libp2p.engine.multistream.NegotiationTimeout;
import proteus.adapters.libp2p.engine.multistream.ProtocolNegotiated;
import proteus.adapters.libp2p.engine.upgrade.StreamRefusedException;

/** Negotiates the protocol of a stream that this side opens, hands the stream over, and leaves its pipeline. */
final class OutboundStream extends ChannelInboundHandlerAdapter {

    private static final String TIMEOUT = "negotiation-timeout";

    private final SwarmConnection connection;
    private final List<String> protocols;
    private final StreamHandler handler;
    private final KeepAlive keepAlive;
    private final Promise<Stream> promise;
    private final StreamWatch watch;

    OutboundStream(
            SwarmConnection connection,
            List<String> protocols,
            StreamHandler handler,
            KeepAlive keepAlive,
            Promise<Stream> promise,
            StreamWatch watch) {
        this.connection = connection;
        this.protocols = protocols;
        this.handler = handler;
        this.keepAlive = keepAlive;
        this.promise = promise;
        this.watch = watch;
    }

    /** Fills the pipeline of {@code stream}. */
    void open(Channel stream) {
        StreamSettings settings = connection.streamSettings();
        // The negotiation comes last, since it may end at once; its place is before the others but the watch.
        stream.pipeline()
                .addLast(watch)
                .addLast(TIMEOUT, new NegotiationTimeout(settings.negotiationTimeout()))
                .addLast(this)
                .addBefore(
                        TIMEOUT,
                        null,
                        new MultistreamDialler(protocols, protocols.size() == 1, settings.multistream()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof ProtocolNegotiated(String protocol))) {
            ctx.fireUserEventTriggered(event);
            return;
        }
        ctx.pipeline().remove(this);
        if (!promise.setUncancellable()) {
            connection.muxerOfStreams().reset((DuplexChannel) ctx.channel());
            return;
        }
        SwarmStream stream = new SwarmStream(connection, protocol, (DuplexChannel) ctx.channel());
        watch.opened(protocol);
        connection.streamOpened(stream, keepAlive);
        try {
            stream.handOver(handler);
        } catch (RuntimeException broken) {
            stream.reset();
            promise.tryFailure(broken);
            return;
        }
        promise.trySuccess(stream);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        promise.tryFailure(new StreamRefusedException("the stream ended before its protocol was agreed on"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        watch.negotiationFailed(cause);
        promise.tryFailure(cause);
        connection.muxerOfStreams().reset((DuplexChannel) ctx.channel());
    }
}
