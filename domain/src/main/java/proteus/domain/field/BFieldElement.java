package proteus.domain.field;

/**
 * Arithmetic of the base field of order p = 2^64 - 2^32 + 1, on canonical values.
 *
 * <p>An element is a primitive {@code long} that holds an unsigned value in {@code [0, p)}; there is no object per
 * element. Unless a method says otherwise, arguments must be canonical and results are. Source: twenty-first 3.1.1.
 */
public final class BFieldElement {

    /** The field's order, as an unsigned {@code long}: 18446744069414584321. */
    public static final long P = 0xFFFF_FFFF_0000_0001L;

    /** 2^64 mod p, which is also 2^64 - p. */
    private static final long EPSILON = 0xFFFF_FFFFL;

    private BFieldElement() {}

    /** Whether {@code value}, taken as unsigned, is less than p. */
    public static boolean isCanonical(long value) {
        return Long.compareUnsigned(value, P) < 0;
    }

    /** Any unsigned 64-bit value reduced modulo p, as every binary decoder upstream does. */
    public static long reduce(long value) {
        return isCanonical(value) ? value : value - P;
    }

    /**
     * Returns {@code value} unchanged.
     *
     * @throws IllegalArgumentException if {@code value} is not canonical
     */
    public static long requireCanonical(long value) {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException("not a canonical field element: " + Long.toUnsignedString(value));
        }
        return value;
    }

    /** The sum a + b. */
    public static long add(long a, long b) {
        long sum = a + b;
        // A carry out of 64 bits is worth 2^64 mod p; the canonical inputs keep that from carrying again.
        long carried = Long.compareUnsigned(sum, a) < 0 ? sum + EPSILON : sum;
        return reduce(carried);
    }

    /** The difference a - b. */
    public static long subtract(long a, long b) {
        long difference = a - b;
        return Long.compareUnsigned(a, b) < 0 ? difference - EPSILON : difference;
    }

    /** The product a * b. */
    public static long multiply(long a, long b) {
        return reduceWide(Math.unsignedMultiplyHigh(a, b), a * b);
    }

    /** The value high * 2^64 + low modulo p, for any two unsigned words. */
    public static long reduceWide(long high, long low) {
        // 2^64 = 2^32 - 1 and 2^96 = -1 (mod p): low - (high >>> 32) + (high & (2^32 - 1)) * (2^32 - 1).
        long top = high >>> 32;
        long middle = (high & EPSILON) * EPSILON;
        long result = low - top;
        if (Long.compareUnsigned(low, top) < 0) {
            result -= EPSILON;
        }
        long sum = result + middle;
        if (Long.compareUnsigned(sum, result) < 0) {
            sum += EPSILON;
        }
        return reduce(sum);
    }
}
