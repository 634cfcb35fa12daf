package proteus.adapters.libp2p.engine.security.noise;

import com.code_intelligence.jazzer.junit.FuzzTest;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;

/** Looks for bytes that make the reader of payloads do anything but refuse them: none is signed for this key. */
class NoisePayloadFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void noBytesAreAPayloadOfAKeyThatNobodyHasSigned(byte[] bytes) {
        try {
            HandshakePayload payload = HandshakePayload.decode(bytes, new byte[DhKey.BYTES]);
            throw new AssertionError("forged: " + payload);
        } catch (SecurityFailedException refused) {
            requireReason(refused);
        }
        try {
            HandshakePayload.requireEmpty(bytes);
        } catch (SecurityFailedException refused) {
            requireReason(refused);
        }
    }

    private static void requireReason(SecurityFailedException refused) {
        switch (refused.reason()) {
            case MALFORMED, UNAUTHENTIC -> {}
            case WRONG_PEER, NO_COMMON_MUXER, CLOSED ->
                throw new AssertionError("another reason for a payload", refused);
        }
    }
}
