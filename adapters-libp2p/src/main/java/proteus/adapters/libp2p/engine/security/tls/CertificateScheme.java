package proteus.adapters.libp2p.engine.security.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The keys and signatures that a certificate may have: those that rust-libp2p takes.
 *
 * <p>Algorithms are compared as whole DER elements, so a curve that is not named, an odd salt or a hash that does not fit
 * its curve is none of these.
 */
enum CertificateScheme {
    ECDSA_P256_SHA256(Encodings.P256, "EC", "300a06082a8648ce3d040302", "SHA256withECDSA"),
    ECDSA_P384_SHA384(Encodings.P384, "EC", "300a06082a8648ce3d040303", "SHA384withECDSA"),
    ED25519(Encodings.ED25519, "Ed25519", Encodings.ED25519, "Ed25519"),
    RSA_PKCS1_SHA256(Encodings.RSA, "RSA", "300d06092a864886f70d01010b0500", "SHA256withRSA"),
    RSA_PKCS1_SHA384(Encodings.RSA, "RSA", "300d06092a864886f70d01010c0500", "SHA384withRSA"),
    RSA_PKCS1_SHA512(Encodings.RSA, "RSA", "300d06092a864886f70d01010d0500", "SHA512withRSA"),
    RSA_PSS_SHA256("01", "SHA-256", 32),
    RSA_PSS_SHA384("02", "SHA-384", 48),
    RSA_PSS_SHA512("03", "SHA-512", 64);

    private static final int MIN_RSA_BITS = 2048;
    // A longer one takes more time to verify than a handshake is worth: CVE-2023-39533.
    private static final int MAX_RSA_BITS = 8192;

    private static final HexFormat HEX = HexFormat.of();

    private final String keyAlgorithm;
    private final String keyFactory;
    private final String signatureAlgorithm;
    private final String signature;
    private final String pssHash;
    private final int pssSalt;

    CertificateScheme(String keyAlgorithm, String keyFactory, String signatureAlgorithm, String signature) {
        this.keyAlgorithm = keyAlgorithm;
        this.keyFactory = keyFactory;
        this.signatureAlgorithm = signatureAlgorithm;
        this.signature = signature;
        pssHash = "";
        pssSalt = 0;
    }

    CertificateScheme(String hashNumber, String pssHash, int pssSalt) {
        keyAlgorithm = Encodings.RSA;
        keyFactory = "RSA";
        signatureAlgorithm = Encodings.pss(hashNumber, pssSalt);
        signature = "RSASSA-PSS";
        this.pssHash = pssHash;
        this.pssSalt = pssSalt;
    }

    /** The scheme of a certificate, if it is one of these. */
    static Optional<CertificateScheme> of(CertificateFields fields) {
        String key = HEX.formatHex(fields.keyAlgorithm());
        String signature = HEX.formatHex(fields.signatureAlgorithm());
        return Arrays.stream(values())
                .filter(scheme -> scheme.keyAlgorithm.equals(key) && scheme.signatureAlgorithm.equals(signature))
                .findFirst();
    }

    /**
     * Whether a certificate was signed by its own key.
     *
     * @throws GeneralSecurityException if its key or signature cannot be read, or is of a size that is not allowed
     */
    boolean isSelfSigned(CertificateFields fields) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance(keyFactory).generatePublic(new X509EncodedKeySpec(fields.publicKey()));
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
                throw new GeneralSecurityException("an RSA key of " + bits + " bits");
            }
        }
        Signature verifier = Signature.getInstance(signature);
        if (!pssHash.isEmpty()) {
            verifier.setParameter(new PSSParameterSpec(
                    pssHash, "MGF1", new MGF1ParameterSpec(pssHash), pssSalt, PSSParameterSpec.TRAILER_FIELD_BC));
        }
        verifier.initVerify(key);
        verifier.update(fields.signed());
        return verifier.verify(fields.signature());
    }

    /** Algorithm identifiers in DER; constants of an enum cannot use its own static fields. */
    private static final class Encodings {

        static final String P256 = "301306072a8648ce3d020106082a8648ce3d030107";
        static final String P384 = "301006072a8648ce3d020106052b81040022";
        static final String ED25519 = "300506032b6570";
        static final String RSA = "300d06092a864886f70d0101010500";

        private Encodings() {}

        /** RSASSA-PSS with one of the SHA-2 hashes, the same in its mask, and a salt as long as the hash. */
        static String pss(String hash, int salt) {
            String sha = "300d06096086480165030402" + hash + "0500";
            return "304106092a864886f70d01010a3034a00f" + sha + "a11c301a06092a864886f70d010108" + sha + "a2030201"
                    + HexFormat.of().toHexDigits((byte) salt);
        }
    }
}
