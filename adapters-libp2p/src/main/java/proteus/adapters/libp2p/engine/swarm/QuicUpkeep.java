package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicConnectionStats;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.ping.PingFailedException;
import proteus.adapters.libp2p.engine.ping.PingListener;
import proteus.adapters.libp2p.engine.ping.PingProtocol;
import proteus.adapters.libp2p.engine.ping.PingSettings;
import proteus.adapters.libp2p.engine.ping.Pinger;
import proteus.adapters.libp2p.engine.transport.quic.QuicConnection;

/**
 * What yamux does by itself and QUIC does not: it keeps a connection from idling out, by pings on a stream, since Netty's
 * QUIC sends no PING frames; and it counts the bytes on the wire.
 */
final class QuicUpkeep {

    private static final System.Logger LOG = System.getLogger(QuicUpkeep.class.getName());
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(10);

    /** rust answers a ping over QUIC as late as its own next one, which may be a quarter of a minute. */
    private static final Duration PONG_PATIENCE = Duration.ofSeconds(60);

    private final Duration pingInterval;
    private final SecureRandom random;

    /** Pings are sent after {@code pingInterval} without one; well below the idle time-out. */
    QuicUpkeep(Duration pingInterval, SecureRandom random) {
        this.pingInterval = pingInterval;
        this.random = random;
    }

    Multiaddr localAddress(QuicConnection quic) {
        QuicChannel channel = (QuicChannel) quic.channel();
        return channel.localSocketAddress() instanceof InetSocketAddress local
                ? Multiaddr.ofQuic(local)
                : Multiaddr.ofQuic((InetSocketAddress) channel.parent().localAddress());
    }

    /** To be called first with a new connection: it finds out why that ends. On its event loop. */
    void watch(QuicConnection quic, SwarmConnection connection) {
        QuicChannel channel = (QuicChannel) quic.channel();
        channel.closeFuture().addListener(_ -> {
            if (channel.isTimedOut()) {
                connection.note(CloseCause.UNRESPONSIVE, "no packet until the idle time-out");
            }
        });
    }

    /** Begins with a new connection. On its event loop. */
    void begin(QuicConnection quic, SwarmConnection connection) {
        QuicChannel channel = (QuicChannel) quic.channel();
        channel.pipeline().addLast(new Tail(connection));
        ping(connection);
    }

    private void ping(SwarmConnection connection) {
        PingListener listener = new PingListener() {
            @Override
            public void ponged(long roundTripNanos) {
                connection.account().tell(new ProtocolEvent.Pinged(connection.id(), roundTripNanos));
            }

            @Override
            public void ended(PingFailedException why) {
                if (!connection.closed().isDone()) {
                    connection
                            .account()
                            .tell(new ProtocolEvent.PingFailed(connection.id(), ConnectionAccount.text(why)));
                }
            }
        };
        PingSettings settings = new PingSettings(Optional.of(pingInterval), PONG_PATIENCE);
        Future<Stream> opening = connection.open(
                List.of(PingProtocol.ID),
                stream -> stream.channel().pipeline().addLast(new Pinger(settings, random, listener)),
                KeepAlive.NO);
        opening.addListener(opened -> {
            if (!opened.isSuccess()) {
                LOG.log(System.Logger.Level.DEBUG, () -> connection + " is not kept alive by pings: " + opened.cause());
            }
        });
    }

    /** The end of the pipeline of a QUIC connection. */
    private static final class Tail extends ChannelInboundHandlerAdapter {

        private final SwarmConnection connection;
        private long read;
        private long written;

        private Tail(SwarmConnection connection) {
            this.connection = connection;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            Future<?> counting = ctx.executor()
                    .scheduleAtFixedRate(
                            () -> count(ctx), COUNT_INTERVAL.toSeconds(), COUNT_INTERVAL.toSeconds(), TimeUnit.SECONDS);
            ctx.channel().closeFuture().addListener(_ -> counting.cancel(false));
        }

        private void count(ChannelHandlerContext ctx) {
            ((QuicChannel) ctx.channel()).collectStats().addListener(collected -> {
                if (collected.isSuccess() && collected.getNow() instanceof QuicConnectionStats stats) {
                    connection.account().transferred(stats.recvBytes() - read, stats.sentBytes() - written);
                    read = stats.recvBytes();
                    written = stats.sentBytes();
                }
            });
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof QuicConnectionCloseEvent closed && closed.error() != 0) {
                connection.note(CloseCause.REMOTE, "code " + closed.error());
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            count(ctx);
            ctx.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            connection.note(CloseCause.BROKEN, ConnectionAccount.text(cause));
            var _ = ctx.close();
        }
    }
}
