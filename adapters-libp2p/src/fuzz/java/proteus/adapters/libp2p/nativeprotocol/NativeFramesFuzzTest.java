package proteus.adapters.libp2p.nativeprotocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;

/** Looks for bytes that make the decoder of native frames do anything but give a message or a typed fault. */
class NativeFramesFuzzTest {

    private final NativeFrames frames = new NativeFrames();

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAMessageOrMalformed(byte[] bytes) {
        PeerMessage message;
        try {
            message = frames.decode(bytes);
        } catch (MalformedMessageException malformed) {
            if (malformed.offset() < 0 || malformed.offset() > bytes.length) {
                throw new AssertionError("fault outside the bytes: " + malformed.getMessage());
            }
            return;
        }
        requireReadAgain(message);
    }

    private void requireReadAgain(PeerMessage message) {
        try {
            if (!frames.decode(frames.encode(message)).equals(message)) {
                throw new AssertionError("read again as another message: " + message.kind());
            }
        } catch (MalformedMessageException malformed) {
            throw new AssertionError("own encoding refused: " + malformed.getMessage(), malformed);
        }
    }
}
