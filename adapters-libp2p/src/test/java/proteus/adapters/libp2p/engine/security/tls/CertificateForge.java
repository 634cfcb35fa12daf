package proteus.adapters.libp2p.engine.security.tls;

import io.netty.handler.ssl.util.LazyX509Certificate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.Identity;

/** Makes certificates byte by byte, also those that no library would make. What is not set is as rust-libp2p has it. */
final class CertificateForge {

    static final String ECDSA_SHA256 = "300a06082a8648ce3d040302";

    private static final HexFormat HEX = HexFormat.of();

    private final Identity identity;
    private KeyPair key;
    private Optional<KeyPair> signer = Optional.empty();
    private String innerAlgorithm = ECDSA_SHA256;
    private String outerAlgorithm = ECDSA_SHA256;
    private String signature = "SHA256withECDSA";
    private Optional<AlgorithmParameterSpec> parameters = Optional.empty();
    private String version = "a003020102";
    private String issuer = "3000";
    private String notBefore = "19750101000000Z";
    private String notAfter = "40960101000000Z";
    private Optional<byte[]> publicKey = Optional.empty();
    private Optional<byte[]> signedByIdentity = Optional.empty();
    private int libp2pExtensions = 1;
    private final List<byte[]> otherExtensions = new ArrayList<>();

    CertificateForge(Identity identity) {
        this.identity = identity;
        key = ec("secp256r1");
    }

    static KeyPair ec(String curve) {
        return keyPair("EC", new ECGenParameterSpec(curve));
    }

    static KeyPair rsa(int bits) {
        return keyPair("RSA", new java.security.spec.RSAKeyGenParameterSpec(bits, java.math.BigInteger.valueOf(65537)));
    }

    static KeyPair edwards(String curve) {
        return keyPair(curve, new java.security.spec.NamedParameterSpec(curve));
    }

    private static KeyPair keyPair(String algorithm, AlgorithmParameterSpec spec) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(spec, new SecureRandom());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    CertificateForge key(KeyPair pair, String algorithm, String jca) {
        key = pair;
        innerAlgorithm = algorithm;
        outerAlgorithm = algorithm;
        signature = jca;
        return this;
    }

    CertificateForge parameters(AlgorithmParameterSpec spec) {
        parameters = Optional.of(spec);
        return this;
    }

    CertificateForge signedBy(KeyPair other) {
        signer = Optional.of(other);
        return this;
    }

    CertificateForge innerAlgorithm(String algorithm) {
        innerAlgorithm = algorithm;
        return this;
    }

    CertificateForge version(String der) {
        version = der;
        return this;
    }

    CertificateForge issuer(String der) {
        issuer = der;
        return this;
    }

    CertificateForge validity(String from, String to) {
        notBefore = from;
        notAfter = to;
        return this;
    }

    CertificateForge publicKey(byte[] info) {
        publicKey = Optional.of(info);
        return this;
    }

    CertificateForge identitySigns(byte[] message) {
        signedByIdentity = Optional.of(message);
        return this;
    }

    CertificateForge libp2pExtensions(int count) {
        libp2pExtensions = count;
        return this;
    }

    CertificateForge extension(String oid, boolean critical, byte[] value) {
        otherExtensions.add(extensionOf(oid, critical, value));
        return this;
    }

    PrivateKey privateKey() {
        return key.getPrivate();
    }

    X509Certificate forge() {
        return new LazyX509Certificate(der());
    }

    byte[] der() {
        byte[] info = publicKey.orElse(key.getPublic().getEncoded());
        byte[] signed = tag(
                0x30,
                HEX.parseHex(version),
                tag(0x02, new byte[] {7}),
                HEX.parseHex(innerAlgorithm),
                HEX.parseHex(issuer),
                tag(0x30, time(notBefore), time(notAfter)),
                HEX.parseHex("3000"),
                info,
                extensions(info));
        byte[] bits = sign(signed);
        return tag(0x30, signed, HEX.parseHex(outerAlgorithm), tag(0x03, new byte[1], bits));
    }

    private byte[] extensions(byte[] info) {
        List<byte[]> all = new ArrayList<>(otherExtensions);
        byte[] message = signedByIdentity.orElse(CertificateRules.signedByIdentity(info));
        byte[] signedKey = tag(0x30, tag(0x04, identity.publicKey().encoded()), tag(0x04, identity.sign(message)));
        for (int i = 0; i < libp2pExtensions; i++) {
            all.add(extensionOf(CertificateRules.EXTENSION, true, signedKey));
        }
        return all.isEmpty() ? new byte[0] : tag(0xa3, tag(0x30, all.toArray(byte[][]::new)));
    }

    private byte[] sign(byte[] message) {
        try {
            Signature own = Signature.getInstance(signature);
            if (parameters.isPresent()) {
                own.setParameter(parameters.get());
            }
            own.initSign(signer.orElse(key).getPrivate());
            own.update(message);
            return own.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] extensionOf(String oid, boolean critical, byte[] value) {
        byte[] flag = critical ? tag(0x01, new byte[] {-1}) : new byte[0];
        return tag(0x30, tag(0x06, HEX.parseHex(oid)), flag, tag(0x04, value));
    }

    private static byte[] time(String text) {
        return tag(text.length() == 13 ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] tag(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length < 0x80) {
            whole.write(length);
        } else if (length < 0x100) {
            whole.write(0x81);
            whole.write(length);
        } else {
            whole.write(0x82);
            whole.write(length >>> 8);
            whole.write(length);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
