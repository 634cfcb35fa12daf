package proteus.adapters.libp2p.engine.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** Keys of every type with both halves, made by other code than what is tested. */
final class TestKeys {

    /** One key; its signatures are in the form that libp2p gives them. */
    record Pair(PublicKey publicKey, Signing signing) {
        byte[] sign(byte[] message) throws Exception {
            return signing.sign(message);
        }
    }

    interface Signing {
        byte[] sign(byte[] message) throws Exception;
    }

    private static final Map<KeyType, List<Pair>> PAIRS = new ConcurrentHashMap<>();

    private TestKeys() {}

    static Pair first(KeyType type) {
        return pairs(type).getFirst();
    }

    static Pair second(KeyType type) {
        return pairs(type).getLast();
    }

    private static List<Pair> pairs(KeyType type) {
        return PAIRS.computeIfAbsent(type, each -> List.of(make(each), make(each)));
    }

    private static Pair make(KeyType type) {
        try {
            return switch (type) {
                case RSA -> rsa(2_048);
                case ED25519 -> ed25519();
                case SECP256K1 -> secp256k1();
                case ECDSA -> ecdsa("secp256r1");
            };
        } catch (GeneralSecurityException | MalformedKeyException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static KeyPair rsaPair(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    static Pair rsa(int bits) throws GeneralSecurityException, MalformedKeyException {
        return java("SHA256withRSA", rsaPair(bits), KeyType.RSA);
    }

    static Pair ecdsa(String curve) throws GeneralSecurityException, MalformedKeyException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return java("SHA256withECDSA", generator.generateKeyPair(), KeyType.ECDSA);
    }

    private static Pair java(String algorithm, KeyPair pair, KeyType type)
            throws GeneralSecurityException, MalformedKeyException {
        Signing signing = message -> {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        };
        return new Pair(
                PublicKey.decode(TestMessages.key(type.code(), pair.getPublic().getEncoded())), signing);
    }

    private static Pair ed25519() throws GeneralSecurityException, MalformedKeyException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] der = pair.getPublic().getEncoded();
        Signing signing = message -> {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        };
        byte[] raw = java.util.Arrays.copyOfRange(der, der.length - 32, der.length);
        return new Pair(PublicKey.decode(TestMessages.key(KeyType.ED25519.code(), raw)), signing);
    }

    private static Pair secp256k1() throws MalformedKeyException {
        X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
        ECDomainParameters domain = new ECDomainParameters(curve);
        BigInteger secret = new BigInteger(250, new SecureRandom()).add(BigInteger.ONE);
        byte[] point = curve.getG().multiply(secret).getEncoded(true);
        Signing signing = message -> {
            ECDSASigner signer = new ECDSASigner();
            signer.init(true, new ECPrivateKeyParameters(secret, domain));
            BigInteger[] numbers = signer.generateSignature(Sha256.of(message));
            return StandardDSAEncoding.INSTANCE.encode(curve.getN(), numbers[0], numbers[1]);
        };
        return new Pair(PublicKey.decode(TestMessages.key(KeyType.SECP256K1.code(), point)), signing);
    }
}
