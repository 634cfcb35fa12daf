package proteus.adapters.libp2p.engine.transport.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;

/**
 * Opens and accepts TCP connections.
 *
 * <p>Safe for use by many threads. It has no threads of its own, and nothing to close but the channels that it gives.
 */
public final class TcpTransport {

    private static final System.Logger LOG = System.getLogger(TcpTransport.class.getName());

    private final TcpSettings settings;
    private final EventLoopGroup group;

    /** A transport whose channels live on the event loops of {@code group}. */
    public TcpTransport(TcpSettings settings, EventLoopGroup group) {
        this.settings = settings;
        this.group = group;
    }

    /**
     * Listens at {@code address}.
     *
     * @param pipeline fills the pipeline of each connection that comes in, and closes it if it is not wanted; shared by
     *     all of them
     * @return the listening channel; it stops listening when it is closed. Fails with an {@code IOException}
     */
    public ChannelFuture listen(InetSocketAddress address, ChannelInitializer<Channel> pipeline) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, settings.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new AcceptFailures())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, settings.writeBuffer())
                .childHandler(pipeline)
                .bind(address);
    }

    /**
     * Connects to {@code address}.
     *
     * @param loop where the channel is to live
     * @param pipeline fills the pipeline
     * @return the channel, once it is connected. Fails with an {@code IOException}; a channel that is closed before stops
     *     to connect
     */
    public ChannelFuture dial(EventLoop loop, InetSocketAddress address, ChannelHandler pipeline) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, settings.writeBuffer())
                .handler(pipeline)
                .connect(address);
    }

    /** Netty stops accepting for a second after a failure, such as too many open files; here it is told. */
    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cannot accept at " + ctx.channel().localAddress() + ": " + cause);
            ctx.fireExceptionCaught(cause);
        }
    }
}
