package proteus.bootstrap.measure;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.AttributeKey;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What cannot be beaten: the bytes of perf over plain TCP on Netty, with the AEAD of a security protocol or with none.
 * It has the command line of {@code ./proteus peer}, as far as that is needed.
 */
public final class PlainPeer {

    private static final int HEADER_BYTES = 8;
    private static final int CHUNK_BYTES = 65_519;
    private static final int READ_BYTES = 256 * 1024;

    private PlainPeer() {}

    /** Listens until its standard input ends, or dials. */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        String security = after(words, "--security");
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            if (words.getFirst().equals("listen")) {
                Channel listener = listen(group, security);
                System.out.println(((InetSocketAddress) listener.localAddress()).getPort());
                System.in.transferTo(OutputStream.nullOutputStream());
            } else {
                long bytes = Long.parseLong(after(words, "--bytes"));
                boolean up = after(words, "--op").equals("perf-up");
                int port = Integer.parseInt(words.get(1));
                long nanos = 0;
                for (int i = Integer.parseInt(after(words, "--count")); i > 0; i--) {
                    nanos = dial(group, security, port, up ? bytes : 0, up ? 0 : bytes);
                }
                System.out.println("{\"mbps\":" + bytes * 8e3 / nanos + "}");
            }
        } finally {
            var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static String after(List<String> words, String option) {
        return words.get(words.indexOf(option) + 1);
    }

    private static Channel listen(EventLoopGroup group, String security) throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 512 << 10))
                .childHandler(new Sides(security, 0, -1))
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    private static long dial(EventLoopGroup group, String security, int port, long up, long down)
            throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 512 << 10))
                .handler(new Sides(security, up, down))
                .connect("127.0.0.1", port)
                .sync()
                .channel();
        long began = System.nanoTime();
        channel.closeFuture().sync();
        long nanos = System.nanoTime() - began;
        Side dialler = channel.attr(Side.KEY).get();
        if (dialler.received != down || dialler.toSend != 0) {
            throw new IllegalStateException(dialler.received + " bytes came, " + dialler.toSend + " were not sent");
        }
        return nanos;
    }

    /** Makes one side; a listener's wants -1 bytes. */
    private static final class Sides extends ChannelInitializer<Channel> {

        private final String security;
        private final long up;
        private final long down;

        Sides(String security, long up, long down) {
            this.security = security;
            this.up = up;
            this.down = down;
        }

        @Override
        protected void initChannel(Channel channel) throws GeneralSecurityException {
            if (!security.equals("none")) {
                channel.pipeline()
                        .addLast(new PlainCipher(PlainCipher.Kind.valueOf(security.toUpperCase(Locale.ROOT))));
            }
            Side side = new Side(up, down);
            channel.attr(Side.KEY).set(side);
            channel.pipeline().addLast(side);
        }
    }

    private static final class Side extends ChannelInboundHandlerAdapter {

        static final AttributeKey<Side> KEY = AttributeKey.valueOf("side");

        private final boolean isDialler;
        private final long down;
        private long toSend;
        private long received;
        private long wanted;
        private int headerBytes;
        private boolean isSending;
        private boolean isEnded;

        Side(long up, long down) {
            this.toSend = up;
            this.down = down;
            this.isDialler = down >= 0;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (isDialler) {
                var _ = ctx.writeAndFlush(ctx.alloc().directBuffer().writeLong(down));
                isSending = true;
                pump(ctx);
            }
        }

        private void pump(ChannelHandlerContext ctx) {
            while (isSending && toSend > 0 && ctx.channel().isWritable()) {
                int length = (int) Math.min(toSend, CHUNK_BYTES);
                toSend -= length;
                var _ = ctx.write(ctx.alloc().directBuffer(length).writerIndex(length));
                if (!ctx.channel().isWritable()) {
                    ctx.flush();
                }
            }
            ctx.flush();
            if (isSending && toSend == 0 && !isEnded) {
                isEnded = true;
                var _ = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(_ -> ((DuplexChannel) ctx.channel()).shutdownOutput());
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            ctx.executor().execute(() -> pump(ctx));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            while (!isDialler && headerBytes < HEADER_BYTES && bytes.isReadable()) {
                wanted = wanted << 8 | bytes.readUnsignedByte();
                headerBytes++;
            }
            received += bytes.readableBytes();
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (!(event instanceof ChannelInputShutdownEvent)) {
                return;
            }
            if (isDialler) {
                var _ = ctx.close();
            } else {
                toSend = wanted;
                isSending = true;
                pump(ctx);
            }
        }
    }
}
