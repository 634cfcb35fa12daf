package proteus.adapters.libp2p.engine.security.noise;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/** The chaining key and the transcript: {@code SymmetricState} of the Noise specification. For one thread at a time. */
final class SymmetricState {

    private static final String PROTOCOL = "Noise_XX_25519_ChaChaPoly_SHA256";

    private final MessageDigest sha256;
    private final Mac hmac;
    private byte[] chainingKey;
    private byte[] hash;
    private @Nullable CipherState cipher;

    SymmetricState(byte[] prologue) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            hmac = Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
        // The name has 32 bytes, as many as a hash, and stands for itself.
        hash = PROTOCOL.getBytes(StandardCharsets.US_ASCII);
        chainingKey = hash;
        mixHash(prologue);
    }

    /** The hash of all that was said so far. */
    byte[] handshakeHash() {
        return hash.clone();
    }

    void mixHash(byte[] data) {
        sha256.update(hash);
        hash = sha256.digest(data);
    }

    void mixKey(byte[] secret) {
        byte[][] derived = derive(secret);
        chainingKey = derived[0];
        cipher = new CipherState(derived[1]);
    }

    byte[] encryptAndHash(byte[] plaintext) {
        byte[] ciphertext = plaintext;
        if (cipher != null) {
            ciphertext = new byte[plaintext.length + CipherState.TAG_BYTES];
            cipher.encrypt(hash, plaintext, 0, plaintext.length, ciphertext, 0);
        }
        mixHash(ciphertext);
        return ciphertext;
    }

    byte[] decryptAndHash(byte[] ciphertext) throws SecurityFailedException {
        byte[] plaintext = ciphertext;
        if (cipher != null) {
            if (ciphertext.length < CipherState.TAG_BYTES) {
                throw new SecurityFailedException(Reason.MALFORMED, "a ciphertext of " + ciphertext.length + " bytes");
            }
            plaintext = new byte[ciphertext.length - CipherState.TAG_BYTES];
            cipher.decrypt(hash, ciphertext, 0, ciphertext.length, plaintext, 0);
        }
        mixHash(ciphertext);
        return plaintext;
    }

    /** The keys of both directions, the initiator's first. */
    byte[][] split() {
        return derive(new byte[0]);
    }

    /** HKDF of the Noise specification with two outputs. */
    private byte[][] derive(byte[] secret) {
        byte[] temporary = authenticate(chainingKey, secret);
        byte[] first = authenticate(temporary, new byte[] {1});
        byte[] input = Arrays.copyOf(first, first.length + 1);
        input[first.length] = 2;
        return new byte[][] {first, authenticate(temporary, input)};
    }

    private byte[] authenticate(byte[] key, byte[] data) {
        try {
            hmac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC does not work", impossible);
        }
        return hmac.doFinal(data);
    }
}
