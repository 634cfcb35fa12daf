package proteus.adapters.libp2p.engine.security.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import proteus.adapters.libp2p.engine.identity.Identity;

/**
 * An own certificate and its key: ECDSA on P-256 with SHA-256, signed by itself, valid from 1975 to 4096 as those of
 * rust-libp2p are, with the identity and its signature in libp2p's extension.
 *
 * <p>The key is not the identity's, and is never stored. Immutable.
 */
public final class Libp2pCertificate {

    private static final Date NOT_BEFORE = Date.from(Instant.parse("1975-01-01T00:00:00Z"));
    private static final Date NOT_AFTER = Date.from(Instant.parse("4096-01-01T00:00:00Z"));
    // Nobody looks at it, but it must not be empty for those who read it with the JDK.
    private static final X500Name NAME = new X500Name("O=libp2p");
    private static final int SERIAL_BITS = 63;
    private static final ASN1ObjectIdentifier EXTENSION = new ASN1ObjectIdentifier("1.3.6.1.4.1.53594.1.1");

    private final PrivateKey key;
    private final X509Certificate certificate;

    private Libp2pCertificate(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** A new key and its certificate for {@code identity}. */
    public static Libp2pCertificate create(Identity identity, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] publicKey = pair.getPublic().getEncoded();
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    NAME,
                    new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                    NOT_BEFORE,
                    NOT_AFTER,
                    NAME,
                    SubjectPublicKeyInfo.getInstance(publicKey));
            builder.addExtension(EXTENSION, true, signedKey(identity, publicKey));
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setSecureRandom(random)
                    .build(pair.getPrivate());
            byte[] der = builder.build(signer).getEncoded();
            return new Libp2pCertificate(pair.getPrivate(), (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("this JDK makes no ECDSA certificates", impossible);
        }
    }

    /** The private key of the certificate. */
    public PrivateKey key() {
        return key;
    }

    /** The certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    private static DERSequence signedKey(Identity identity, byte[] publicKey) {
        return new DERSequence(new DEROctetString[] {
            new DEROctetString(identity.publicKey().encoded()),
            new DEROctetString(identity.sign(CertificateRules.signedByIdentity(publicKey)))
        });
    }
}
