package proteus.adapters.legacytcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Netty and nothing else: a server that sends back what it reads, and a client that counts what comes back. */
final class RawEcho implements AutoCloseable {

    private final EventLoopGroup serverLoops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final EventLoopGroup clientLoops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Semaphore bytesBack = new Semaphore(0);
    private final Channel client;

    RawEcho() throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(serverLoops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer(new Echo()))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        client = new Bootstrap()
                .group(clientLoops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(initializer(new Count(bytesBack)))
                .connect(server.localAddress())
                .sync()
                .channel();
    }

    private static ChannelInitializer<SocketChannel> initializer(ChannelInboundHandlerAdapter handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel socket) {
                socket.pipeline().addLast(handler);
            }
        };
    }

    /** Sends so many bytes. */
    void send(int bytes) {
        ByteBuf buffer = client.alloc().directBuffer(bytes);
        buffer.writeZero(bytes);
        var _ = client.writeAndFlush(buffer);
    }

    /** Waits until so many bytes have come back. */
    void await(int bytes) throws InterruptedException {
        bytesBack.acquire(bytes);
    }

    @Override
    public void close() {
        clientLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        serverLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            var _ = ctx.write(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }

    private static final class Count extends ChannelInboundHandlerAdapter {
        private final Semaphore bytesBack;

        private Count(Semaphore bytesBack) {
            this.bytesBack = bytesBack;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            int count = bytes.readableBytes();
            bytes.release();
            bytesBack.release(count);
        }
    }
}
