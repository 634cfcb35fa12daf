package proteus.adapters.libp2p.engine.security.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.security.tls.CertificateFields.Extension;
import proteus.adapters.libp2p.engine.security.tls.DerReader.MalformedDerException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * What a peer's certificate must be like, and whose it is then.
 *
 * <p>Exactly one certificate; of at most {@value #MAX_BYTES} bytes; valid now; signed by its own key in one of the {@link
 * CertificateScheme}s; no critical extension but libp2p's, which is there once; in it the peer's public key and its
 * signature over the certificate's key. That the peer holds the certificate's key is for the handshake to prove.
 *
 * <p>Source: the TLS specification of libp2p; the schemes are those of rust-libp2p. Safe for use by many threads.
 */
public final class CertificateRules {

    // Two RSA keys of 8192 bits and two signatures by them are 4.2 KB.
    private static final int MAX_BYTES = 8192;
    /** The content of the identifier 1.3.6.1.4.1.53594.1.1. */
    static final String EXTENSION = "2b0601040183a25a0101";

    private static final byte[] PREFIX = "libp2p-tls-handshake:".getBytes(StandardCharsets.US_ASCII);

    private final InstantSource clock;

    /** Rules that hold by the time of {@code clock}. */
    public CertificateRules(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The key of the peer that shows {@code chain}.
     *
     * @throws RefusedCertificateException if a rule is broken
     */
    public PublicKey verify(X509Certificate[] chain) throws RefusedCertificateException {
        if (chain.length != 1) {
            throw malformed(chain.length + " certificates instead of one");
        }
        byte[] der = encoded(chain[0]);
        if (der.length > MAX_BYTES) {
            throw malformed("a certificate of " + der.length + " bytes");
        }
        try {
            CertificateFields fields = CertificateFields.read(der);
            requireValidNow(fields);
            requireSelfSigned(fields);
            return identity(libp2pExtension(fields.extensions()), fields.publicKey());
        } catch (MalformedDerException malformed) {
            throw new RefusedCertificateException(
                    Reason.MALFORMED, "a certificate in bad DER: " + malformed.getMessage(), malformed);
        }
    }

    /** What the identity signs: the prefix and the certificate's key, a {@code SubjectPublicKeyInfo} in DER. */
    static byte[] signedByIdentity(byte[] publicKey) {
        byte[] message = Arrays.copyOf(PREFIX, PREFIX.length + publicKey.length);
        System.arraycopy(publicKey, 0, message, PREFIX.length, publicKey.length);
        return message;
    }

    private static byte[] encoded(X509Certificate certificate) throws RefusedCertificateException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException unreadable) {
            throw new RefusedCertificateException(Reason.MALFORMED, "an unreadable certificate", unreadable);
        }
    }

    private void requireValidNow(CertificateFields fields) throws RefusedCertificateException {
        Instant now = clock.instant();
        if (now.isBefore(fields.notBefore()) || now.isAfter(fields.notAfter())) {
            throw unauthentic("at %s, valid from %s to %s".formatted(now, fields.notBefore(), fields.notAfter()));
        }
    }

    private static void requireSelfSigned(CertificateFields fields) throws RefusedCertificateException {
        CertificateScheme scheme = CertificateScheme.of(fields)
                .orElseThrow(() -> unauthentic("a certificate with a key or signature of a kind that is not allowed"));
        try {
            if (!scheme.isSelfSigned(fields)) {
                throw unauthentic("a certificate that its own key did not sign");
            }
        } catch (GeneralSecurityException wrong) {
            throw new RefusedCertificateException(
                    Reason.UNAUTHENTIC, "a certificate of " + scheme + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Extension libp2pExtension(List<Extension> extensions) throws RefusedCertificateException {
        for (Extension extension : extensions) {
            if (extension.critical() && !extension.oid().equals(EXTENSION)) {
                throw unauthentic("an unknown critical extension " + extension.oid());
            }
        }
        List<Extension> found = extensions.stream()
                .filter(extension -> extension.oid().equals(EXTENSION))
                .toList();
        if (found.size() != 1) {
            throw unauthentic("the extension of libp2p " + found.size() + " times");
        }
        return found.getFirst();
    }

    private static PublicKey identity(Extension extension, byte[] certificateKey)
            throws RefusedCertificateException, MalformedDerException {
        DerReader value = new DerReader(extension.value());
        DerReader signedKey = value.read(DerReader.SEQUENCE).elements();
        value.finish();
        byte[] key = signedKey.read(DerReader.OCTET_STRING).content();
        byte[] signature = signedKey.read(DerReader.OCTET_STRING).content();
        signedKey.finish();
        try {
            PublicKey identity = PublicKey.decode(key);
            if (!identity.verify(signedByIdentity(certificateKey), signature)) {
                throw unauthentic("a certificate that the identity in it did not sign");
            }
            return identity;
        } catch (MalformedKeyException malformed) {
            throw new RefusedCertificateException(
                    Reason.MALFORMED, "a certificate with no identity in it: " + malformed.getMessage(), malformed);
        }
    }

    private static RefusedCertificateException malformed(String message) {
        return new RefusedCertificateException(Reason.MALFORMED, message);
    }

    private static RefusedCertificateException unauthentic(String message) {
        return new RefusedCertificateException(Reason.UNAUTHENTIC, message);
    }
}
