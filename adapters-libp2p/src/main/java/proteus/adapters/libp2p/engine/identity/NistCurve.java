package proteus.adapters.libp2p.engine.identity;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.HexFormat;

/** The curves on which an ECDSA key may lie. */
enum NistCurve {
    P256("secp256r1", 32, "3059301306072a8648ce3d020106082a8648ce3d03010703420004"),
    P384("secp384r1", 48, "3076301006072a8648ce3d020106052b8104002203620004"),
    P521("secp521r1", 66, "30819b301006072a8648ce3d020106052b810400230381860004");

    private final String standardName;
    private final int coordinateBytes;
    private final String prefix;

    NistCurve(String standardName, int coordinateBytes, String prefix) {
        this.standardName = standardName;
        this.coordinateBytes = coordinateBytes;
        this.prefix = prefix;
    }

    /** How long a coordinate is, and each number of a signature. */
    int coordinateBytes() {
        return coordinateBytes;
    }

    /** What precedes the coordinates in a {@code SubjectPublicKeyInfo} with the curve by name and no compression. */
    byte[] prefix() {
        return HexFormat.of().parseHex(prefix);
    }

    /** Field, equation, base point and order. */
    ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(standardName));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no " + standardName, missing);
        }
    }

    /** Whether the coordinates are within the field and fulfil the equation. The JDK does not look at this itself. */
    static boolean contains(ECParameterSpec curve, ECPoint point) {
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x)
                .add(curve.getCurve().getA())
                .multiply(x)
                .add(curve.getCurve().getB());
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }
}
