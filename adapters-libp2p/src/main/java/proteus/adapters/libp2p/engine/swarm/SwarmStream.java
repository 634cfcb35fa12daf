package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.StreamHandler;

/** A stream of a {@link SwarmConnection}. */
record SwarmStream(SwarmConnection connection, String protocol, DuplexChannel channel) implements Stream {

    @Override
    public void reset() {
        connection.muxerOfStreams().reset(channel);
    }

    /** Gives the stream to {@code handler}, on its event loop, and puts an end to its pipeline. */
    void handOver(StreamHandler handler) {
        handler.opened(this);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new StreamTail(this));
    }
}
