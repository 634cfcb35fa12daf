package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;

/** How Netty's streams are set up. */
final class QuicStreams {

    private static final int MIN_READ = 512;
    private static final int FIRST_READ = 2048;
    private static final int MAX_READ = 64 << 10;

    private QuicStreams() {}

    /** One read gives one buffer, so that nothing is read that was not asked for, and a half-closed stream stays open. */
    static void configure(ChannelConfig config) {
        config.setAutoRead(false);
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        AdaptiveRecvByteBufAllocator reads = new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ);
        reads.maxMessagesPerRead(1);
        config.setRecvByteBufAllocator(reads);
    }
}
