package proteus.bootstrap.interop;

import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.ping.PingFailedException;
import proteus.adapters.libp2p.engine.ping.PingListener;
import proteus.adapters.libp2p.engine.ping.PingProtocol;
import proteus.adapters.libp2p.engine.ping.PingSettings;
import proteus.adapters.libp2p.engine.ping.Pinger;
import proteus.application.frame.FrameEncoding;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/**
 * A connection with a gateway stream on which a test says whatever it wants. Closing it closes the connection.
 *
 * <p>One thread may read while another writes.
 */
final class GatewayPeer implements Talk {

    private static final long PATIENCE_SECONDS = 60;

    private final Stream stream;
    private final StreamInput input;
    private final DataInputStream in;

    /** For {@code stream}, whose bytes {@code input} collects. */
    GatewayPeer(Stream stream, StreamInput input) {
        this.stream = stream;
        this.input = input;
        in = new DataInputStream(input.stream());
    }

    /** What was agreed on. */
    GatewayForm form() {
        return GatewayForm.of(stream.protocol());
    }

    @Override
    public FrameEncoding encoding() {
        return form().encoding();
    }

    @Override
    public void sendRaw(byte... bytes) throws IOException {
        done(stream.channel().writeAndFlush(Unpooled.wrappedBuffer(bytes)), "cannot send");
    }

    /** Sends a frame, or the record of a handshake, which travels alike. */
    @Override
    public void sendFrame(byte... payload) throws IOException {
        sendRaw(ByteBuffer.allocate(4 + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array());
    }

    /** Sends a message as this stream writes it. */
    void send(PeerMessage message) throws IOException {
        sendFrame(encoding().encode(message));
    }

    /** Waits until a frame begins or the other side closes, however long that takes. */
    void awaitInput() throws IOException {
        input.await();
    }

    /** The next frame, or the record; empty if the other side closed. Fails the test if neither comes in time. */
    @Override
    public Optional<byte[]> readFrame() throws IOException {
        try {
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            return Optional.of(payload);
        } catch (EOFException closed) {
            return Optional.empty();
        }
    }

    /** The next message, which must come. */
    PeerMessage read() throws IOException {
        byte[] payload = readFrame().orElseThrow(() -> new AssertionError("closed before a message came"));
        try {
            return encoding().decode(payload);
        } catch (MalformedMessageException e) {
            throw new AssertionError("a frame that does not decode came", e);
        }
    }

    /** Sends the record and reads the other's, which must come. */
    HandshakeData shakeHands(HandshakeData own) throws IOException {
        sendFrame(HandshakeRecordCodec.encode(own));
        byte[] theirs = readFrame().orElseThrow(() -> new AssertionError("closed before a record came"));
        try {
            return HandshakeRecordCodec.decode(theirs);
        } catch (MalformedMessageException e) {
            throw new AssertionError("a record that does not decode came", e);
        }
    }

    @Override
    public void endOutput() throws IOException {
        done(stream.channel().shutdownOutput(), "cannot end");
    }

    /** Whether the connection is open, whatever became of the stream. */
    boolean isConnected() {
        return !stream.connection().closed().isDone();
    }

    /** When the connection was closed, in nanoseconds of the system's timer. */
    CompletableFuture<Long> closedAt() {
        CompletableFuture<Long> closed = new CompletableFuture<>();
        stream.connection().closed().addListener(_ -> closed.complete(System.nanoTime()));
        return closed;
    }

    /** Pings over a stream of its own; fails if no echo comes. */
    void ping() throws IOException {
        CompletableFuture<Long> echo = new CompletableFuture<>();
        Connection connection = stream.connection();
        PingListener listener = new PingListener() {
            @Override
            public void ponged(long roundTripNanos) {
                echo.complete(roundTripNanos);
            }

            @Override
            public void ended(PingFailedException why) {
                echo.completeExceptionally(why);
            }
        };
        PingSettings settings = new PingSettings(Optional.of(Duration.ofHours(1)), Duration.ofSeconds(10));
        RandomGenerator random = new SecureRandom();
        Stream pings = done(
                connection.open(
                        List.of(PingProtocol.ID),
                        opened -> opened.channel().pipeline().addLast(new Pinger(settings, random, listener))),
                "no stream for pings");
        done(echo, "no echo");
        pings.reset();
    }

    /** Waits for what an event loop does; fails the test if that takes too long. */
    static <T> T done(Future<T> future, String otherwise) throws IOException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(otherwise + " within " + PATIENCE_SECONDS + " s", late);
        } catch (ExecutionException failed) {
            throw new IOException(otherwise + ": " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(otherwise, stopped);
        }
    }

    @Override
    public void close() {
        stream.connection().close().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
