package proteus.adapters.libp2p.guide;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.security.SecureRandom;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.Swarm;

/** Sends back what it gets. */
public final class EchoServer {

    static final String PROTOCOL = "/example/echo/1.0.0";

    private EchoServer() {}

    /** Listens on the TCP port that the system gives, and serves until it is killed. */
    public static void main(String[] arguments) throws Exception {
        try (Host host = start()) {
            Multiaddr address =
                    host.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")).get();
            System.out.println(address.withPeerId(host.peerId()));
            Thread.currentThread().join();
        }
    }

    static Host start() {
        Host host = Swarm.start(
                HostSettings.builder(Identity.generate(new SecureRandom())).build());
        host.handle(PROTOCOL, stream -> stream.channel().pipeline().addLast(new Echo()), KeepAlive.YES);
        return host;
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            ctx.write(bytes);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
            readWhileWritable(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            readWhileWritable(ctx);
        }

        private static void readWhileWritable(ChannelHandlerContext ctx) {
            ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(_ -> ctx.close());
            }
        }
    }
}
