package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** The end of a stream's pipeline: an exception that no handler of its protocol took resets the stream. */
final class StreamTail extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger(StreamTail.class.getName());

    private final SwarmStream stream;

    StreamTail(SwarmStream stream) {
        this.stream = stream;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.log(
                System.Logger.Level.DEBUG,
                () -> "stream " + stream.protocol() + " with "
                        + stream.connection().remotePeer() + " ends: " + cause);
        stream.reset();
    }
}
