package proteus.adapters.libp2p.engine.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static proteus.adapters.libp2p.engine.transport.quic.TestEndpoint.await;
import static proteus.adapters.libp2p.engine.transport.quic.TestEndpoint.next;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;
import proteus.adapters.libp2p.engine.upgrade.StreamRefusedException;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

@Timeout(60)
class QuicTransportTest {

    private TestEndpoint alice = new TestEndpoint(QuicSettings.defaults());
    private TestEndpoint bob = new TestEndpoint(QuicSettings.defaults());
    private Channel listener;

    @BeforeEach
    void listen() throws Exception {
        listener = bob.listen();
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
    }

    private void restart(QuicSettings dialler, QuicSettings listening) throws Exception {
        close();
        alice = new TestEndpoint(dialler);
        bob = new TestEndpoint(listening);
        listener = bob.listen();
    }

    private static QuicSettings with(
            Duration handshake, Duration idle, int streams, long window, int resets, int calm) {
        QuicSettings usual = QuicSettings.defaults();
        return new QuicSettings(
                handshake,
                idle,
                streams,
                window,
                usual.connectionWindow(),
                resets,
                usual.handshakes(),
                calm,
                usual.tokenLifetime(),
                usual.udpPayload(),
                usual.socketBuffer(),
                usual.congestionControl());
    }

    private static QuicSettings withStreams(int streams) {
        return with(Duration.ofSeconds(5), Duration.ofSeconds(10), streams, 10_000_000, 4096, 32);
    }

    private static QuicSettings withIdleTimeout(Duration idle) {
        return with(Duration.ofSeconds(5), idle, 256, 10_000_000, 4096, 32);
    }

    private static QuicSettings withWindow(long window) {
        return with(Duration.ofSeconds(5), Duration.ofSeconds(10), 256, window, 4096, 32);
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static DuplexChannel channel(RecordingStream stream) throws Exception {
        return stream.channel.get(10, TimeUnit.SECONDS);
    }

    @Test
    void provesBothIdentities() throws Exception {
        QuicConnection out =
                alice.dial(listener, Optional.of(bob.identity.peerId())).get(10, TimeUnit.SECONDS);
        QuicConnection in = next(bob.connections);

        assertThat(out.session())
                .isEqualTo(new SecureSession(
                        "/tls/1.0.0", bob.identity.publicKey(), bob.identity.peerId(), Optional.empty()));
        assertThat(in.session())
                .isEqualTo(new SecureSession(
                        "/tls/1.0.0", alice.identity.publicKey(), alice.identity.peerId(), Optional.empty()));
        assertThat(out.role()).isEqualTo(Role.DIALLER);
        assertThat(in.role()).isEqualTo(Role.LISTENER);
        assertThat(out.remoteAddress()).isEqualTo(listener.localAddress());
        assertThat(in.remoteAddress().getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(out.id()).isEqualTo("quic");
    }

    @Test
    void refusesAnotherPeerThanExpected() {
        PeerId somebody = Identity.generate(alice.random).peerId();

        assertThatThrownBy(() -> alice.dial(listener, Optional.of(somebody)).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        SecurityFailedException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.WRONG_PEER))
                .hasMessageContaining(somebody.toString());
        await("the socket is closed", () -> alice.transport.openSockets() == 0);
    }

    @Test
    void tellsTheListenerOfAHandshakeThatTheDiallerRefused() throws Exception {
        PeerId somebody = Identity.generate(alice.random).peerId();

        alice.dial(listener, Optional.of(somebody)).await(10, TimeUnit.SECONDS);

        SecurityFailedException failure = next(bob.failures);
        assertThat(failure).hasMessage("the remote closed with alert 42");
        assertThat(failure.reason()).isEqualTo(Reason.UNAUTHENTIC);
        assertThat(bob.connections).isEmpty();
    }

    @Test
    void echoesAcrossAStream() throws Exception {
        bob.echo = true;
        QuicConnection out = alice.connect(listener);
        RecordingStream stream = alice.open(out);

        channel(stream).writeAndFlush(text("hello "));
        channel(stream).writeAndFlush(text("world"));
        channel(stream).shutdownOutput();

        assertThat(stream.wholeInput.get(10, TimeUnit.SECONDS)).isEqualTo("hello world");
        assertThat(stream.story.get(10, TimeUnit.SECONDS)).containsExactly("end of input", "closed");
        assertThat(next(bob.inbound).story.get(10, TimeUnit.SECONDS)).containsExactly("end of input", "closed");
        await("no stream is open", () -> out.openStreams() == 0);
    }

    @Test
    void letsTheListenerOpenStreamsToo() throws Exception {
        alice.connect(listener);
        alice.echo = true;
        RecordingStream stream = bob.open(next(bob.connections));

        channel(stream).writeAndFlush(text("from the listener"));
        channel(stream).shutdownOutput();

        assertThat(stream.wholeInput.get(10, TimeUnit.SECONDS)).isEqualTo("from the listener");
    }

    @Test
    void letsOneSideSpeakAfterItsInputHasEnded() throws Exception {
        RecordingStream stream = alice.open(alice.connect(listener));
        channel(stream).shutdownOutput();
        RecordingStream remote = next(bob.inbound);
        remote.wholeInput.get(10, TimeUnit.SECONDS);

        channel(remote).writeAndFlush(text("still here"));
        channel(remote).shutdownOutput();

        assertThat(stream.wholeInput.get(10, TimeUnit.SECONDS)).isEqualTo("still here");
        assertThat(channel(stream).isOutputShutdown()).isTrue();
    }

    @Test
    void endsTheOutputOnlyAfterWhatWasWrittenThoughTheWindowIsFull() throws Exception {
        restart(QuicSettings.defaults(), withWindow(20_000));
        RecordingStream stream = alice.open(alice.connect(listener));
        int bytes = 1_000_000;

        channel(stream).config().setAutoRead(true);
        for (int i = 0; i < 10; i++) {
            channel(stream).writeAndFlush(Unpooled.buffer().writeZero(bytes / 10));
        }
        channel(stream).shutdownOutput();

        assertThat(next(bob.inbound).wholeInput.get(10, TimeUnit.SECONDS)).hasSize(bytes);
    }

    @Test
    void isNotWritableWhileTheRemoteDoesNotRead() throws Exception {
        restart(QuicSettings.defaults(), withWindow(20_000));
        RecordingStream stream = alice.open(alice.connect(listener));
        channel(stream).writeAndFlush(text("x")).sync();
        RecordingStream remote = next(bob.inbound);
        channel(remote).config().setAutoRead(false);
        // A read that is under way takes what is there; after it nothing is read.
        ChannelFuture last = channel(stream).writeAndFlush(Unpooled.buffer().writeZero(200_000));

        await("the window is full", () -> !channelOf(stream).isWritable());
        assertThat(last.isDone()).isFalse();
        channel(remote).config().setAutoRead(true);

        last.get(10, TimeUnit.SECONDS);
        await("there is room again", () -> channelOf(stream).isWritable());
    }

    private static DuplexChannel channelOf(RecordingStream stream) {
        return stream.channel.getNow(null);
    }

    @Test
    void tellsOfAResetByTheRemote() throws Exception {
        QuicConnection out = alice.connect(listener);
        RecordingStream stream = alice.open(out);
        channel(stream).writeAndFlush(text("x")).sync();
        RecordingStream remote = next(bob.inbound);

        out.reset(channel(stream));

        assertThat(remote.caught.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
        assertThat(remote.story.get(10, TimeUnit.SECONDS)).containsExactly("StreamResetException", "closed");
        assertThat(stream.story.get(10, TimeUnit.SECONDS)).containsExactly("closed");
        await("no stream is open", () -> out.openStreams() == 0);
    }

    @Test
    void resetsByAnyCloseOfAStreamThatHasNotEnded() throws Exception {
        RecordingStream stream = alice.open(alice.connect(listener));
        channel(stream).writeAndFlush(text("x")).sync();
        RecordingStream remote = next(bob.inbound);
        channel(remote).shutdownOutput().sync();
        stream.wholeInput.get(10, TimeUnit.SECONDS);

        // Our output has not ended; the remote's has.
        channel(stream).close();

        assertThat(remote.story.get(10, TimeUnit.SECONDS)).containsExactly("StreamResetException", "closed");
    }

    @Test
    void failsWritesToAStreamThatTheRemoteResets() throws Exception {
        QuicConnection out = alice.connect(listener);
        RecordingStream stream = alice.open(out);
        channel(stream).writeAndFlush(text("x")).sync();
        RecordingStream remote = next(bob.inbound);

        next(bob.connections).reset(channel(remote));

        assertThat(stream.story.get(10, TimeUnit.SECONDS)).containsExactly("StreamResetException", "closed");
        assertThat(catchThrowable(() -> channel(stream).writeAndFlush(text("y")).sync()))
                .isNotNull();
    }

    @Test
    void carriesAHundredStreamsAtATime() throws Exception {
        bob.echo = true;
        QuicConnection out = alice.connect(listener);
        List<RecordingStream> streams = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            streams.add(alice.open(out));
        }
        assertThat(out.openStreams()).isEqualTo(100);

        for (int i = 0; i < streams.size(); i++) {
            channel(streams.get(i)).writeAndFlush(text("stream " + i + " ".repeat(20_000)));
            channel(streams.get(i)).shutdownOutput();
        }

        for (int i = 0; i < streams.size(); i++) {
            assertThat(streams.get(i).wholeInput.get(20, TimeUnit.SECONDS).trim())
                    .isEqualTo("stream " + i);
        }
        await("all are closed", () -> out.openStreams() == 0);
    }

    @Test
    void respectsHowManyStreamsTheRemoteAllows() throws Exception {
        restart(QuicSettings.defaults(), withStreams(3));
        bob.echo = true;
        QuicConnection out = alice.connect(listener);
        List<RecordingStream> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            streams.add(alice.open(out));
        }

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> alice.open(out)).hasCauseInstanceOf(StreamRefusedException.class);
        }

        // Those that were refused used nothing up: as many as end can be opened anew.
        for (RecordingStream stream : streams) {
            channel(stream).shutdownOutput();
            stream.story.get(10, TimeUnit.SECONDS);
        }
        for (int i = 0; i < 3; i++) {
            await("a stream can be opened", () -> {
                try {
                    channel(alice.open(out)).writeAndFlush(text("again")).sync();
                    return true;
                } catch (ExecutionException refused) {
                    return false;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    @Test
    void resetsAStreamWhoseOpeningWasCancelled() throws Exception {
        QuicConnection out = alice.connect(listener);

        for (int i = 0; i < 50; i++) {
            Future<DuplexChannel> opening = out.openStream(new RecordingStream(false));
            opening.cancel(false);
        }

        await("none is left", () -> out.openStreams() == 0);
        assertThat(alice.open(out)).isNotNull();
    }

    @Test
    void closesAConnectionWithTooManyResets() throws Exception {
        restart(QuicSettings.defaults(), with(Duration.ofSeconds(5), Duration.ofSeconds(10), 256, 10_000_000, 5, 32));
        QuicConnection out = alice.connect(listener);
        for (int i = 0; i < 5; i++) {
            assertThat(out.channel().isActive()).isTrue();
            RecordingStream stream = alice.open(out);
            channel(stream).writeAndFlush(text("x")).sync();
            next(bob.inbound);
            out.reset(channel(stream));
        }

        assertThat(out.channel().closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closesItsStreamsAndItsSocketWithTheConnection() throws Exception {
        QuicConnection out = alice.connect(listener);
        RecordingStream stream = alice.open(out);
        channel(stream).writeAndFlush(text("x")).sync();
        RecordingStream remote = next(bob.inbound);
        assertThat(alice.transport.openSockets()).isEqualTo(1);

        out.close().sync();

        assertThat(remote.story.get(10, TimeUnit.SECONDS)).containsExactly("StreamResetException", "closed");
        assertThat(stream.story.get(10, TimeUnit.SECONDS)).containsExactly("StreamResetException", "closed");
        await("the socket is closed", () -> alice.transport.openSockets() == 0);
        assertThatThrownBy(() -> alice.open(out)).hasCauseInstanceOf(StreamRefusedException.class);
        assertThat(next(bob.connections).channel().closeFuture().await(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void endsAllConnectionsWithTheListener() throws Exception {
        QuicConnection out = alice.connect(listener);

        listener.close().sync();

        // Long before it is idle for too long: it was told.
        assertThat(out.channel().closeFuture().await(5, TimeUnit.SECONDS)).isTrue();
        await("all sockets are closed", () -> alice.transport.openSockets() + bob.transport.openSockets() == 0);
    }

    @Test
    void closesTheSocketOfACancelledDial() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress nobody = (InetSocketAddress) silent.getLocalSocketAddress();
            List<Future<QuicConnection>> dials = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                dials.add(alice.transport.dial(nobody, Optional.empty(), new RecordingStream(false)));
            }
            // The last one has sent its first packet.
            silent.setSoTimeout(10_000);
            silent.receive(new DatagramPacket(new byte[2000], 2000));

            dials.forEach(dial -> dial.cancel(false));

            await("all sockets are closed", () -> alice.transport.openSockets() == 0);
            for (Future<QuicConnection> dial : dials) {
                assertThatThrownBy(dial::get).isInstanceOf(CancellationException.class);
            }
        }
    }

    @Test
    void closesTheSocketOfADialThatIsCancelledAnywhere() throws Exception {
        for (int i = 0; i < 30; i++) {
            Future<QuicConnection> dial = alice.dial(listener, Optional.empty());
            if (i % 3 == 0) {
                int before = bob.asked.get();
                await("it is under way", () -> bob.asked.get() > before || dial.isDone());
            }
            if (!dial.cancel(false)) {
                dial.get().close().sync();
            }
        }

        await("all sockets are closed", () -> alice.transport.openSockets() == 0);
        assertThat(alice.connect(listener).channel().isActive()).isTrue();
    }

    @Test
    void failsInTimeIfNobodyAnswers() throws Exception {
        restart(
                with(Duration.ofMillis(200), Duration.ofSeconds(10), 256, 10_000_000, 4096, 32),
                QuicSettings.defaults());
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Future<QuicConnection> dial = alice.transport.dial(
                    (InetSocketAddress) silent.getLocalSocketAddress(), Optional.empty(), new RecordingStream(false));

            assertThatThrownBy(() -> dial.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(io.netty.channel.ConnectTimeoutException.class);
            await("the socket is closed", () -> alice.transport.openSockets() == 0);
        }
    }

    @Test
    void endsAHandshakeThatTheDiallerDoesNotFinish() throws Exception {
        restart(
                QuicSettings.defaults(),
                with(Duration.ofMillis(200), Duration.ofSeconds(10), 256, 10_000_000, 4096, 32));
        byte[] hello = RawQuic.firstPacketOf(alice);

        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.send(new DatagramPacket(hello, hello.length, listener.localAddress()));

            assertThat(next(bob.failures).reason()).isEqualTo(Reason.CLOSED);
            assertThat(bob.asked).hasValue(1);
        }
    }

    @Test
    void asksTheAcceptorBeforeAnyAnswer() throws Exception {
        bob.admitting = false;
        byte[] hello = RawQuic.firstPacketOf(alice);

        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.send(new DatagramPacket(hello, hello.length, listener.localAddress()));
            await("it is asked", () -> bob.asked.get() == 1);
            bob.admitting = true;
            socket.send(new DatagramPacket(hello, hello.length, listener.localAddress()));

            socket.setSoTimeout(10_000);
            socket.receive(new DatagramPacket(new byte[2000], 2000));
            assertThat(bob.asked).hasValue(2);
            assertThat(bob.failures).isEmpty();
        }
    }

    @Test
    void livesThroughGarbage() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] hello = RawQuic.firstPacketOf(alice);
        QuicConnection out = alice.connect(listener);

        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 2000; i++) {
                byte[] garbage = new byte[random.nextInt(1452)];
                random.nextBytes(garbage);
                if (i % 3 == 0) {
                    garbage = hello.clone();
                    for (int j = 0; j < 4; j++) {
                        garbage[random.nextInt(60)] = (byte) random.nextInt();
                    }
                }
                socket.send(new DatagramPacket(garbage, garbage.length, listener.localAddress()));
            }
        }

        assertThat(listener.isActive()).as("seed %d", seed).isTrue();
        bob.echo = true;
        RecordingStream stream = alice.open(out);
        channel(stream).writeAndFlush(text("alive"));
        channel(stream).shutdownOutput();
        assertThat(stream.wholeInput.get(10, TimeUnit.SECONDS))
                .as("seed %d", seed)
                .isEqualTo("alive");
        assertThat(alice.connect(listener).channel().isActive()).isTrue();
    }

    @Test
    void asksForNoProofOfTheAddressWhenItIsCalm() throws Exception {
        byte[] hello = RawQuic.firstPacketOf(alice);

        assertThat(RawQuic.isRetry(RawQuic.answer(listener, hello))).isFalse();
    }

    @Test
    void asksForAProofOfTheAddressWhenItIsBusy() throws Exception {
        restart(QuicSettings.defaults(), with(Duration.ofSeconds(5), Duration.ofSeconds(10), 256, 10_000_000, 4096, 1));
        byte[] first = RawQuic.firstPacketOf(alice);
        byte[] second = RawQuic.firstPacketOf(alice);

        // The first one is admitted and stays under way.
        assertThat(RawQuic.isRetry(RawQuic.answer(listener, first))).isFalse();
        assertThat(RawQuic.isRetry(RawQuic.answer(listener, second))).isTrue();
        assertThat(bob.asked).hasValue(1);

        // One that follows the Retry gets through.
        assertThat(alice.connect(listener).channel().isActive()).isTrue();
    }

    @Test
    void answersATokenOfSomebodyElseWithAProofOfItsOwn() throws Exception {
        byte[] hello = RawQuic.withToken(RawQuic.firstPacketOf(alice), new byte[60]);

        byte[] answer = RawQuic.answer(listener, hello);

        assertThat(RawQuic.isRetry(answer)).isTrue();
        assertThat(answer.length).isLessThan(hello.length);
        assertThat(bob.asked).hasValue(0);
    }

    @Test
    void endsAConnectionThatIsIdle() throws Exception {
        restart(QuicSettings.defaults(), withIdleTimeout(Duration.ofMillis(300)));
        QuicConnection out = alice.connect(listener);
        RecordingStream stream = alice.open(out);

        assertThat(stream.story.get(10, TimeUnit.SECONDS)).containsExactly("StreamResetException", "closed");
        assertThat(out.channel().closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
        await("the socket is closed", () -> alice.transport.openSockets() == 0);
    }
}
