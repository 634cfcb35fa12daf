package proteus.application.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import proteus.domain.peer.HandshakeData;

/** Looks for bytes that make the handshake decoder do anything but give a handshake or a typed fault. */
class HandshakeRecordCodecFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAHandshakeOrMalformed(byte[] bytes) {
        HandshakeData data;
        try {
            data = HandshakeRecordCodec.decode(bytes);
        } catch (MalformedMessageException malformed) {
            if (malformed.offset() < 0 || malformed.offset() > bytes.length) {
                throw new AssertionError("fault outside the bytes: " + malformed.getMessage());
            }
            return;
        }
        requireReadAgain(data);
    }

    private static void requireReadAgain(HandshakeData data) {
        try {
            if (!HandshakeRecordCodec.decode(HandshakeRecordCodec.encode(data)).equals(data)) {
                throw new AssertionError("read again as another handshake: " + data);
            }
        } catch (MalformedMessageException malformed) {
            throw new AssertionError("own encoding refused: " + malformed.getMessage(), malformed);
        }
    }
}
