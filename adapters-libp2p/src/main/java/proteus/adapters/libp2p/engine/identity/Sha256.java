package proteus.adapters.libp2p.engine.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of long keys, and of messages to sign. */
final class Sha256 {

    static final int BYTES = 32;

    private Sha256() {}

    static byte[] of(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }
}
