package proteus.adapters.libp2p.engine.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** A key of 32 bytes as in RFC 8032. */
final class Ed25519PublicKey implements PublicKey {

    static final int BYTES = 32;

    private static final String ALGORITHM = "Ed25519";

    /** What DER puts before the 32 bytes (RFC 8410). */
    private static final String SUBJECT_PUBLIC_KEY_INFO = "302a300506032b6570032100";

    private final byte[] raw;
    private final java.security.PublicKey key;

    private Ed25519PublicKey(byte[] raw, java.security.PublicKey key) {
        this.raw = raw;
        this.key = key;
    }

    /** Takes over {@code raw}. */
    static Ed25519PublicKey of(byte[] raw) throws MalformedKeyException {
        if (raw.length != BYTES) {
            throw new MalformedKeyException("an Ed25519 key of " + raw.length + " bytes, not " + BYTES);
        }
        byte[] prefix = HexFormat.of().parseHex(SUBJECT_PUBLIC_KEY_INFO);
        byte[] der =
                ByteBuffer.allocate(prefix.length + BYTES).put(prefix).put(raw).array();
        try {
            java.security.PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
            // Only here the JDK looks whether the bytes are a point.
            Signature.getInstance(ALGORITHM).initVerify(key);
            return new Ed25519PublicKey(raw, key);
        } catch (InvalidKeyException noPoint) {
            throw new MalformedKeyException("an Ed25519 key that is no point of the curve", noPoint);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no Ed25519", missing);
        }
    }

    @Override
    public KeyType type() {
        return KeyType.ED25519;
    }

    @Override
    public byte[] data() {
        return raw.clone();
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return JdkSignature.verify(ALGORITHM, key, message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return PeerId.of(this).toString();
    }
}
