package proteus.adapters.libp2p.engine.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;

/** A point on one of the curves of NIST. */
final class EcdsaPublicKey implements PublicKey {

    private final byte[] der;
    private final int orderBits;
    private final int numberBytes;
    private final java.security.PublicKey key;

    private EcdsaPublicKey(byte[] der, int orderBits, int numberBytes, java.security.PublicKey key) {
        this.der = der;
        this.orderBits = orderBits;
        this.numberBytes = numberBytes;
        this.key = key;
    }

    /** Takes over {@code der}. */
    static EcdsaPublicKey of(byte[] der) throws MalformedKeyException {
        for (NistCurve curve : NistCurve.values()) {
            byte[] prefix = curve.prefix();
            if (der.length == prefix.length + 2 * curve.coordinateBytes()
                    && Arrays.equals(der, 0, prefix.length, prefix, 0, prefix.length)) {
                return of(der, curve, prefix.length);
            }
        }
        throw new MalformedKeyException(
                "an ECDSA key of " + der.length + " bytes that is no uncompressed point of P-256, P-384 or P-521");
    }

    private static EcdsaPublicKey of(byte[] der, NistCurve curve, int offset) throws MalformedKeyException {
        int bytes = curve.coordinateBytes();
        ECPoint point =
                new ECPoint(new BigInteger(1, der, offset, bytes), new BigInteger(1, der, offset + bytes, bytes));
        ECParameterSpec parameters = curve.parameters();
        if (!NistCurve.contains(parameters, point)) {
            throw new MalformedKeyException("an ECDSA key that is no point of " + curve);
        }
        try {
            java.security.PublicKey key =
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
            return new EcdsaPublicKey(der, parameters.getOrder().bitLength(), bytes, key);
        } catch (InvalidKeySpecException refused) {
            throw new MalformedKeyException("an ECDSA key on " + curve + " that is refused", refused);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no elliptic curves", missing);
        }
    }

    @Override
    public KeyType type() {
        return KeyType.ECDSA;
    }

    @Override
    public byte[] data() {
        return der.clone();
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return EcdsaSignature.parse(signature, orderBits)
                .filter(parsed ->
                        JdkSignature.verify("SHA256withECDSAinP1363Format", key, message, parsed.fixed(numberBytes)))
                .isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EcdsaPublicKey that && Arrays.equals(der, that.der);
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
