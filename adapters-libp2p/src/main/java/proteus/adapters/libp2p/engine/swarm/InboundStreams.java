package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import org.jspecify.annotations.Nullable;

/** Fills the pipelines of all streams that the remote of one connection opens. */
@Sharable
final class InboundStreams extends ChannelInitializer<Channel> {

    private final ProtocolTable protocols;
    private @Nullable SwarmConnection connection;

    InboundStreams(ProtocolTable protocols) {
        this.protocols = protocols;
    }

    /** To be called before the first stream comes, on the event loop. */
    void belongTo(SwarmConnection owner) {
        connection = owner;
    }

    @Override
    protected void initChannel(Channel stream) {
        if (connection == null) {
            // It came before the connection was established, or that was refused.
            var _ = stream.close();
            return;
        }
        connection.accept(stream, protocols);
    }
}
