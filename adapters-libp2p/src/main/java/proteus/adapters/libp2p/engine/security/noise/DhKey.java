package proteus.adapters.libp2p.engine.security.noise;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/** An own X25519 key pair, static or ephemeral. Immutable. */
final class DhKey {

    /** The length of a public key and of a shared secret. */
    static final int BYTES = 32;

    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b656e032100");

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private DhKey(PrivateKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    static DhKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
            generator.initialize(NamedParameterSpec.X25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] der = pair.getPublic().getEncoded();
            return new DhKey(pair.getPrivate(), Arrays.copyOfRange(der, der.length - BYTES, der.length));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no X25519", missing);
        }
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * The secret shared with the holder of {@code remote}, 32 bytes.
     *
     * @throws SecurityFailedException if {@code remote} is one of the points with which every secret is zero
     */
    byte[] agree(byte[] remote) throws SecurityFailedException {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(privateKey);
            agreement.doPhase(decode(remote), true);
            byte[] secret = agreement.generateSecret();
            if (Arrays.equals(secret, new byte[BYTES])) {
                throw new InvalidKeyException("the secret is zero");
            }
            return secret;
        } catch (InvalidKeyException weak) {
            throw new SecurityFailedException(Reason.MALFORMED, "a weak key of the remote", weak);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("X25519 does not work", impossible);
        }
    }

    private static PublicKey decode(byte[] raw) throws GeneralSecurityException {
        byte[] der = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + BYTES);
        System.arraycopy(raw, 0, der, X509_PREFIX.length, BYTES);
        try {
            return KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (InvalidKeySpecException refused) {
            throw new InvalidKeyException("no point of the curve", refused);
        }
    }
}
