package proteus.application.wire.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;

/** Looks for texts that make the JSON decoder do anything but give a message or a typed fault. */
class PeerMessageJsonFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAMessageOrMalformed(byte[] bytes) {
        PeerMessage message;
        try {
            message = PeerMessageJson.decode(bytes);
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
            if (!PeerMessageJson.decode(PeerMessageJson.encode(message)).equals(message)) {
                throw new AssertionError("read again as another message: " + message.kind());
            }
        } catch (MalformedMessageException malformed) {
            throw new AssertionError("own encoding refused: " + malformed.getMessage(), malformed);
        }
    }
}
