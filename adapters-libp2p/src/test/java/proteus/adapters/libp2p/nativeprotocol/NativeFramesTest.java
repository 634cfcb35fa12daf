package proteus.adapters.libp2p.nativeprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.samples.WireSamples;
import proteus.application.samples.WireSamples.Vector;
import proteus.application.wire.FrameKind;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** Messages that are in order. */
class NativeFramesTest {

    private static final int MESSAGES_PER_KIND = 40;

    private final NativeFrames frames = new NativeFrames();

    static java.util.List<Vector> vectors() {
        return WireSamples.vectors();
    }

    @ParameterizedTest
    @EnumSource
    void everyMessageThatIsWrittenIsReadAgain(PeerMessageKind kind) throws Exception {
        for (long seed = 0; seed < MESSAGES_PER_KIND; seed++) {
            PeerMessage message = new RandomPeerMessages(new Random(seed)).next(kind);

            assertReadAgain(message, "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyVectorIsReadAgain(Vector vector) throws Exception {
        assertReadAgain(PeerMessageCodec.decode(vector.wire()), vector.toString());
    }

    @Test
    void everyRecordedMessageIsReadAgain() throws Exception {
        for (byte[] frame : WireSamples.recordedFrames("legacy-session")) {
            assertReadAgain(PeerMessageCodec.decode(frame), "recorded");
        }
    }

    /** The kind is known after the first bytes, and not a byte before what tells it has come. */
    private void assertReadAgain(PeerMessage message, String what) throws Exception {
        byte[] payload = frames.encode(message);

        assertThat(frames.decode(payload)).as(what).isEqualTo(message);
        FrameKind known = new FrameKind.Known(message.kind());
        int undecided = 0;
        while (frames.kindOf(payload.length, ByteBuffer.wrap(payload, 0, undecided)) instanceof FrameKind.Undecided) {
            undecided++;
        }
        assertThat(undecided).as(what).isBetween(3, 8);
        assertThat(frames.kindOf(payload.length, ByteBuffer.wrap(payload, 0, undecided)))
                .isEqualTo(known);
        assertThat(frames.kindOf(payload.length, ByteBuffer.wrap(payload))).isEqualTo(known);
        assertThat(NativeMessage.parse(payload).toBytes()).isEqualTo(payload);
    }

    @ParameterizedTest
    @EnumSource
    void aKindHasTheLimitThatItHasOnTheGateway(PeerMessageKind kind) {
        assertThat(frames.limit(kind)).isEqualTo(FrameLimits.bincode(kind));
    }

    @Test
    void everyRecordThatIsWrittenIsReadAgain() throws Exception {
        for (long seed = 0; seed < MESSAGES_PER_KIND; seed++) {
            HandshakeData data = new RandomPeerMessages(new Random(seed)).handshakeData();

            byte[] record = NativeRecord.encode(data);

            assertThat(record).hasSizeLessThan(3072);
            assertThat(NativeRecord.decode(record)).as("seed %d", seed).isEqualTo(data);
        }
    }
}
