package proteus.adapters.libp2p.engine.identity;

import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** A compressed point on Bitcoin's curve. The JDK no longer has that curve, so Bouncy Castle computes here. */
final class Secp256k1PublicKey implements PublicKey {

    static final int BYTES = 33;

    private final byte[] compressed;
    private final ECPublicKeyParameters key;

    private Secp256k1PublicKey(byte[] compressed, ECPublicKeyParameters key) {
        this.compressed = compressed;
        this.key = key;
    }

    /** Takes over {@code compressed}. */
    static Secp256k1PublicKey of(byte[] compressed) throws MalformedKeyException {
        if (compressed.length != BYTES || (compressed[0] != 2 && compressed[0] != 3)) {
            throw new MalformedKeyException(
                    "a Secp256k1 key of " + compressed.length + " bytes that is no compressed point of " + BYTES);
        }
        X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
        try {
            return new Secp256k1PublicKey(
                    compressed,
                    new ECPublicKeyParameters(curve.getCurve().decodePoint(compressed), new ECDomainParameters(curve)));
        } catch (IllegalArgumentException noPoint) {
            throw new MalformedKeyException("a Secp256k1 key that is no point of the curve", noPoint);
        }
    }

    @Override
    public KeyType type() {
        return KeyType.SECP256K1;
    }

    @Override
    public byte[] data() {
        return compressed.clone();
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, key);
        return EcdsaSignature.parse(signature, key.getParameters().getN().bitLength())
                .filter(parsed -> verifier.verifySignature(Sha256.of(message), parsed.r(), parsed.s()))
                .isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secp256k1PublicKey that && Arrays.equals(compressed, that.compressed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(compressed);
    }

    @Override
    public String toString() {
        return PeerId.of(this).toString();
    }
}
