package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.util.Optional;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.GateRefusal;
import proteus.adapters.libp2p.engine.multistream.MultistreamListener;
import proteus.adapters.libp2p.engine.multistream.NegotiationTimeout;
import proteus.adapters.libp2p.engine.multistream.ProtocolNegotiated;

/** Negotiates the protocol of a stream that the remote has opened, hands it to who handles that, and leaves. */
final class InboundStream extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger(InboundStream.class.getName());
    private static final String TIMEOUT = "negotiation-timeout";

    private final SwarmConnection connection;
    private final ProtocolTable protocols;
    private final StreamWatch watch;

    InboundStream(SwarmConnection connection, ProtocolTable protocols, StreamWatch watch) {
        this.connection = connection;
        this.protocols = protocols;
        this.watch = watch;
    }

    /** Fills the pipeline of {@code stream}. */
    static void accept(Channel stream, SwarmConnection connection, ProtocolTable protocols, StreamWatch watch) {
        StreamSettings settings = connection.streamSettings();
        // The negotiation comes last, since it may begin at once; its place is before the others but the watch.
        stream.pipeline()
                .addLast(watch)
                .addLast(TIMEOUT, new NegotiationTimeout(settings.negotiationTimeout()))
                .addLast(new InboundStream(connection, protocols, watch))
                .addBefore(TIMEOUT, null, new MultistreamListener(protocols::contains, settings.multistream()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ProtocolNegotiated(String protocol)) {
            ctx.pipeline().remove(this);
            negotiated(new SwarmStream(connection, protocol, (DuplexChannel) ctx.channel()));
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void negotiated(SwarmStream stream) {
        // What was there when the name was looked up may have gone meanwhile.
        Optional<ProtocolTable.Entry> found = protocols.find(stream.protocol());
        Optional<GateRefusal> refused = connection.refusal(stream.protocol(), Direction.INBOUND);
        if (found.isEmpty() || refused.isPresent()) {
            watch.refused(stream.protocol(), refused.map(GateRefusal::reason).orElse("no longer spoken"));
            stream.reset();
            return;
        }
        ProtocolTable.Entry entry = found.get();
        watch.opened(stream.protocol());
        connection.streamOpened(stream, entry.keepAlive());
        try {
            stream.handOver(entry.handler());
        } catch (RuntimeException broken) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the handler of " + stream.protocol() + " failed for " + connection.remotePeer(),
                    broken);
            stream.reset();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        watch.negotiationFailed(cause);
        connection.muxerOfStreams().reset((DuplexChannel) ctx.channel());
    }
}
