package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.application.contract.FrameBytes.announced;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;
import static proteus.application.contract.FrameBytes.padded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.PeerConnection;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * What strangers may do to a listener, over real sockets: each test says what neptune-core 0.19.4 does, and sees that
 * another peer is served meanwhile and that memory stays bounded.
 */
@Timeout(60)
final class BadInputTest {

    private static final int GOOD = 2;
    private static final int BAD = 66;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private TestNode node(LegacySettings settings) throws IOException {
        return opened(new TestNode(settings, Handshakes.of(1)));
    }

    private RawPeer dial(TestNode node) throws IOException {
        return opened(RawPeer.dialFrom("127.0.0.2", node.address()));
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    /** A peer from another address shakes hands and has a message delivered. */
    private void othersAreServed(TestNode node) throws Exception {
        RawPeer good = opened(RawPeer.dial(node.address()));
        good.shakeHands(Handshakes.of(GOOD));
        good.sendFrame(hex("0407"));
        PeerConnection connection = node.gate().awaitConnection();
        assertThat(connection.description().handshake()).isEqualTo(Handshakes.of(GOOD));
        RecordedEvents events = new RecordedEvents();
        connection.open(events);
        connection.request();
        assertThat(events.awaitMessages(1)).containsExactly(height(7));
    }

    private RecordedEvents connected(TestNode node, RawPeer peer, int frames) throws Exception {
        peer.shakeHands(Handshakes.of(BAD));
        PeerConnection connection = node.gate().awaitConnection();
        RecordedEvents events = new RecordedEvents();
        connection.open(events);
        for (int i = 0; i < frames; i++) {
            connection.request();
        }
        return events;
    }

    private static PeerMessage height(int number) {
        return new PeerMessage.BlockRequestByHeight(new BlockHeight(number));
    }

    /** neptune-core closes without a byte, and without a sanction. */
    @Test
    void aWrongMagicIsClosedSilently() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);

        peer.sendFrame(Handshakes.response(Handshakes.of(BAD)));

        assertThat(peer.readToEnd()).isEmpty();
        assertThat(node.gate().judged()).isZero();
        othersAreServed(node);
    }

    /** neptune-core closes without a byte, and without a sanction. */
    @Test
    void anotherMessageThanAHandshakeIsClosedSilently() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);

        peer.sendFrame(hex("11"));

        assertThat(peer.readToEnd()).isEmpty();
        othersAreServed(node);
    }

    /** neptune-core closes without a byte, and without a sanction. */
    @Test
    void aHandshakeThatDoesNotDecodeIsClosedSilently() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);
        byte[] request = Handshakes.request(Handshakes.of(BAD));

        peer.sendFrame(padded(request.length + 1, request));

        assertThat(peer.readToEnd()).isEmpty();
        assertThat(node.gate().judged()).isZero();
        othersAreServed(node);
    }

    /** neptune-core sends its own handshake, and then closes without a status. */
    @Test
    void aWrongNetworkGetsTheHandshakeAndNoStatus() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);

        peer.sendFrame(Handshakes.request(Handshakes.of(BAD, new Network.Main())));

        assertThat(peer.readFrame()).isEqualTo(Handshakes.response(Handshakes.of(1)));
        assertThat(peer.readToEnd()).isEmpty();
        othersAreServed(node);
    }

    /** neptune-core closes silently when its handshake time-out is over, 4 s by default, whatever trickles in. */
    @Test
    void aSlowLorisIsClosedWhenItsTimeIsOver() throws Exception {
        TestNode node = node(TestNode.HASTY);
        RawPeer peer = dial(node);
        byte[] bytes = frame(Handshakes.request(Handshakes.of(BAD)));

        int sent = peer.trickle(bytes, Duration.ofMillis(20));

        assertThat(sent).isGreaterThan(2).isLessThan(bytes.length);
        assertThat(node.gate().judged()).isZero();
        othersAreServed(node);
    }

    /** neptune-core closes silently when its handshake time-out is over. */
    @Test
    void aSilentPeerIsClosedWhenItsTimeIsOver() throws Exception {
        TestNode node = node(TestNode.HASTY);
        RawPeer peer = dial(node);

        assertThat(peer.readToEnd()).isEmpty();
        othersAreServed(node);
    }

    /** neptune-core closes silently. */
    @Test
    void halfAHandshakeAndTheEndIsClosedSilently() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);

        peer.send(Arrays.copyOf(frame(Handshakes.request(Handshakes.of(BAD))), 200));
        peer.endOutput();

        assertThat(peer.readToEnd()).isEmpty();
        othersAreServed(node);
    }

    /** neptune-core accepts it, if it is complete in time. */
    @Test
    void aHandshakeByteByByteIsAccepted() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);

        for (byte single : frame(Handshakes.request(Handshakes.of(BAD)))) {
            peer.send(single);
        }

        assertThat(peer.readFrame()).isEqualTo(Handshakes.response(Handshakes.of(1)));
        assertThat(peer.readFrame()).isEqualTo(hex("1401"));
    }

    /** neptune-core has no smaller limit before the handshake is done; it would read up to 300 MiB, then close. */
    @Test
    void aHugeFrameInsteadOfAHandshakeIsClosedAtItsFirstBytes() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);

        peer.send(announced(314_572_800, (byte) 7));

        assertThat(peer.readToEnd()).isEmpty();
        assertThat(node.budget().reserved()).isZero();
        othersAreServed(node);
    }

    /**
     * So begins who dials by libp2p: with what looks like the start of a long frame, of which more is waited for until its
     * time is over. To it an orderly close means that something else is spoken here, and a reset nothing: anybody on the
     * way can send one.
     */
    @Test
    void aLibp2pDiallerSeesAnOrderlyClose() throws Exception {
        TestNode node = node(TestNode.HASTY);
        RawPeer peer = dial(node);

        peer.send("\u0013/multistream/1.0.0\n\u000b/tls/1.0.0\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(peer.endsInOrder()).isTrue();
        othersAreServed(node);
    }

    /** neptune-core waits for 64 bytes of payload, finds no kind, and closes silently. */
    @Test
    void anHttpRequestIsClosedSilently() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);

        peer.send(("GET / HTTP/1.1\r\nHost: node.example:9798\r\nUser-Agent: a browser\r\nAccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));

        assertThat(peer.readToEnd()).isEmpty();
        othersAreServed(node);
    }

    /** neptune-core punishes an oversized frame with −200 and closes, from its first bytes on. */
    @Test
    void anOversizedFrameIsReportedAndEndsTheConnection() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);
        RecordedEvents events = connected(node, peer, 1);

        peer.send(announced(65_537, hex("04")));

        assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.PROTOCOL);
        assertThat(events.others())
                .startsWith(new ConnectionEvent.FrameOversized(PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT, 65_537));
        assertThat(peer.readToEnd()).isEmpty();
        assertThat(node.budget().reserved()).isZero();
        othersAreServed(node);
    }

    /** neptune-core punishes an unknown kind with −1 and closes without a Bye. */
    @Test
    void anUnknownKindIsReportedAndEndsTheConnection() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);
        RecordedEvents events = connected(node, peer, 1);

        peer.sendFrame(hex("21"));

        assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.PROTOCOL);
        assertThat(events.others()).startsWith(new ConnectionEvent.FrameUnknown());
        assertThat(peer.readToEnd()).isEmpty();
        othersAreServed(node);
    }

    /** neptune-core treats an empty frame as one of unknown kind. */
    @Test
    void anEmptyFrameIsReportedAndEndsTheConnection() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);
        RecordedEvents events = connected(node, peer, 1);

        peer.sendFrame();

        assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.PROTOCOL);
        assertThat(events.others()).startsWith(new ConnectionEvent.FrameUnknown());
    }

    /** neptune-core takes it for a lost connection and punishes nobody. */
    @Test
    void halfAFrameAndTheEndIsALostConnection() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);
        RecordedEvents events = connected(node, peer, 1);

        peer.send(announced(20 << 20, padded(1000, (byte) 1)));
        peer.endOutput();

        assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.LOST);
        assertThat(events.others()).hasSize(1);
        assertThat(node.budget().reserved()).isZero();
        othersAreServed(node);
    }

    /** neptune-core keeps what came of it in memory; so do we, but out of one budget. */
    @Test
    void halfFramesOfManyPeersTakeNoMoreThanTheBudget() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        for (int i = 0; i < 12; i++) {
            RawPeer peer = opened(RawPeer.dialFrom("127.0.1." + (i + 1), node.address()));
            connected(node, peer, 1);
            peer.send(announced(20 << 20, padded(100, (byte) 1)));
        }
        node.awaitBudgetWaiting(9);

        assertThat(node.budget().reserved()).isEqualTo(3L * (20 << 20));
    }

    /** neptune-core stops reading while its peer loop is busy; so the flood fills the peer's own socket. */
    @Test
    void aFloodOfFramesWaitsInThePeersOwnSocket() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);
        RecordedEvents events = connected(node, peer, 3);

        // More than both sockets' buffers hold, so the peer's writer blocks: nobody asks for more than three frames.
        byte[] flood = joined(Collections.nCopies(10_000, frame(hex("0401"))).toArray(byte[][]::new));
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 1000; i++) {
                    peer.send(flood);
                }
            } catch (IOException closedAtTheEnd) {
                // The test is over.
            }
        });

        assertThat(events.awaitMessages(3)).hasSize(3);
        othersAreServed(node);
        assertThat(events.messages()).hasSize(3);
        assertThat(node.budget().reserved()).isZero();
        assertThat(writer.isAlive()).isTrue();
    }

    /**
     * neptune-core lets them wait for a permit one after the other, and with them everybody: with 200 silent connections
     * a good peer is not accepted within 10 s.
     */
    @Test
    void twoHundredHalfOpenConnectionsOfOneAddressKeepNobodyElseOut() throws Exception {
        TestNode node = node(TestNode.PATIENT);

        for (int i = 0; i < 200; i++) {
            dial(node);
        }

        // No handshake of those times out within this test, so this peer does not wait for any of them.
        othersAreServed(node);
        assertThat(node.transport().halfOpen()).isEqualTo(TestNode.PATIENT.halfOpenPerIp());
    }

    /** neptune-core drops whoever gets no permit within its handshake time-out. */
    @Test
    void halfOpenConnectionsOfManyAddressesAreBoundedAndEndByThemselves() throws Exception {
        TestNode node = node(TestNode.HASTY);

        for (int i = 0; i < 200; i++) {
            opened(RawPeer.dialFrom("127.0.1." + (i + 1), node.address()));
            assertThat(node.transport().halfOpen()).isLessThanOrEqualTo(TestNode.HASTY.halfOpenTotal());
        }

        for (AutoCloseable one : List.copyOf(open)) {
            if (one instanceof RawPeer peer) {
                assertThat(peer.readToEnd()).isEmpty();
            }
        }
        othersAreServed(node);
    }

    /** neptune-core accepts and forgets each; so do we. */
    @Test
    void aFloodOfShortConnectionsLeavesNothingBehind() throws Exception {
        TestNode node = node(TestNode.HASTY);

        for (int i = 0; i < 500; i++) {
            RawPeer.dialFrom("127.0.0.2", node.address()).close();
        }

        othersAreServed(node);
        node.awaitHalfOpen(0);
    }

    /** neptune-core blocks that peer's loop for ever; we bound what waits for it and close. */
    @Test
    void aPeerThatNeverReadsIsClosedAndOthersGoOn() throws Exception {
        TestNode node = node(TestNode.PATIENT.withOutboundBytes(1 << 20));
        RawPeer peer = dial(node);
        peer.shakeHands(Handshakes.of(BAD));
        PeerConnection connection = node.gate().awaitConnection();
        RecordedEvents events = new RecordedEvents();
        connection.open(events);
        PeerMessage bulky = new PeerMessage.ArchivalMutatorSet(
                new ArchivalMutatorSetFrame(Digest.ZERO, 60_000, 0, ByteSequence.of(new byte[60_000])));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        connection.send(bulky);
                    }
                })
                .isInstanceOf(ConnectionClosedException.class);

        assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.OUTBOUND_FULL);
        othersAreServed(node);
    }

    /** neptune-core punishes with −1 and keeps the connection; whether to punish is the session's affair. */
    @Test
    void aFrameThatDoesNotDecodeLeavesTheConnectionOpen() throws Exception {
        TestNode node = node(TestNode.PATIENT);
        RawPeer peer = dial(node);
        peer.shakeHands(Handshakes.of(BAD));
        PeerConnection connection = node.gate().awaitConnection();
        RecordedFrames frames = new RecordedFrames();
        connection.open(frames);
        connection.request();
        connection.request();

        peer.sendFrame(hex("13 00"));
        peer.sendFrame(hex("04 01"));

        assertThat(frames.next()).isEqualTo("Bye does not decode");
        assertThat(frames.next()).isEqualTo(height(1).toString());
    }
}
