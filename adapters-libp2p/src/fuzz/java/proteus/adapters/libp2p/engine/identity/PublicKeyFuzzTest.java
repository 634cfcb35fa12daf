package proteus.adapters.libp2p.engine.identity;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for bytes that make the reader of keys do anything but give a key in its one form, or a typed fault. */
class PublicKeyFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAKeyOrMalformed(byte[] bytes) {
        try {
            PublicKey key = PublicKey.decode(bytes);
            if (!PublicKey.decode(key.encoded()).equals(key) || !PeerId.of(key).matches(key)) {
                throw new AssertionError("read again as another key: " + key);
            }
            // Any bytes may be given for a signature, and these sign nothing.
            if (key.verify(bytes, bytes)) {
                throw new AssertionError("forged a signature of " + key);
            }
        } catch (MalformedKeyException malformed) {
            if (malformed.getMessage() == null) {
                throw new AssertionError("refused without a word", malformed);
            }
        }
    }
}
