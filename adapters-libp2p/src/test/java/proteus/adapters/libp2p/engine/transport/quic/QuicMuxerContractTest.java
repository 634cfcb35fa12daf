package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import proteus.adapters.libp2p.engine.contract.MuxerPair;
import proteus.adapters.libp2p.engine.contract.StreamMuxerContract;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.StreamMuxer;

class QuicMuxerContractTest extends StreamMuxerContract {

    private static final Duration IDLE = Duration.ofSeconds(30);

    @Override
    protected MuxerPair connect(Limits limits, ChannelHandler diallerStreams, ChannelHandler listenerStreams) {
        return new LoopbackPair(limits, diallerStreams, listenerStreams);
    }

    /** A real connection, whose sides have a loop each. */
    private static final class LoopbackPair implements MuxerPair {

        private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        private final QuicConnection dialler;
        private final QuicConnection listener;

        LoopbackPair(Limits limits, ChannelHandler diallerStreams, ChannelHandler listenerStreams) {
            CompletableFuture<QuicConnection> accepted = new CompletableFuture<>();
            InetSocketAddress address = (InetSocketAddress) transport(limits)
                    .listen(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            new Accepting(accepted, listenerStreams))
                    .syncUninterruptibly()
                    .channel()
                    .localAddress();
            dialler = transport(limits)
                    .dial(address, Optional.empty(), diallerStreams)
                    .syncUninterruptibly()
                    .getNow();
            listener = accepted.join();
        }

        /** In QUIC only the remote says how many streams one may open. */
        private QuicTransport transport(Limits limits) {
            QuicSettings usual = QuicSettings.defaults();
            QuicSettings settings = new QuicSettings(
                    usual.handshakeTimeout(),
                    IDLE,
                    Math.min(limits.inbound(), limits.outbound()),
                    usual.streamWindow(),
                    usual.connectionWindow(),
                    usual.resetStreams(),
                    usual.handshakes(),
                    usual.calmHandshakes(),
                    usual.tokenLifetime(),
                    usual.udpPayload(),
                    usual.socketBuffer(),
                    usual.congestionControl());
            SecureRandom random = new SecureRandom();
            return new QuicTransport(
                    settings, Identity.generate(random), loops, QuicSockets.nio(), InstantSource.system(), random);
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
            return dialler.channel().eventLoop();
        }

        @Override
        public void breakConnection() {
            dialler.close().syncUninterruptibly();
        }

        @Override
        public void close() {
            dialler.close().awaitUninterruptibly();
            listener.channel().parent().close().awaitUninterruptibly();
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private record Accepting(CompletableFuture<QuicConnection> accepted, ChannelHandler streams)
            implements QuicAcceptor {

        @Override
        public boolean admits(InetSocketAddress remote) {
            return true;
        }

        @Override
        public ChannelHandler secured(QuicConnection connection) {
            accepted.complete(connection);
            return streams;
        }

        @Override
        public void failed(InetSocketAddress remote, SecurityFailedException why) {
            accepted.completeExceptionally(why);
        }
    }
}
