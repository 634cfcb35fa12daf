package proteus.adapters.libp2p.engine.identity;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The two numbers of a signature by ECDSA; each is positive and has no more bits than the order of its curve. */
record EcdsaSignature(BigInteger r, BigInteger s) {

    /** Reads the sequence of both in strict DER; empty if it is none. */
    static Optional<EcdsaSignature> parse(byte[] der, int orderBits) {
        try {
            DerReader outside = DerReader.of(der);
            DerReader pair = outside.sequence();
            outside.end();
            BigInteger r = pair.positiveInteger(orderBits, "number of a signature");
            BigInteger s = pair.positiveInteger(orderBits, "number of a signature");
            pair.end();
            return Optional.of(new EcdsaSignature(r, s));
        } catch (MalformedKeyException malformed) {
            return Optional.empty();
        }
    }

    /** Both numbers big-endian one after the other, each of {@code bytes} bytes (IEEE P1363). */
    byte[] fixed(int bytes) {
        ByteBuffer out = ByteBuffer.allocate(2 * bytes);
        put(out, r, bytes);
        put(out, s, bytes);
        return out.array();
    }

    private static void put(ByteBuffer out, BigInteger number, int bytes) {
        byte[] twosComplement = number.toByteArray();
        int sign = twosComplement.length > bytes ? 1 : 0;
        int length = twosComplement.length - sign;
        out.position(out.position() + bytes - length);
        out.put(twosComplement, sign, length);
    }
}
