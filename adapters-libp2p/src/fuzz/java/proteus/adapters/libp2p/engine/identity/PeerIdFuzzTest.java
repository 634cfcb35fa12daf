package proteus.adapters.libp2p.engine.identity;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Looks for texts and bytes that make the readers of ids do anything but give an id or a typed fault. */
class PeerIdFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyTextIsAnIdOrMalformed(byte[] bytes) {
        try {
            requireReadAgain(PeerId.parse(new String(bytes, StandardCharsets.ISO_8859_1)));
        } catch (MalformedKeyException malformed) {
            requireMessage(malformed);
        }
        try {
            requireReadAgain(PeerId.fromBytes(bytes));
        } catch (MalformedKeyException malformed) {
            requireMessage(malformed);
        }
    }

    private static void requireReadAgain(PeerId id) throws MalformedKeyException {
        if (!PeerId.parse(id.toString()).equals(id)
                || !PeerId.parse(id.toCid()).equals(id)
                || !PeerId.fromBytes(id.bytes()).equals(id)) {
            throw new AssertionError("read again as another id: " + id);
        }
        id.publicKey();
    }

    private static void requireMessage(MalformedKeyException malformed) {
        if (malformed.getMessage() == null) {
            throw new AssertionError("refused without a word", malformed);
        }
    }
}
