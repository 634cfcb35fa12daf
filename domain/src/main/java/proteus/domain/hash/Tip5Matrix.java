package proteus.domain.hash;

/**
 * The circulant matrix of Tip5, as multiplication by a constant polynomial modulo X^16 - 1 over the integers.
 *
 * <p>X^16 - 1 = (X^8 - 1)(X^8 + 1), so the product is wanted modulo either factor: the <em>sums</em> of the coefficients i
 * and i + 8 are the input modulo the first one, their <em>differences</em> modulo the second. The first factor is split
 * on in the same way down to X - 1, for the second one Karatsuba's trick saves multiplications; 41 are left of 256. What
 * comes out is scaled by 2^4, because each splitting undone without a division doubles the result.
 *
 * <p>The methods that give single coefficients have terms in common, which the just-in-time compiler computes once.
 */
final class Tip5Matrix {

    /** The logarithm of the factor by which results are too large. */
    static final int SCALE_BITS = 4;

    /** The first column: SHA-256 of "Tip5" in 16-bit little-endian words. */
    private static final long[] COLUMN = {
        61402, 1108, 28750, 33823, 7454, 43244, 53865, 12034, 56951, 27521, 41351, 40901, 12021, 59689, 26798, 17845
    };

    /** The column modulo X^8 + 1, times 8: its even coefficients, its odd ones, and their sums. */
    private static final Negacyclic4 EVEN_8 = new Negacyclic4(modulo8(0), modulo8(2), modulo8(4), modulo8(6));

    private static final Negacyclic4 ODD_8 = new Negacyclic4(modulo8(1), modulo8(3), modulo8(5), modulo8(7));
    private static final Negacyclic4 BOTH_8 = EVEN_8.plus(ODD_8);

    /** The column modulo X^4 + 1, times 4. */
    private static final Negacyclic4 FACTOR_4 = new Negacyclic4(modulo4(0), modulo4(1), modulo4(2), modulo4(3));

    /** The column modulo X^2 + 1, times 2. */
    private static final Gaussian FACTOR_2 = new Gaussian(2 * (every4(0) - every4(2)), 2 * (every4(1) - every4(3)));

    /** The column modulo X + 1. */
    private static final long ALTERNATING = every4(0) - every4(1) + every4(2) - every4(3);

    /** The column modulo X - 1. */
    private static final long TOTAL = every4(0) + every4(1) + every4(2) + every4(3);

    private Tip5Matrix() {}

    /** The entry of the first column in {@code row}, from 0 to 15. */
    static long column(int row) {
        return COLUMN[row];
    }

    /** Multiplies the eight sums in {@code work} from {@code at} on, in place: modulo X^8 - 1. */
    static void multiplySums(long[] work, int at) {
        long difference0 = work[at] - work[at + 4];
        long difference1 = work[at + 1] - work[at + 5];
        long difference2 = work[at + 2] - work[at + 6];
        long difference3 = work[at + 3] - work[at + 7];
        long sum0 = work[at] + work[at + 4];
        long sum1 = work[at + 1] + work[at + 5];
        long sum2 = work[at + 2] + work[at + 6];
        long sum3 = work[at + 3] + work[at + 7];

        long total = TOTAL * (sum0 + sum2 + (sum1 + sum3));
        long alternating = ALTERNATING * (sum0 + sum2 - (sum1 + sum3));
        long real = FACTOR_2.real(sum0 - sum2, sum1 - sum3);
        long imaginary = FACTOR_2.imaginary(sum0 - sum2, sum1 - sum3);

        long cyclic0 = total + alternating + real;
        long cyclic1 = total - alternating + imaginary;
        long cyclic2 = total + alternating - real;
        long cyclic3 = total - alternating - imaginary;
        long negacyclic0 = FACTOR_4.product0(difference0, difference1, difference2, difference3);
        long negacyclic1 = FACTOR_4.product1(difference0, difference1, difference2, difference3);
        long negacyclic2 = FACTOR_4.product2(difference0, difference1, difference2, difference3);
        long negacyclic3 = FACTOR_4.product3(difference0, difference1, difference2, difference3);

        work[at] = cyclic0 + negacyclic0;
        work[at + 1] = cyclic1 + negacyclic1;
        work[at + 2] = cyclic2 + negacyclic2;
        work[at + 3] = cyclic3 + negacyclic3;
        work[at + 4] = cyclic0 - negacyclic0;
        work[at + 5] = cyclic1 - negacyclic1;
        work[at + 6] = cyclic2 - negacyclic2;
        work[at + 7] = cyclic3 - negacyclic3;
    }

    /** Multiplies the eight differences in {@code work} from {@code at} on, in place: modulo X^8 + 1. */
    static void multiplyDifferences(long[] work, int at) {
        // With Y = X^2 the input is e(Y) + X o(Y), and Y^4 = -1.
        long e0 = work[at];
        long e1 = work[at + 2];
        long e2 = work[at + 4];
        long e3 = work[at + 6];
        long even0 = EVEN_8.product0(e0, e1, e2, e3);
        long even1 = EVEN_8.product1(e0, e1, e2, e3);
        long even2 = EVEN_8.product2(e0, e1, e2, e3);
        long even3 = EVEN_8.product3(e0, e1, e2, e3);

        long o0 = work[at + 1];
        long o1 = work[at + 3];
        long o2 = work[at + 5];
        long o3 = work[at + 7];
        long odd0 = ODD_8.product0(o0, o1, o2, o3);
        long odd1 = ODD_8.product1(o0, o1, o2, o3);
        long odd2 = ODD_8.product2(o0, o1, o2, o3);
        long odd3 = ODD_8.product3(o0, o1, o2, o3);

        work[at] = even0 - odd3;
        work[at + 2] = even1 + odd0;
        work[at + 4] = even2 + odd1;
        work[at + 6] = even3 + odd2;
        work[at + 1] = BOTH_8.product0(e0 + o0, e1 + o1, e2 + o2, e3 + o3) - (even0 + odd0);
        work[at + 3] = BOTH_8.product1(e0 + o0, e1 + o1, e2 + o2, e3 + o3) - (even1 + odd1);
        work[at + 5] = BOTH_8.product2(e0 + o0, e1 + o1, e2 + o2, e3 + o3) - (even2 + odd2);
        work[at + 7] = BOTH_8.product3(e0 + o0, e1 + o1, e2 + o2, e3 + o3) - (even3 + odd3);
    }

    private static long modulo8(int i) {
        return 8 * (COLUMN[i] - COLUMN[i + 8]);
    }

    private static long modulo4(int i) {
        return 4 * (COLUMN[i] + COLUMN[i + 8] - COLUMN[i + 4] - COLUMN[i + 12]);
    }

    private static long every4(int i) {
        return COLUMN[i] + COLUMN[i + 4] + COLUMN[i + 8] + COLUMN[i + 12];
    }

    /**
     * The constant c0 + c1 Y + c2 Y^2 + c3 Y^3 modulo Y^4 + 1. With i = Y^2 it is even + Y odd, of numbers with i^2 = -1.
     */
    private record Negacyclic4(Gaussian even, Gaussian odd, Gaussian both) {

        Negacyclic4(long c0, long c1, long c2, long c3) {
            this(new Gaussian(c0, c2), new Gaussian(c1, c3), new Gaussian(c0 + c1, c2 + c3));
        }

        Negacyclic4 plus(Negacyclic4 other) {
            return new Negacyclic4(even.plus(other.even), odd.plus(other.odd), both.plus(other.both));
        }

        /** The coefficient of 1 in the product with a0 + a1 Y + a2 Y^2 + a3 Y^3. */
        long product0(long a0, long a1, long a2, long a3) {
            return even.real(a0, a2) - odd.imaginary(a1, a3);
        }

        /** The coefficient of Y. */
        long product1(long a0, long a1, long a2, long a3) {
            return both.real(a0 + a1, a2 + a3) - even.real(a0, a2) - odd.real(a1, a3);
        }

        /** The coefficient of Y^2. */
        long product2(long a0, long a1, long a2, long a3) {
            return even.imaginary(a0, a2) + odd.real(a1, a3);
        }

        /** The coefficient of Y^3. */
        long product3(long a0, long a1, long a2, long a3) {
            return both.imaginary(a0 + a1, a2 + a3) - even.imaginary(a0, a2) - odd.imaginary(a1, a3);
        }
    }

    /** The constant p + q i with i^2 = -1. Both parts of a product need p (a + b): three multiplications, not four. */
    private record Gaussian(long p, long q) {

        Gaussian plus(Gaussian other) {
            return new Gaussian(p + other.p, q + other.q);
        }

        /** The real part of the product with a + b i. */
        long real(long a, long b) {
            return p * (a + b) - (p + q) * b;
        }

        /** The imaginary part of the product with a + b i. */
        long imaginary(long a, long b) {
            return p * (a + b) + (q - p) * a;
        }
    }
}
