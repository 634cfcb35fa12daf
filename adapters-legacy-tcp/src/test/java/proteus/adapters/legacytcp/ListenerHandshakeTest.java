package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Description;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;

/** What a dialler sees of this node's handshake; the bytes are those of the wire reference, section 3. */
@Timeout(60)
final class ListenerHandshakeTest {

    private TestNode node;

    @BeforeEach
    void listen() throws IOException {
        node = new TestNode(TestNode.PATIENT, Handshakes.of(1));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aGoodDiallerGetsTheResponseAndIsAccepted() throws Exception {
        try (RawPeer dialler = RawPeer.dial(node.address())) {
            dialler.sendFrame(Handshakes.request(Handshakes.of(2)));

            assertThat(dialler.readFrame()).isEqualTo(Handshakes.response(Handshakes.of(1)));
            assertThat(dialler.readFrame()).isEqualTo(hex("1401"));
        }
    }

    @Test
    void theConnectionKnowsWhoTheDiallerIs() throws Exception {
        try (RawPeer dialler = RawPeer.dialFrom("127.0.0.3", node.address())) {
            dialler.shakeHands(Handshakes.of(2));

            PeerConnection connection = node.gate().awaitConnection();
            PeerAddress seen = connection.description().address();
            assertThat(seen.ip()).isEqualTo(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 3));
            assertThat(connection.description())
                    .isEqualTo(new Description(
                            Carrier.LEGACY_TCP,
                            Direction.INBOUND,
                            seen,
                            PeerId.ofLegacy(seen),
                            Handshakes.of(2),
                            TestNode.NOW,
                            TestNode.NOW));
        }
    }

    private record Refusal(ConnectionRefusedReason reason, String status) {}

    private static List<Refusal> refusals() {
        return List.of(
                new Refusal(new ConnectionRefusedReason.AlreadyConnected(), "140000"),
                new Refusal(new ConnectionRefusedReason.BadStanding(), "140001"),
                new Refusal(new ConnectionRefusedReason.IncompatibleVersion(), "140002"),
                new Refusal(new ConnectionRefusedReason.MaxPeerNumberExceeded(), "140003"),
                new Refusal(new ConnectionRefusedReason.SelfConnect(), "140004"),
                new Refusal(new ConnectionRefusedReason.Other(0), "14000500"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whoIsRefusedIsToldWhyAndThenDisconnected(Refusal refusal) throws Exception {
        node.gate().judgeEverybody(new HandshakeVerdict.Refused(refusal.reason()));

        try (RawPeer dialler = RawPeer.dial(node.address())) {
            dialler.sendFrame(Handshakes.request(Handshakes.of(2)));

            assertThat(dialler.readFrame()).isEqualTo(Handshakes.response(Handshakes.of(1)));
            assertThat(dialler.readFrame()).isEqualTo(hex(refusal.status()));
            assertThat(dialler.readToEnd()).isEmpty();
            assertThat(node.gate().connections()).isZero();
        }
    }

    /** The status must not be lost to a reset, whatever else the dialler has sent by then. */
    @Test
    void aRefusalArrivesThoughTheDiallerSentMore() throws Exception {
        node.gate().judgeEverybody(new HandshakeVerdict.Refused(new ConnectionRefusedReason.BadStanding()));

        try (RawPeer dialler = RawPeer.dial(node.address())) {
            dialler.send(joined(frame(Handshakes.request(Handshakes.of(2))), frame(new byte[] {0x11}), new byte[5000]));

            dialler.readFrame();
            assertThat(dialler.readFrame()).isEqualTo(hex("140001"));
            assertThat(dialler.readToEnd()).isEmpty();
        }
    }

    @Test
    void framesThatCameWithTheHandshakeAreNotLost() throws Exception {
        try (RawPeer dialler = RawPeer.dial(node.address())) {
            dialler.send(joined(frame(Handshakes.request(Handshakes.of(2))), frame(hex("0401"))));

            RecordedEvents events = new RecordedEvents();
            PeerConnection connection = node.gate().awaitConnection();
            connection.open(events);
            connection.request();

            assertThat(events.awaitMessages(1))
                    .containsExactly(new PeerMessage.BlockRequestByHeight(new BlockHeight(1)));
        }
    }

    /** neptune-core 0.19.4 drops a banned address before it reads or sends a byte. */
    @Test
    void whoIsNotAdmittedIsDroppedWithoutAByte() throws Exception {
        node.gate().ban(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 2));

        try (RawPeer dialler = RawPeer.dialFrom("127.0.0.2", node.address())) {
            assertThat(dialler.readToEnd()).isEmpty();
            assertThat(node.gate().judged()).isZero();
        }
        try (RawPeer other = RawPeer.dial(node.address())) {
            other.shakeHands(Handshakes.of(2));
        }
    }
}
