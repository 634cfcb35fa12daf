package proteus.adapters.libp2p.engine.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** A modulus and an exponent, small enough that to verify stays cheap. */
final class RsaPublicKey implements PublicKey {

    /** What rust-libp2p and go-libp2p demand at least, in bits. */
    static final int MIN_BITS = 2_048;

    /** In bits; above, a single signature would cost seconds (go-libp2p's CVE-2023-39533). */
    static final int MAX_BITS = 8_192;

    /** In bits, as in Go's library; verifying costs a squaring for each. Real keys have 65,537. */
    static final int MAX_EXPONENT_BITS = 31;

    /** The AlgorithmIdentifier rsaEncryption, with its empty parameters. */
    private static final String ALGORITHM = "300d06092a864886f70d0101010500";

    private final byte[] der;
    private final java.security.PublicKey key;

    private RsaPublicKey(byte[] der, java.security.PublicKey key) {
        this.der = der;
        this.key = key;
    }

    /** Takes over {@code der}. */
    static RsaPublicKey of(byte[] der) throws MalformedKeyException {
        DerReader outside = DerReader.of(der);
        DerReader info = outside.sequence();
        outside.end();
        info.skip(HexFormat.of().parseHex(ALGORITHM), "algorithm of RSA");
        DerReader bits = info.bitString();
        info.end();
        DerReader pair = bits.sequence();
        bits.end();
        BigInteger modulus = pair.positiveInteger(MAX_BITS, "modulus");
        BigInteger exponent = pair.positiveInteger(MAX_EXPONENT_BITS, "public exponent");
        pair.end();
        return of(der, modulus, exponent);
    }

    private static RsaPublicKey of(byte[] der, BigInteger modulus, BigInteger exponent) throws MalformedKeyException {
        if (modulus.bitLength() < MIN_BITS) {
            throw new MalformedKeyException("a modulus of " + modulus.bitLength() + " bits, of at least " + MIN_BITS);
        }
        if (!modulus.testBit(0)) {
            throw new MalformedKeyException("an even modulus");
        }
        if (!exponent.testBit(0) || exponent.equals(BigInteger.ONE)) {
            throw new MalformedKeyException("a public exponent of " + exponent + ", which is even or 1");
        }
        try {
            return new RsaPublicKey(
                    der, KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
        } catch (InvalidKeySpecException refused) {
            throw new MalformedKeyException("an RSA key of " + modulus.bitLength() + " bits that is refused", refused);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no RSA", missing);
        }
    }

    @Override
    public KeyType type() {
        return KeyType.RSA;
    }

    @Override
    public byte[] data() {
        return der.clone();
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return JdkSignature.verify("SHA256withRSA", key, message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RsaPublicKey that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return PeerId.of(this).toString();
    }
}
