package proteus.adapters.libp2p.engine.identity;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Signatures that the JDK verifies. */
final class JdkSignature {

    private JdkSignature() {}

    /**
     * Whether {@code signature} over {@code message} was made by the holder of {@code key}.
     *
     * @param algorithm by the JDK's name; one that takes {@code key}, which is valid
     */
    static boolean verify(String algorithm, PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a key that was valid is not any more", impossible);
        }
    }
}
