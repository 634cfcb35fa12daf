package proteus.adapters.libp2p.engine.attack;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.multistream.MultistreamDialler;
import proteus.adapters.libp2p.engine.multistream.MultistreamSettings;
import proteus.adapters.libp2p.engine.multistream.ProtocolNegotiated;
import proteus.adapters.libp2p.engine.security.noise.NoiseProtocol;
import proteus.adapters.libp2p.engine.security.tls.TlsProtocol;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityProtocol;

/**
 * Connects to a host and sends it whatever it likes: on the bare socket, or behind a handshake in place of yamux. Its
 * memory comes from an allocator of its own, so that what is measured is the host's.
 */
final class Attacker implements AutoCloseable {

    static final String MUXER = "/yamux/1.0.0";

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Identity identity = Identity.generate(new SecureRandom());

    Identity identity() {
        return identity;
    }

    /** The usual handshake, with the multiplexer agreed on within. */
    SecurityProtocol noise() {
        return new NoiseProtocol(identity, List.of(MUXER), new SecureRandom());
    }

    /** The usual handshake of {@code security}, with the multiplexer agreed on within. */
    SecurityProtocol security(Security security) {
        return switch (security) {
            case NOISE -> noise();
            case TLS -> new TlsProtocol(identity, List.of(MUXER), InstantSource.system(), new SecureRandom());
        };
    }

    /** A bare socket. */
    Line connect(Multiaddr address) throws Exception {
        return connect(address, Optional.empty(), "127.0.0.1");
    }

    /** A bare socket from another address of this machine. */
    Line connectFrom(String source, Multiaddr address) throws Exception {
        return connect(address, Optional.empty(), source);
    }

    /** Begins the handshake of {@code security}. */
    Line secure(Multiaddr address, SecurityProtocol security) throws Exception {
        return connect(address, Optional.of(security), "127.0.0.1");
    }

    /** A connection on which the next bytes are frames of yamux. */
    Line mux(Multiaddr address) throws Exception {
        Line line = secure(address, noise());
        line.secured.get(TestHosts.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return line;
    }

    private Line connect(Multiaddr address, Optional<SecurityProtocol> security, String source) throws Exception {
        Line line = new Line(security);
        line.channel = (SocketChannel) new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
                .option(ChannelOption.SO_RCVBUF, 16_384)
                .localAddress(new InetSocketAddress(source, 0))
                .remoteAddress(address.tcpAddress().orElseThrow())
                .handler(line)
                .connect()
                .sync()
                .channel();
        return line;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** One connection of the attacker. */
    static final class Line extends ChannelInboundHandlerAdapter {

        private final Optional<SecurityProtocol> security;
        private final CompletableFuture<SecureSession> secured = new CompletableFuture<>();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private SocketChannel channel;

        private Line(Optional<SecurityProtocol> security) {
            this.security = security;
        }

        SocketChannel channel() {
            return channel;
        }

        /** Reads nothing more. */
        Line deaf() throws Exception {
            channel.eventLoop()
                    .submit(() -> channel.config().setAutoRead(false))
                    .get();
            return this;
        }

        /** Sends bytes in hexadecimal, perhaps with spaces. */
        void send(String hex) {
            send(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))));
        }

        void send(ByteBuf bytes) {
            channel.writeAndFlush(bytes);
        }

        /** Sends {@code bytes} in one flight with the last message of the handshake, or as close behind it as can be. */
        void sendWhenSecured(ByteBuf bytes) {
            secured.thenAccept(_ -> send(bytes));
        }

        /** Sends bytes past the encryption. */
        void sendBelow(ByteBuf bytes) {
            channel.pipeline().firstContext().writeAndFlush(bytes);
        }

        /**
         * Sends {@code parts} one after the other as fast as the host takes them, until it closes.
         *
         * @return how many parts went out
         */
        int flood(int most, IntFunction<ByteBuf> parts) throws Exception {
            int sent = 0;
            while (sent < most) {
                var written = channel.writeAndFlush(parts.apply(sent));
                if (!written.await(TestHosts.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("the host takes nothing any more, after " + sent);
                }
                if (!written.isSuccess()) {
                    return sent;
                }
                sent++;
            }
            return sent;
        }

        void awaitClose() throws Exception {
            if (!channel.closeFuture().await(TestHosts.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the host has not closed " + channel);
            }
        }

        boolean isOpen() {
            return channel.isActive();
        }

        byte[] received() {
            synchronized (received) {
                return received.toByteArray();
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            security.ifPresent(protocol -> ctx.pipeline()
                    .addBefore(
                            ctx.name(),
                            null,
                            new MultistreamDialler(List.of(protocol.id()), false, MultistreamSettings.STANDARD)));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            switch (event) {
                case ProtocolNegotiated _ -> security.orElseThrow().secure(ctx, Role.DIALLER, Optional.empty());
                case SecureSession session -> secured.complete(session);
                default -> {}
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            synchronized (received) {
                received.writeBytes(ByteBufUtil.getBytes(bytes));
            }
            bytes.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            secured.completeExceptionally(cause);
            ctx.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            secured.completeExceptionally(new AssertionError("closed before the handshake was done"));
        }
    }

    /** A frame of yamux. */
    static ByteBuf frame(int type, int flags, int stream, long length, byte... body) {
        return Unpooled.buffer(12 + body.length)
                .writeByte(0)
                .writeByte(type)
                .writeShort(flags)
                .writeInt(stream)
                .writeInt((int) length)
                .writeBytes(body);
    }

    /** A frame that opens {@code stream} and proposes {@code protocol} on it, with what follows at once. */
    static ByteBuf open(int stream, String protocol, byte... first) {
        ByteBuf body = Unpooled.buffer();
        body.writeBytes(line("/multistream/1.0.0")).writeBytes(line(protocol)).writeBytes(first);
        return frame(0, 1, stream, body.readableBytes(), ByteBufUtil.getBytes(body));
    }

    /** A message of multistream-select. */
    static byte[] line(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuf out = Unpooled.buffer().writeByte(bytes.length).writeBytes(bytes);
        return ByteBufUtil.getBytes(out);
    }
}
