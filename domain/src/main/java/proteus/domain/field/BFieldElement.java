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
        return reduce(multiplyLazily(a, b));
    }

    /**
     * The product of any two unsigned words modulo p, as an unsigned word that may not be canonical. It saves a
     * comparison in the middle of a computation.
     */
    public static long multiplyLazily(long a, long b) {
        return reduceWideLazily(Math.unsignedMultiplyHigh(a, b), a * b);
    }

    /** The value high * 2^64 + low modulo p, for any two unsigned words. */
    public static long reduceWide(long high, long low) {
        return reduce(reduceWideLazily(high, low));
    }

    private static long reduceWideLazily(long high, long low) {
        // 2^64 = 2^32 - 1 and 2^96 = -1 (mod p): low - (high >>> 32) - (high & (2^32 - 1)) + (high << 32).
        long subtrahend = (high >>> 32) + (high & EPSILON);
        long difference = low - subtrahend;
        if (Long.compareUnsigned(low, subtrahend) < 0) {
            difference -= EPSILON;
        }
        long addend = high << 32;
        long sum = difference + addend;
        // A carry leaves at most 2^64 - 2^32 - 1 behind, so that adding its worth does not carry again.
        return sum + (Long.compareUnsigned(sum, addend) < 0 ? EPSILON : 0);
    }

    /**
     * The power base^exponent; 0^0 is 1.
     *
     * @param base the base
     * @param exponent any unsigned 64-bit integer
     */
    public static long power(long base, long exponent) {
        long result = 1;
        for (int bit = Long.SIZE - Long.numberOfLeadingZeros(exponent) - 1; bit >= 0; bit--) {
            result = multiply(result, result);
            if ((exponent >>> bit & 1) == 1) {
                result = multiply(result, base);
            }
        }
        return result;
    }

    /**
     * The element whose product with {@code value} is 1.
     *
     * @throws ArithmeticException if {@code value} is 0
     */
    public static long inverse(long value) {
        if (value == 0) {
            throw new ArithmeticException("0 has no inverse");
        }
        return power(value, P - 2);
    }

    /**
     * The Montgomery form of {@code value}, which is value * 2^64; upstream calls it raw. Nothing on the wire has this
     * form, but Tip5 substitutes its bytes.
     */
    public static long toMontgomery(long value) {
        return reduce(toMontgomeryLazily(value));
    }

    /** The Montgomery form of any unsigned word, as an unsigned word that may not be canonical. */
    public static long toMontgomeryLazily(long value) {
        long minuend = value << 32;
        long subtrahend = (value >>> 32) + (value & EPSILON);
        return minuend - subtrahend - (Long.compareUnsigned(minuend, subtrahend) < 0 ? EPSILON : 0);
    }

    /** The value whose Montgomery form is {@code montgomery}. */
    public static long fromMontgomery(long montgomery) {
        // 2^192 = 1 (mod p), so 2^-64 = 2^128.
        return toMontgomery(toMontgomery(montgomery));
    }
}
