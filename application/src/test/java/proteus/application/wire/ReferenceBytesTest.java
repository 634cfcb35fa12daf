package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.WireSamples;
import proteus.application.samples.WireSamples.Vector;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** What the reference wrote is read, and written again to the byte. */
class ReferenceBytesTest {

    static List<Vector> vectors() {
        return WireSamples.vectors();
    }

    static List<Vector> handshakes() {
        return vectors().stream()
                .filter(vector -> vector.gatewayHandshake().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyVectorIsReadAndWrittenAgainToTheByte(Vector vector) throws MalformedMessageException {
        PeerMessage message = PeerMessageCodec.decode(vector.wire());

        assertThat(PeerMessageCodec.encode(message)).isEqualTo(vector.wire());
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void everyGatewayHandshakeIsReadAndWrittenAgainToTheByte(Vector vector) throws MalformedMessageException {
        byte[] bytes = vector.gatewayHandshake().orElseThrow();

        HandshakeData data = HandshakeRecordCodec.decode(bytes);

        assertThat(HandshakeRecordCodec.encode(data)).isEqualTo(bytes);
        assertThat(PeerMessageCodec.decode(vector.wire()))
                .isInstanceOfSatisfying(
                        PeerMessage.Handshake.class,
                        message -> assertThat(message.data()).isEqualTo(data));
    }

    @Test
    void theVectorsCoverEveryKind() throws MalformedMessageException {
        Set<PeerMessageKind> seen = EnumSet.noneOf(PeerMessageKind.class);
        for (Vector vector : vectors()) {
            seen.add(PeerMessageCodec.decode(vector.wire()).kind());
        }

        assertThat(seen).containsExactlyInAnyOrder(PeerMessageKind.values());
        assertThat(handshakes()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({"legacy-session, 609", "legacy-sync-by-0.18.0, 969"})
    void everyRecordedFrameIsReadAndWrittenAgainToTheByte(String name, int count) throws MalformedMessageException {
        List<byte[]> frames = WireSamples.recordedFrames(name);

        assertThat(frames.size()).isEqualTo(count);
        for (byte[] frame : frames) {
            assertThat(PeerMessageCodec.encode(PeerMessageCodec.decode(frame))).isEqualTo(frame);
        }
    }
}
