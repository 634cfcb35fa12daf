package proteus.adapters.libp2p.engine.security.noise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * A key and the number of messages it has served: {@code CipherState} of the Noise specification with ChaChaPoly.
 *
 * <p>Works on arrays, for that is what the JDK's intrinsics do; other buffers it copies into new arrays. Input and output
 * may be the same place. For one thread at a time.
 */
final class CipherState {

    /** By how much a ciphertext is longer than its plaintext. */
    static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** 2^64-1 messages are allowed; the last nonce is reserved. */
    private static final long RESERVED_NONCE = -1;

    private final Cipher cipher;
    private final SecretKey key;
    private long nonce;

    CipherState(byte[] key) {
        this(key, 0);
    }

    /** Goes on from message {@code nonce}, unsigned. */
    CipherState(byte[] key, long nonce) {
        try {
            cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no ChaCha20-Poly1305", missing);
        }
        this.key = new SecretKeySpec(key, "ChaCha20");
        this.nonce = nonce;
    }

    /** Whether the key has served all the messages it may. */
    boolean exhausted() {
        return nonce == RESERVED_NONCE;
    }

    /** Writes ciphertext and tag of {@code length} bytes to {@code out}. Not to be called when exhausted. */
    void encrypt(byte[] associated, byte[] in, int offset, int length, byte[] out, int outOffset) {
        try {
            process(Cipher.ENCRYPT_MODE, associated, in, offset, length, out, outOffset);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not work", impossible);
        }
    }

    /**
     * Writes the plaintext of {@code length} bytes of ciphertext and tag to {@code out}. Not to be called when exhausted.
     *
     * @throws SecurityFailedException if the tag is wrong; then nothing is written
     */
    void decrypt(byte[] associated, byte[] in, int offset, int length, byte[] out, int outOffset)
            throws SecurityFailedException {
        try {
            process(Cipher.DECRYPT_MODE, associated, in, offset, length, out, outOffset);
        } catch (AEADBadTagException wrong) {
            throw new SecurityFailedException(
                    Reason.UNAUTHENTIC, "the tag of message " + Long.toUnsignedString(nonce) + " is wrong", wrong);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not work", impossible);
        }
    }

    private void process(int mode, byte[] associated, byte[] in, int offset, int length, byte[] out, int outOffset)
            throws GeneralSecurityException {
        if (exhausted()) {
            throw new IllegalStateException("no nonce is left");
        }
        byte[] iv = new byte[NONCE_BYTES];
        LITTLE_ENDIAN.set(iv, NONCE_BYTES - Long.BYTES, nonce);
        cipher.init(mode, key, new IvParameterSpec(iv));
        if (associated.length > 0) {
            cipher.updateAAD(associated);
        }
        cipher.doFinal(in, offset, length, out, outOffset);
        nonce++;
    }
}
