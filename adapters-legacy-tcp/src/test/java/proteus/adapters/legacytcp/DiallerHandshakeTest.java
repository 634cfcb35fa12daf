package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Dials;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.PeerAddress;

/** What a listener sees of this node's dial, and what the node makes of the answers. */
@Timeout(60)
final class DiallerHandshakeTest {

    private static final byte[] RESPONSE = frame(Handshakes.response(Handshakes.of(2)));

    private RawListener listener;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        listener = new RawListener();
        node = new TestNode(TestNode.PATIENT, Handshakes.of(1));
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        listener.close();
    }

    private static CompletableFuture<PeerConnection> dial(TestNode from, PeerAddress address) {
        return Dials.elsewhere(from.transport(), TestNode.endpoint(address));
    }

    /** Dials a listener that answers the request with these bytes and then ends its output. */
    private Cause failureWhenAnswered(byte[] answer) throws IOException {
        CompletableFuture<PeerConnection> dial = dial(node, listener.address());
        try (RawPeer peer = listener.accept()) {
            peer.readFrame();
            peer.send(answer);
            peer.endOutput();
            return Dials.failureOf(dial);
        }
    }

    @Test
    void theRequestGoesOutAndAnAcceptedDialIsAConnection() throws Exception {
        CompletableFuture<PeerConnection> dial = dial(node, listener.address());
        try (RawPeer peer = listener.accept()) {
            assertThat(peer.readFrame()).isEqualTo(Handshakes.request(Handshakes.of(1)));
            peer.send(joined(RESPONSE, frame(hex("1401"))));

            PeerConnection connection = dial.join();

            assertThat(connection.description().direction()).isEqualTo(Direction.OUTBOUND);
            assertThat(connection.description().address()).isEqualTo(listener.address());
            assertThat(connection.description().handshake()).isEqualTo(Handshakes.of(2));
            assertThat(node.gate().awaitConnection()).isSameAs(connection);
        }
    }

    @Test
    void aRefusalComesWithItsReason() throws Exception {
        Cause cause = failureWhenAnswered(joined(RESPONSE, frame(hex("140003"))));

        assertThat(cause).isEqualTo(new Cause.RefusedByPeer(new ConnectionRefusedReason.MaxPeerNumberExceeded()));
        assertThat(node.gate().connections()).isZero();
    }

    /** neptune-core 0.14.3 says good-bye when it does not like a listener that has accepted it. */
    @Test
    void whoIsRefusedByUsGetsABye() throws Exception {
        node.gate().judgeEverybody(new HandshakeVerdict.Refused(new ConnectionRefusedReason.SelfConnect()));

        CompletableFuture<PeerConnection> dial = dial(node, listener.address());
        try (RawPeer peer = listener.accept()) {
            peer.readFrame();
            peer.send(joined(RESPONSE, frame(hex("1401")), frame(hex("02"))));

            assertThat(peer.readFrame()).isEqualTo(hex("13"));
            assertThat(peer.readToEnd()).isEmpty();
        }
        assertThat(Dials.failureOf(dial)).isInstanceOf(Cause.RefusedByUs.class);
        assertThat(node.gate().connections()).isZero();
    }

    @Test
    void anotherNetworkIsRefusedByUsWithoutWaitingForAStatus() throws Exception {
        CompletableFuture<PeerConnection> dial = dial(node, listener.address());
        try (RawPeer peer = listener.accept()) {
            peer.readFrame();
            peer.sendFrame(Handshakes.response(Handshakes.of(2, new Network.Main())));

            assertThat(Dials.failureOf(dial)).isEqualTo(new Cause.RefusedByUs("it is of network main"));
            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    void theRequestMagicIsNoResponse() throws Exception {
        assertThat(failureWhenAnswered(frame(Handshakes.request(Handshakes.of(2)))))
                .isInstanceOf(Cause.NotThisProtocol.class);
    }

    @Test
    void anotherMessageThanAStatusIsNotThisProtocol() throws Exception {
        assertThat(failureWhenAnswered(joined(RESPONSE, frame(hex("02"))))).isInstanceOf(Cause.NotThisProtocol.class);
    }

    @Test
    void aWebServerIsNotThisProtocol() throws Exception {
        byte[] answer = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\nServer: any\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(failureWhenAnswered(answer)).isInstanceOf(Cause.NotThisProtocol.class);
    }

    @Test
    void aListenerThatClosesInsteadOfAnsweringIsNotThisProtocol() throws Exception {
        assertThat(failureWhenAnswered(new byte[0])).isInstanceOf(Cause.NotThisProtocol.class);
    }

    @Test
    void aListenerThatWaitsAfterSomeBytesIsNotThisProtocol() throws Exception {
        try (TestNode hasty = new TestNode(TestNode.HASTY, Handshakes.of(1))) {
            CompletableFuture<PeerConnection> dial = dial(hasty, listener.address());
            try (RawPeer peer = listener.accept()) {
                peer.send("\u0013/multistream/1.0.0\n".getBytes(StandardCharsets.US_ASCII));

                assertThat(Dials.failureOf(dial)).isInstanceOf(Cause.NotThisProtocol.class);
            }
        }
    }

    @Test
    void aSilentListenerTimesOut() throws Exception {
        try (TestNode hasty = new TestNode(TestNode.HASTY, Handshakes.of(1))) {
            CompletableFuture<PeerConnection> dial = dial(hasty, listener.address());
            try (RawPeer peer = listener.accept()) {
                assertThat(Dials.failureOf(dial)).isInstanceOf(Cause.TimedOut.class);
                peer.readFrame();
                assertThat(peer.readToEnd()).isEmpty();
            }
        }
    }

    @Test
    void aListenerWithoutAStatusTimesOut() throws Exception {
        try (TestNode hasty = new TestNode(TestNode.HASTY, Handshakes.of(1))) {
            CompletableFuture<PeerConnection> dial = dial(hasty, listener.address());
            try (RawPeer peer = listener.accept()) {
                peer.readFrame();
                peer.send(RESPONSE);

                assertThat(Dials.failureOf(dial)).isInstanceOf(Cause.TimedOut.class);
            }
        }
    }

    @Test
    void anInterruptedDialLeavesNothingOpen() throws Exception {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread dialling = Thread.ofVirtual().start(() -> {
            try {
                node.transport().dial(TestNode.endpoint(listener.address()));
            } catch (DialFailedException | InterruptedException e) {
                seen.set(e);
            }
        });
        try (RawPeer peer = listener.accept()) {
            peer.readFrame();

            dialling.interrupt();
            dialling.join();

            assertThat(seen.get()).isInstanceOf(InterruptedException.class);
            assertThat(peer.readToEnd()).isEmpty();
        }
    }
}
