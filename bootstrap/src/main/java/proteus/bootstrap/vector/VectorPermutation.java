package proteus.bootstrap.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ULT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.PermutationKernel;
import proteus.domain.hash.Tip5Parameters;

/**
 * The permutation under Tip5 in vectors of eight 64-bit lanes, as AVX-512 has them: a state is two of them. Right on any
 * processor; on one without such vectors, or before the just-in-time compiler has seen it, slower by orders of magnitude.
 *
 * <p>A power is computed from products of 32-bit halves. The matrix is applied to the halves as doubles, in which it is
 * exact: its column adds up to less than 2^19.1, so that what comes out stays below 2^52, and each multiplication and
 * addition is one instruction. {@code work} holds the bits of 16 doubles for the lower halves, then of 16 for the upper
 * ones.
 *
 * <p>{@link #raise} and {@link #multiply} are written out on purpose. They must be larger than what the just-in-time
 * compiler puts into a caller (325 bytes of code): together they are beyond what it compiles in one piece, and then it makes
 * objects of vectors. So it does when one of them calls another method with a vector.
 */
final class VectorPermutation implements PermutationKernel {

    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;

    private static final int LANES = 8;

    private static final int STATE_SIZE = Tip5Parameters.STATE_SIZE;

    /** The lower half of a word; also 2^64 modulo p. */
    private static final long MASK = 0xFFFF_FFFFL;

    /** A double from 2^52 up to 2^53 has an integer in these bits, which is what it is more than 2^52. */
    private static final long FRACTION = (1L << 52) - 1;

    private static final double TWO_TO_52 = 0x1p52;

    private static final long TWO_TO_52_BITS = Double.doubleToRawLongBits(TWO_TO_52);

    /** The matrix: its column i begins at 15 - i. */
    private static final double[] ROWS = rows();

    /** What the sums of the lower halves begin with: for each round 16 lower halves of its constants, and 2^52. */
    private static final double[] LOW_CONSTANTS = constants(0);

    /** The same for the upper halves. */
    private static final double[] HIGH_CONSTANTS = constants(32);

    /** What is looked up for a byte. */
    private static final byte[] LOOKUP = lookup();

    /** Whether the processor has vectors of this length, and Java would choose them. */
    static boolean isForThisProcessor() {
        return LongVector.SPECIES_PREFERRED.length() >= LANES;
    }

    @Override
    public void permute(long[] state, long[] work) {
        for (int round = 0; round < Tip5Parameters.ROUNDS; round++) {
            // Looked up on the other units of the processor while the powers are computed, and put over four of them.
            long first = substituted(state[0]);
            long second = substituted(state[1]);
            long third = substituted(state[2]);
            long fourth = substituted(state[3]);
            raise(state, work, 0);
            raise(state, work, LANES);
            put(work, 0, first);
            put(work, 1, second);
            put(work, 2, third);
            put(work, 3, fourth);
            multiply(work, 0, LOW_CONSTANTS, STATE_SIZE * round);
            multiply(work, STATE_SIZE, HIGH_CONSTANTS, STATE_SIZE * round);
            join(work, state, 0);
            join(work, state, LANES);
        }
    }

    /** The seventh powers of eight elements from {@code at} on, as doubles. */
    private static void raise(long[] state, long[] work, int at) {
        LongVector x = LongVector.fromArray(LONGS, state, at);
        LongVector low = x.and(MASK);
        LongVector high = x.lanewise(LSHR, 32);

        // A product is low + high * 2^64. 2^64 = 2^32 - 1 and 2^96 = -1 (mod p), so with high = hh * 2^32 + hl it is
        // low - hh + hl * (2^32 - 1). The difference and the sum may each leave the word once, which is worth 2^32 - 1.
        LongVector squareLowLow = low.mul(low);
        LongVector squareLowHigh = low.mul(high);
        LongVector squareMiddle = squareLowHigh.add(squareLowLow.lanewise(LSHR, 32));
        LongVector squareOther = squareLowHigh.add(squareMiddle.and(MASK));
        LongVector squareHigh =
                high.mul(high).add(squareMiddle.lanewise(LSHR, 32)).add(squareOther.lanewise(LSHR, 32));
        LongVector squareLow = squareOther.lanewise(LSHL, 32).or(squareLowLow.and(MASK));
        LongVector squareHighHigh = squareHigh.lanewise(LSHR, 32);
        LongVector squareWorth = squareHigh.lanewise(LSHL, 32).sub(squareHigh.and(MASK));
        LongVector squareSum = squareLow.sub(squareHighHigh).add(squareWorth);
        LongVector square = squareSum
                .add(MASK, squareSum.compare(ULT, squareWorth))
                .sub(MASK, squareLow.compare(ULT, squareHighHigh));
        LongVector squareLowHalf = square.and(MASK);
        LongVector squareHighHalf = square.lanewise(LSHR, 32);

        LongVector fourthLowLow = squareLowHalf.mul(squareLowHalf);
        LongVector fourthLowHigh = squareLowHalf.mul(squareHighHalf);
        LongVector fourthMiddle = fourthLowHigh.add(fourthLowLow.lanewise(LSHR, 32));
        LongVector fourthOther = fourthLowHigh.add(fourthMiddle.and(MASK));
        LongVector fourthHigh = squareHighHalf
                .mul(squareHighHalf)
                .add(fourthMiddle.lanewise(LSHR, 32))
                .add(fourthOther.lanewise(LSHR, 32));
        LongVector fourthLow = fourthOther.lanewise(LSHL, 32).or(fourthLowLow.and(MASK));
        LongVector fourthHighHigh = fourthHigh.lanewise(LSHR, 32);
        LongVector fourthWorth = fourthHigh.lanewise(LSHL, 32).sub(fourthHigh.and(MASK));
        LongVector fourthSum = fourthLow.sub(fourthHighHigh).add(fourthWorth);
        LongVector fourth = fourthSum
                .add(MASK, fourthSum.compare(ULT, fourthWorth))
                .sub(MASK, fourthLow.compare(ULT, fourthHighHigh));
        LongVector fourthLowHalf = fourth.and(MASK);
        LongVector fourthHighHalf = fourth.lanewise(LSHR, 32);

        LongVector cubeLowLow = squareLowHalf.mul(low);
        LongVector cubeLowHigh = squareLowHalf.mul(high);
        LongVector cubeHighLow = squareHighHalf.mul(low);
        LongVector cubeMiddle = cubeLowHigh.add(cubeLowLow.lanewise(LSHR, 32));
        LongVector cubeOther = cubeHighLow.add(cubeMiddle.and(MASK));
        LongVector cubeHigh =
                squareHighHalf.mul(high).add(cubeMiddle.lanewise(LSHR, 32)).add(cubeOther.lanewise(LSHR, 32));
        LongVector cubeLow = cubeOther.lanewise(LSHL, 32).or(cubeLowLow.and(MASK));
        LongVector cubeHighHigh = cubeHigh.lanewise(LSHR, 32);
        LongVector cubeWorth = cubeHigh.lanewise(LSHL, 32).sub(cubeHigh.and(MASK));
        LongVector cubeSum = cubeLow.sub(cubeHighHigh).add(cubeWorth);
        LongVector cube =
                cubeSum.add(MASK, cubeSum.compare(ULT, cubeWorth)).sub(MASK, cubeLow.compare(ULT, cubeHighHigh));
        LongVector cubeLowHalf = cube.and(MASK);
        LongVector cubeHighHalf = cube.lanewise(LSHR, 32);

        LongVector seventhLowLow = fourthLowHalf.mul(cubeLowHalf);
        LongVector seventhLowHigh = fourthLowHalf.mul(cubeHighHalf);
        LongVector seventhHighLow = fourthHighHalf.mul(cubeLowHalf);
        LongVector seventhMiddle = seventhLowHigh.add(seventhLowLow.lanewise(LSHR, 32));
        LongVector seventhOther = seventhHighLow.add(seventhMiddle.and(MASK));
        LongVector seventhHigh = fourthHighHalf
                .mul(cubeHighHalf)
                .add(seventhMiddle.lanewise(LSHR, 32))
                .add(seventhOther.lanewise(LSHR, 32));
        LongVector seventhLow = seventhOther.lanewise(LSHL, 32).or(seventhLowLow.and(MASK));
        LongVector seventhHighHigh = seventhHigh.lanewise(LSHR, 32);
        LongVector seventhWorth = seventhHigh.lanewise(LSHL, 32).sub(seventhHigh.and(MASK));
        LongVector seventhSum = seventhLow.sub(seventhHighHigh).add(seventhWorth);
        LongVector seventh = seventhSum
                .add(MASK, seventhSum.compare(ULT, seventhWorth))
                .sub(MASK, seventhLow.compare(ULT, seventhHighHigh));

        // An integer below 2^32 put into the fraction of 2^52 is that much more than 2^52.
        seventh.and(MASK)
                .or(TWO_TO_52_BITS)
                .reinterpretAsDoubles()
                .sub(TWO_TO_52)
                .reinterpretAsLongs()
                .intoArray(work, at);
        seventh.lanewise(LSHR, 32)
                .or(TWO_TO_52_BITS)
                .reinterpretAsDoubles()
                .sub(TWO_TO_52)
                .reinterpretAsLongs()
                .intoArray(work, at + STATE_SIZE);
    }

    /** Multiplies the 16 doubles from {@code at} on by the matrix, and adds the constants. */
    private static void multiply(long[] work, int at, double[] constants, int constantsAt) {
        // Two sums each for the elements 0 to 7 and 8 to 15: the additions of one wait for each other.
        DoubleVector evenFirst = DoubleVector.fromArray(DOUBLES, constants, constantsAt);
        DoubleVector evenSecond = DoubleVector.fromArray(DOUBLES, constants, constantsAt + LANES);
        DoubleVector oddFirst = DoubleVector.zero(DOUBLES);
        DoubleVector oddSecond = DoubleVector.zero(DOUBLES);
        DoubleVector x;
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 0]));
        evenFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 15), evenFirst);
        evenSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 23), evenSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 1]));
        oddFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 14), oddFirst);
        oddSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 22), oddSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 2]));
        evenFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 13), evenFirst);
        evenSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 21), evenSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 3]));
        oddFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 12), oddFirst);
        oddSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 20), oddSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 4]));
        evenFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 11), evenFirst);
        evenSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 19), evenSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 5]));
        oddFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 10), oddFirst);
        oddSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 18), oddSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 6]));
        evenFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 9), evenFirst);
        evenSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 17), evenSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 7]));
        oddFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 8), oddFirst);
        oddSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 16), oddSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 8]));
        evenFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 7), evenFirst);
        evenSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 15), evenSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 9]));
        oddFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 6), oddFirst);
        oddSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 14), oddSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 10]));
        evenFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 5), evenFirst);
        evenSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 13), evenSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 11]));
        oddFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 4), oddFirst);
        oddSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 12), oddSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 12]));
        evenFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 3), evenFirst);
        evenSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 11), evenSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 13]));
        oddFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 2), oddFirst);
        oddSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 10), oddSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 14]));
        evenFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 1), evenFirst);
        evenSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 9), evenSecond);
        x = DoubleVector.broadcast(DOUBLES, Double.longBitsToDouble(work[at + 15]));
        oddFirst = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 0), oddFirst);
        oddSecond = x.fma(DoubleVector.fromArray(DOUBLES, ROWS, 8), oddSecond);
        evenFirst.add(oddFirst).reinterpretAsLongs().intoArray(work, at);
        evenSecond.add(oddSecond).reinterpretAsLongs().intoArray(work, at + LANES);
    }

    /** Makes eight elements, from {@code at} on, of their halves below 2^52. */
    private static void join(long[] work, long[] state, int at) {
        LongVector low = LongVector.fromArray(LONGS, work, at).and(FRACTION);
        LongVector high = LongVector.fromArray(LONGS, work, at + STATE_SIZE).and(FRACTION);
        LongVector carried = high.lanewise(LSHR, 32);
        LongVector folded = low.add(carried.lanewise(LSHL, 32)).sub(carried);
        LongVector shifted = high.lanewise(LSHL, 32);
        LongVector sum = folded.add(shifted);
        sum.add(MASK, sum.compare(ULT, shifted)).intoArray(state, at);
    }

    private static void put(long[] work, int index, long word) {
        work[index] = Double.doubleToRawLongBits((double) (word & MASK));
        work[index + STATE_SIZE] = Double.doubleToRawLongBits((double) (word >>> 32));
    }

    private static long substituted(long word) {
        long canonical = BFieldElement.reduce(word);
        return lookedUp(canonical, 0)
                | lookedUp(canonical, 8)
                | lookedUp(canonical, 16)
                | lookedUp(canonical, 24)
                | lookedUp(canonical, 32)
                | lookedUp(canonical, 40)
                | lookedUp(canonical, 48)
                | lookedUp(canonical, 56);
    }

    private static long lookedUp(long word, int shift) {
        return Byte.toUnsignedLong(LOOKUP[(int) (word >>> shift) & 0xFF]) << shift;
    }

    private static double[] rows() {
        double[] rows = new double[2 * STATE_SIZE];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Tip5Parameters.matrixColumn(Math.floorMod(i - (STATE_SIZE - 1), STATE_SIZE));
        }
        return rows;
    }

    private static double[] constants(int shift) {
        double[] constants = new double[Tip5Parameters.ROUNDS * STATE_SIZE];
        for (int i = 0; i < constants.length; i++) {
            long constant = Tip5Parameters.roundConstant(i / STATE_SIZE, i % STATE_SIZE);
            constants[i] = TWO_TO_52 + (BFieldElement.toMontgomery(constant) >>> shift & MASK);
        }
        return constants;
    }

    private static byte[] lookup() {
        byte[] lookup = new byte[256];
        for (int b = 0; b < lookup.length; b++) {
            lookup[b] = (byte) Tip5Parameters.substituted(b);
        }
        return lookup;
    }
}
