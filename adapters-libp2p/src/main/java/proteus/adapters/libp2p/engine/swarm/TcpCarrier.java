package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.transport.tcp.TcpTransport;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.yamux.YamuxHandler;
import proteus.adapters.libp2p.engine.yamux.YamuxSettings;

/** TCP, upgraded by {@link UpgradeHandler} to a secured connection with yamux. */
final class TcpCarrier implements Carrier {

    private static final String NAME = "tcp";

    private final TcpTransport transport;
    private final EventLoopGroup group;
    private final UpgradeHandler.Means means;
    private final YamuxSettings yamux;
    private final Establisher establisher;
    private final Admission admission;

    TcpCarrier(
            TcpTransport transport,
            EventLoopGroup group,
            UpgradeHandler.Means means,
            YamuxSettings yamux,
            Establisher establisher,
            Admission admission) {
        this.transport = transport;
        this.group = group;
        this.means = means;
        this.yamux = yamux;
        this.establisher = establisher;
        this.admission = admission;
    }

    @Override
    public boolean carries(Multiaddr address) {
        return address.tcpAddress().isPresent();
    }

    @Override
    public ChannelFuture listen(Multiaddr address, BooleanSupplier accepting) {
        return transport.listen(address.tcpAddress().orElseThrow(), new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
                admission
                        .accept(remote, Multiaddr.ofTcp(remote), accepting.getAsBoolean())
                        .ifPresentOrElse(
                                account -> upgrade(channel, account, Role.LISTENER, Optional.empty(), Optional.empty()),
                                () -> {
                                    var _ = channel.close();
                                });
            }
        });
    }

    @Override
    public Future<Void> stopListening(Channel listener) {
        return Futures.freed(listener);
    }

    @Override
    public Future<Void> keep(Channel listener) {
        // What was told to stop has no way back, and the port may be free by now or not.
        Promise<Void> promise = GlobalEventExecutor.INSTANCE.newPromise();
        Futures.freed(listener).addListener(_ -> promise.setFailure(new ClosedChannelException()));
        return promise;
    }

    @Override
    public Multiaddr addressOf(Channel listener) {
        return Multiaddr.ofTcp((InetSocketAddress) listener.localAddress());
    }

    @Override
    public Dial.Abort dial(ConnectionAccount account, Optional<PeerId> expected, Dial.Attempt attempt) {
        EventLoop loop = group.next();
        ChannelFuture connecting =
                transport.dial(loop, account.address().tcpAddress().orElseThrow(), new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        upgrade(channel, account, Role.DIALLER, expected, Optional.of(attempt));
                    }
                });
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                // The upgrade may know a better reason, and has told it then.
                Throwable cause = connected.isCancelled() ? Establisher.cancelled() : connected.cause();
                account.failed(cause);
                attempt.failed(cause);
            }
        });
        // On the loop of the channel, so that what is told stays in order.
        return () -> loop.execute(() -> {
            connecting.cancel(false);
            account.failed(Establisher.cancelled());
            attempt.failed(Establisher.cancelled());
            var _ = connecting.channel().close();
        });
    }

    private void upgrade(
            Channel channel,
            ConnectionAccount account,
            Role role,
            Optional<PeerId> expected,
            Optional<Dial.Attempt> attempt) {
        channel.pipeline()
                .addLast(new TrafficCounter(account))
                .addLast(new UpgradeHandler(role, expected, means, new Upgrade(account, role, attempt)));
    }

    /** One connection on its way. */
    private final class Upgrade implements UpgradeHandler.Outcome {

        private final ConnectionAccount account;
        private final Role role;
        private final Optional<Dial.Attempt> attempt;
        private Optional<SwarmConnection> connection = Optional.empty();

        private Upgrade(ConnectionAccount account, Role role, Optional<Dial.Attempt> attempt) {
            this.account = account;
            this.role = role;
            this.attempt = attempt;
        }

        @Override
        public void securing(String protocol) {
            account.securing(protocol);
        }

        @Override
        public void secured(ChannelHandlerContext ctx, SecureSession session) throws RefusedException {
            account.secured(session, ctx.channel().remoteAddress());
        }

        @Override
        public ChannelHandler established(ChannelHandlerContext ctx, SecureSession session, String muxer)
                throws RefusedException {
            Establisher.claim(attempt);
            Channel channel = ctx.channel();
            InboundStreams streams = new InboundStreams(establisher.protocols());
            YamuxHandler handler = new YamuxHandler(role, yamux, streams, account.receiveMemory());
            Multiaddr local = Multiaddr.ofTcp((InetSocketAddress) channel.localAddress());
            SwarmConnection upgrading = establisher.connection(account, role, NAME, session, local, channel, handler);
            streams.belongTo(upgrading);
            ctx.pipeline().addLast(new ConnectionTail(upgrading));
            connection = Optional.of(upgrading);
            return handler;
        }

        @Override
        public void upgraded() {
            connection.ifPresent(ready -> establisher.established(ready, attempt));
        }

        @Override
        public void failed(Throwable cause) {
            Throwable told = ofConnected(cause);
            account.failed(told);
            attempt.ifPresent(dialled -> dialled.failed(told));
        }

        /** The network broke what was connected; what was never connected does not come here. */
        private static Throwable ofConnected(Throwable cause) {
            String text = ConnectionAccount.text(cause);
            return switch (cause) {
                case ClosedChannelException _, SSLException _ ->
                    new RefusedException(FailureReason.REMOTE_CLOSED, text);
                case IOException _ -> new RefusedException(FailureReason.RESET, text);
                default -> cause;
            };
        }
    }
}
