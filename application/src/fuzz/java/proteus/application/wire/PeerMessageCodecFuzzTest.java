package proteus.application.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import proteus.domain.peer.PeerMessage;

/** Looks for bytes that make the message decoder do anything but give a message or a typed fault. */
class PeerMessageCodecFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAMessageOrMalformed(byte[] bytes) {
        PeerMessage message;
        try {
            message = PeerMessageCodec.decode(bytes);
        } catch (MalformedMessageException malformed) {
            if (malformed.offset() < 0 || malformed.offset() > bytes.length) {
                throw new AssertionError("fault outside the bytes: " + malformed.getMessage());
            }
            return;
        }
        requireReadAgain(message);
    }

    private static void requireReadAgain(PeerMessage message) {
        try {
            if (!PeerMessageCodec.decode(PeerMessageCodec.encode(message)).equals(message)) {
                throw new AssertionError("read again as another message: " + message.kind());
            }
        } catch (MalformedMessageException malformed) {
            throw new AssertionError("own encoding refused: " + malformed.getMessage(), malformed);
        }
    }
}
