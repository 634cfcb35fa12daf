package proteus.adapters.libp2p.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.address;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.dial;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.get;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.io.Closeable;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.event.StreamEvent;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ConnectionGate;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.DirectionLimits;
import proteus.adapters.libp2p.engine.limits.GateRefusal;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.adapters.libp2p.engine.limits.ResourceUsage;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;
import proteus.adapters.libp2p.engine.upgrade.StreamRefusedException;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** What a host does, whatever carries its connections. */
abstract class HostContract {

    static final String ECHO = "/test/echo/1.0.0";

    final TestHosts hosts = new TestHosts();

    /** What a host listens at. */
    abstract String anyPort();

    /** How many streams keep an idle connection alive. */
    abstract int streamsOfPings();

    /** A port that nobody listens at. */
    abstract Multiaddr refusing() throws Exception;

    /** What the system says of that. */
    abstract String refusal();

    /** Somebody who listens and says nothing. */
    abstract Silent silent() throws Exception;

    interface Silent extends Closeable {

        Multiaddr address();

        @Override
        void close() throws java.io.IOException;
    }

    @AfterEach
    void closeTheHosts() {
        hosts.close();
    }

    @Test
    void aStreamCarriesBytesBothWays() throws Exception {
        TestHost listener = echoing(hosts.start());
        TestHost dialler = hosts.start();
        Connection connection = dial(dialler, listener.listen(anyPort()));

        assertThat(echo(connection, List.of(ECHO), "over and back")).isEqualTo("over and back");
        assertThat(dialler.await(StreamEvent.Opened.class).protocol()).isNotEmpty();
    }

    @Test
    void theBytesOnTheWireAreTold() throws Exception {
        TestHost listener = echoing(hosts.start());
        TestHost dialler = hosts.start();
        Connection connection = dial(dialler, listener.listen(anyPort()));
        String text = "x".repeat(200_000);
        assertThat(echo(connection, List.of(ECHO), text)).isEqualTo(text);

        get(connection.close());

        for (TestHost host : List.of(listener, dialler)) {
            host.awaitThat(() -> host.counts.bytesRead() > text.length(), "bytes that were read");
            host.awaitThat(() -> host.counts.bytesWritten() > text.length(), "bytes that were written");
            assertThat(host.counts.bytesRead()).isLessThan(2 * text.length());
            assertThat(host.counts.bytesWritten()).isLessThan(2 * text.length());
        }
    }

    @Test
    void aStreamThatIsEndedAtOnceIsAnsweredToo() throws Exception {
        TestHost listener = echoing(hosts.start());
        Connection connection = dial(hosts.start(), listener.listen(anyPort()));
        CompletableFuture<Boolean> ended = new CompletableFuture<>();

        get(connection.open(List.of(ECHO), stream -> {
            stream.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    if (event instanceof ChannelInputShutdownEvent) {
                        ended.complete(true);
                    }
                }

                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    ended.completeExceptionally(cause);
                }
            });
            stream.channel().shutdownOutput();
        }));

        assertThat(ended.get(TestHosts.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        listener.await(StreamEvent.Closed.class);
    }

    @Test
    void theFirstProtocolThatTheRemoteSpeaksIsTaken() throws Exception {
        TestHost listener = echoing(hosts.start());
        Connection connection = dial(hosts.start(), listener.listen(anyPort()));

        assertThat(echo(connection, List.of("/test/newer/2.0.0", ECHO, "/test/older/0.1.0"), "x"))
                .isEqualTo("x");
    }

    @Test
    void aProtocolThatTheRemoteDoesNotSpeakBreaksTheStreamAtItsFirstRead() throws Exception {
        TestHost listener = hosts.start();
        Connection connection = dial(hosts.start(), listener.listen(anyPort()));

        assertThatThrownBy(() -> echo(connection, List.of("/test/unknown/1.0.0"), "x"))
                .rootCause()
                .isInstanceOfAny(NegotiationFailedException.class, StreamResetException.class);
        assertThatThrownBy(() -> get(connection.open(List.of("/a", "/b"), _ -> {})))
                .hasCauseInstanceOf(NegotiationFailedException.class);
        assertThat(listener.await(StreamEvent.NegotiationFailed.class).direction())
                .isEqualTo(Direction.INBOUND);
    }

    @Test
    void anotherPeerThanTheAddressNamesIsNotAccepted() throws Exception {
        TestHost listener = hosts.start();
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(anyPort()).withoutPeerId();
        PeerId somebodyElse = hosts.start().host.peerId();

        assertThatThrownBy(() -> dial(dialler, address.withPeerId(somebodyElse)))
                .hasCauseInstanceOf(DialFailedException.class);
        assertThat(dialler.await(ConnectionEvent.DialFailed.class).reason()).isEqualTo(FailureReason.WRONG_PEER);
        assertThat(dialler.host.connections()).isEmpty();
    }

    @Test
    void theAddressThatAnswersLeadsToThePeer() throws Exception {
        TestHost listener = hosts.start();
        Multiaddr address = listener.listen(anyPort()).withoutPeerId();

        Connection connection = dial(hosts.start(), refusing(), address, refusing());

        assertThat(connection.remoteAddress()).isEqualTo(address);
    }

    @Test
    void aDialThatLeadsNowhereSaysOfEachAddressWhy() throws Exception {
        TestHost dialler = hosts.start();
        Multiaddr refusing = refusing();

        assertThatThrownBy(() -> dial(dialler, refusing, address("/ip4/127.0.0.1/tcp/1/ws")))
                .cause()
                .isInstanceOfSatisfying(
                        DialFailedException.class,
                        failed -> assertThat(failed.attempts()).hasSize(2))
                .hasMessageContaining(refusal())
                .hasMessageContaining("no transport");
        assertThatThrownBy(() -> dial(dialler)).cause().hasMessageContaining("no address");
    }

    @Test
    void aPortThatRefusesIsClosedHoweverLateThatIsLookedAt() throws Exception {
        TestHost dialler = hosts.start();
        Multiaddr refusing = refusing();

        for (int i = 0; i < 300; i++) {
            assertThatThrownBy(() -> dial(dialler, refusing)).cause().hasMessageContaining(refusal());
        }

        assertThat(dialler.events(ConnectionEvent.DialFailed.class))
                .hasSize(300)
                .extracting(ConnectionEvent.DialFailed::reason)
                .containsOnly(FailureReason.PORT_CLOSED);
        assertThat(dialler.events(ConnectionEvent.SecurityFailed.class)).isEmpty();
    }

    @Test
    void theOthersAreGivenUpWhenOneIsThrough() throws Exception {
        TestHost listener = hosts.start();
        TestHost dialler = hosts.start();
        try (Silent silent = silent()) {
            Multiaddr address = listener.listen(anyPort()).withoutPeerId();

            dial(dialler, silent.address(), address, silent.address());

            dialler.awaitThat(
                    () -> dialler.events(ConnectionEvent.DialFailed.class).size() == 2, "two that were given up");
            assertThat(dialler.events(ConnectionEvent.DialFailed.class))
                    .extracting(ConnectionEvent.DialFailed::reason)
                    .containsOnly(FailureReason.CANCELLED);
            assertThat(dialler.events(ConnectionEvent.SecurityFailed.class)).isEmpty();
        }
    }

    @Test
    void theGateRefusesAtAcceptAfterSecurityAndAtStreamOpen() throws Exception {
        TestHost dialler = hosts.start();
        TestHost atAccept = hosts.start(with -> with.gate(new ConnectionGate() {
            @Override
            public Optional<GateRefusal> atAccept(SocketAddress remote) {
                return Optional.of(new GateRefusal("nobody"));
            }
        }));
        TestHost afterSecurity = hosts.start(with -> with.gate(new ConnectionGate() {
            @Override
            public Optional<GateRefusal> afterSecurity(PeerId peer, SocketAddress remote, Direction direction) {
                return peer.equals(dialler.host.peerId()) ? Optional.of(new GateRefusal("not you")) : Optional.empty();
            }
        }));
        TestHost atStream = echoing(hosts.start(with -> with.gate(new ConnectionGate() {
            @Override
            public Optional<GateRefusal> atStreamOpen(PeerId peer, String protocol, Direction direction) {
                return protocol.equals(ECHO) ? Optional.of(new GateRefusal("no echo")) : Optional.empty();
            }
        })));

        assertThatThrownBy(() -> dial(dialler, atAccept.listen(anyPort())))
                .hasCauseInstanceOf(DialFailedException.class);
        // The dialler may be through before the listener has looked at who it is.
        Future<Connection> second = dialler.host.dial(List.of(afterSecurity.listen(anyPort())));
        Connection third = dial(dialler, atStream.listen(anyPort()));

        assertThat(atAccept.await(ConnectionEvent.RefusedAtAccept.class).text()).isEqualTo("nobody");
        assertThat(afterSecurity.await(ConnectionEvent.AcceptFailed.class).reason())
                .isEqualTo(FailureReason.GATE);
        second.await(TestHosts.PATIENCE.toMillis());
        assertThat(afterSecurity.host.connections()).isEmpty();
        assertThatThrownBy(() -> echo(third, List.of(ECHO), "x")).isInstanceOf(ExecutionException.class);
        assertThat(atStream.await(StreamEvent.Refused.class).text()).isEqualTo("no echo");
    }

    @Test
    void aSourceHasSoManyConnectionsAndNoMore() throws Exception {
        TestHost listener = hosts.start(with -> with.sources(new SourceLimitSettings(2, 0, 0, 16, false)));
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(anyPort());
        Connection first = dial(dialler, address);
        dial(dialler, address);

        assertThatThrownBy(() -> dial(dialler, address)).hasCauseInstanceOf(DialFailedException.class);
        get(first.close());
        listener.await(ConnectionEvent.Closed.class);
        dial(dialler, address);

        // Over QUIC a dialler tries again when it hears nothing.
        assertThat(listener.counts.count(ConnectionEvent.RefusedAtAccept.class)).isPositive();
    }

    @Test
    void aPeerHasSoManyConnectionsAndNoMore() throws Exception {
        HostLimits usual = HostLimits.defaults();
        HostLimits one = new HostLimits(
                usual.system(),
                usual.pending(),
                usual.peer().withConnections(DirectionLimits.ofTotal(1)),
                usual.connection(),
                usual.stream());
        TestHost listener = hosts.start(with -> with.limits(one));
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(anyPort());
        dial(dialler, address);
        listener.await(ConnectionEvent.Established.class);

        Future<Connection> second = dialler.host.dial(List.of(address));

        assertThat(listener.await(ConnectionEvent.AcceptFailed.class).reason()).isEqualTo(FailureReason.RESOURCE_LIMIT);
        second.await(TestHosts.PATIENCE.toMillis());
        dial(hosts.start(), address);
    }

    @Test
    void aConnectionHasSoManyStreamsAndNoMore() throws Exception {
        HostLimits usual = HostLimits.defaults();
        HostLimits few = new HostLimits(
                usual.system(),
                usual.pending(),
                usual.peer(),
                usual.connection().withStreams(DirectionLimits.ofTotal(3 + streamsOfPings())),
                usual.stream());
        TestHost listener = echoing(hosts.start());
        TestHost dialler = hosts.start(with -> with.limits(few));
        Connection connection = dial(dialler, listener.listen(anyPort()));
        get(connection.identified());
        dialler.awaitThat(() -> dialler.events(StreamEvent.Closed.class).size() == 2, "identify in both directions");
        dialler.awaitThat(() -> connection.openStreams() == streamsOfPings(), "the end of identify");
        for (int i = 0; i < 3; i++) {
            get(connection.open(List.of(ECHO), _ -> {}));
        }

        assertThatThrownBy(() -> get(connection.open(List.of(ECHO), _ -> {})))
                .hasCauseInstanceOf(StreamRefusedException.class);
    }

    @Test
    void aConnectionWithoutStreamsIsClosedAndOneWithIsNot() throws Exception {
        TestHost listener = echoing(hosts.start());
        TestHost dialler =
                hosts.start(with -> with.timeouts(HostSettings.Timeouts.STANDARD.withIdle(Duration.ofMillis(150))));
        Connection connection = dial(dialler, listener.listen(anyPort()));
        Stream stream = get(connection.open(List.of(ECHO), _ -> {}));
        get(connection.identified());

        assertThat(connection.closed().await(450)).isFalse();
        stream.reset();

        get(connection.closed());
        assertThat(dialler.await(ConnectionEvent.Closed.class).cause()).isEqualTo(CloseCause.IDLE);
        assertThat(listener.await(ConnectionEvent.Closed.class).cause()).isEqualTo(CloseCause.REMOTE);
    }

    @Test
    void bothSidesTellEachOtherWhoTheyAreAndWhatIsNew() throws Exception {
        TestHost listener =
                hosts.start(with -> with.protocolVersion("/test/net").agentVersion("listener/1"));
        TestHost dialler = hosts.start(with -> with.agentVersion("dialler/2"));
        Multiaddr address = listener.listen(anyPort());
        Connection connection = dial(dialler, address);

        var info = get(connection.identified());

        assertThat(info.protocolVersion()).contains("/test/net");
        assertThat(info.agentVersion()).contains("listener/1");
        assertThat(info.listenAddresses()).containsExactly(address.withoutPeerId());
        assertThat(info.observedAddress()).contains(connection.localAddress());
        assertThat(info.protocols()).contains("/ipfs/ping/1.0.0", "/ipfs/id/1.0.0", "/ipfs/id/push/1.0.0");
        assertThat(listener.await(ProtocolEvent.Identified.class).agentVersion())
                .isEqualTo("dialler/2");

        echoing(listener);
        dialler.awaitThat(
                () -> connection.remoteInfo().orElseThrow().protocols().contains(ECHO), "the push of the new protocol");
    }

    @Test
    void aHandlerThatThrowsLosesItsStreamAndNothingElse() throws Exception {
        TestHost listener = echoing(hosts.start());
        listener.host.handle(
                "/test/broken",
                _ -> {
                    throw new IllegalStateException("planted");
                },
                KeepAlive.YES);
        Connection connection = dial(hosts.start(), listener.listen(anyPort()));

        assertThatThrownBy(() -> echo(connection, List.of("/test/broken"), "x")).isInstanceOf(ExecutionException.class);
        assertThat(echo(connection, List.of(ECHO), "still there")).isEqualTo("still there");
    }

    @Test
    void closingAHostEndsItsConnectionsAndItsListener() throws Exception {
        closingAHostEndsItsConnectionsAndItsListener(with -> with);
    }

    void closingAHostEndsItsConnectionsAndItsListener(UnaryOperator<HostSettings.Builder> with) throws Exception {
        TestHost listener = hosts.start(with);
        TestHost dialler = hosts.start(with);
        Multiaddr address = listener.listen(anyPort());
        Connection connection = dial(dialler, address);
        listener.await(ConnectionEvent.Established.class);

        listener.host.close();

        get(connection.closed());
        assertThat(dialler.host.connections()).isEmpty();
        assertThat(listener.await(ConnectionEvent.Closed.class).cause()).isEqualTo(CloseCause.STOPPING);
        assertThatThrownBy(() -> dial(dialler, address)).hasCauseInstanceOf(DialFailedException.class);
        assertThat(listener.host.usage()).isEqualTo(ResourceUsage.NONE);
        assertThatThrownBy(() -> get(listener.host.listen(address(anyPort())))).isInstanceOf(ExecutionException.class);
    }

    @Test
    void closingAConnectionWhoseHostIsClosedDoesNothing() throws Exception {
        TestHost listener = hosts.start();
        TestHost dialler = hosts.start();
        Connection connection = dial(dialler, listener.listen(anyPort()));
        dialler.host.close();

        assertThat(connection.close().isSuccess()).isTrue();
    }

    static TestHost echoing(TestHost host) {
        host.host.handle(
                ECHO,
                stream -> stream.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
                        ctx.writeAndFlush(bytes);
                    }

                    @Override
                    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        if (event instanceof ChannelInputShutdownEvent) {
                            ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(_ -> ctx.close());
                        }
                    }
                }),
                KeepAlive.YES);
        return host;
    }

    static String echo(Connection connection, List<String> protocols, String text) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Stream stream = get(connection.open(
                protocols,
                opened -> opened.channel().pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
                    private final StringBuilder received = new StringBuilder();

                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                        received.append(bytes.toString(StandardCharsets.US_ASCII));
                    }

                    @Override
                    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        if (event instanceof ChannelInputShutdownEvent) {
                            answer.complete(received.toString());
                            ctx.close();
                        }
                    }

                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        answer.completeExceptionally(cause);
                        ctx.close();
                    }

                    @Override
                    public void channelInactive(ChannelHandlerContext ctx) {
                        answer.completeExceptionally(new IllegalStateException("closed"));
                    }
                })));
        stream.channel().writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        stream.channel().shutdownOutput();
        return answer.get(TestHosts.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
