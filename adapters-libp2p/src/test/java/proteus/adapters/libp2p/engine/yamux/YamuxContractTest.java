package proteus.adapters.libp2p.engine.yamux;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import proteus.adapters.libp2p.engine.contract.MuxerPair;
import proteus.adapters.libp2p.engine.contract.StreamMuxerContract;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.StreamMuxer;

class YamuxContractTest extends StreamMuxerContract {

    @Override
    protected MuxerPair connect(Limits limits, ChannelHandler diallerStreams, ChannelHandler listenerStreams) {
        YamuxSettings settings =
                YamuxSettings.defaults().with(new YamuxSettings.StreamLimits(limits.inbound(), limits.outbound(), 256));
        YamuxHandler dialler = new YamuxHandler(Role.DIALLER, settings, diallerStreams);
        YamuxHandler listener = new YamuxHandler(Role.LISTENER, settings, listenerStreams);
        return new LocalPair(dialler, listener);
    }

    /** Two loops, so that the sides run beside each other. */
    private static final class LocalPair implements MuxerPair {

        private final MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(2, LocalIoHandler.newFactory());
        private final YamuxHandler dialler;
        private final YamuxHandler listener;
        private final Channel connection;
        private final Channel acceptedConnection;

        LocalPair(YamuxHandler dialler, YamuxHandler listener) {
            this.dialler = dialler;
            this.listener = listener;
            CompletableFuture<Channel> accepted = new CompletableFuture<>();
            Channel server = new ServerBootstrap()
                    .group(loops)
                    .channel(LocalServerChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(listener);
                            accepted.complete(channel);
                        }
                    })
                    .bind(LocalAddress.ANY)
                    .syncUninterruptibly()
                    .channel();
            connection = new Bootstrap()
                    .group(loops)
                    .channel(LocalChannel.class)
                    .handler(dialler)
                    .connect(server.localAddress())
                    .syncUninterruptibly()
                    .channel();
            acceptedConnection = accepted.join();
        }

        @Override
        public StreamMuxer dialler() {
            return dialler;
        }

        @Override
        public StreamMuxer listener() {
            return listener;
        }

        @Override
        public EventLoop diallerLoop() {
            return connection.eventLoop();
        }

        @Override
        public void breakConnection() {
            connection.close().syncUninterruptibly();
        }

        @Override
        public void close() {
            connection.close().syncUninterruptibly();
            acceptedConnection.close().syncUninterruptibly();
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
