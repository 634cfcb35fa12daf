package proteus.domain.hash;

import org.jspecify.annotations.Nullable;
import proteus.domain.field.BFieldElement;

/**
 * The permutation under Tip5, with the state that it permutes and the memory that it needs for that.
 *
 * <p>The state holds 16 elements in Montgomery form, unsigned but not always canonical. Five rounds, each of a
 * substitution of every element, a multiplication by a matrix and an addition of constants. Between substitution and
 * addition an element is a pair (low, high) of signed integers that stands for low + high * 2^32, so that the matrix is
 * applied in plain 64-bit arithmetic, without reductions. Not safe for use by many threads; allocates nothing.
 *
 * <p>Source: twenty-first 3.1.1, {@code tip5}, and the paper "The Tip5 Hash Function for Recursive STARKs".
 */
final class Tip5Permutation {

    /** Elements in the state. */
    static final int STATE_SIZE = 16;

    /** Words that a permutation needs beside the state. */
    static final int WORK_SIZE = 2 * STATE_SIZE;

    private static final int HALF = STATE_SIZE / 2;

    /** The first so many elements are looked up, the others raised to a power. */
    private static final int QUARTER = STATE_SIZE / 4;

    static final int ROUNDS = 5;

    private static final long MASK = 0xFFFF_FFFFL;

    /** The substitution of the byte b at position k of a 32-bit word, which is L[b] * 2^(8k), for k = 0. */
    private static final int[] LOOKUP_0 = lookupTable(0);

    /** The same for k = 1. */
    private static final int[] LOOKUP_1 = lookupTable(1);

    /** The same for k = 2. */
    private static final int[] LOOKUP_2 = lookupTable(2);

    /** The same for k = 3. */
    private static final int[] LOOKUP_3 = lookupTable(3);

    /** The round constants, canonical, 16 for each round. Upstream derives them with BLAKE3 from "Tip5" and the index. */
    static final long[] CONSTANTS = {
        0xBD2A3DEB61AB60DEL, 0xEA7DF21AD9547ED2L, 0x900B3677A1DE063FL, 0x1B46887E876C8677L,
        0xD364D977889CFB97L, 0xDC8DFAC843699F02L, 0x375C405D7190DB58L, 0x27924006D2B0D4B1L,
        0x78DD1172D483CD38L, 0x3346C66244882A56L, 0xB0249B279F498AA5L, 0x94CD51BE79338D4DL,
        0xB0E0DC7052C5B218L, 0xF8DCC4D248ADAD95L, 0x68E3C635FEC868B7L, 0xD7D06B3FFB6B0D8CL,
        0xF3500DEA20EF032AL, 0x4865BF175BBA5803L, 0xD5F7FE3027287A27L, 0xA57333F44E193412L,
        0x8726E153A977EAE2L, 0x3014A98463FC191BL, 0xBA145461AF39B212L, 0x03AB70105933202FL,
        0x3D90B7EEBFCF71E5L, 0x386322B1CC520BFDL, 0x27C2C8DAF774F675L, 0x4FCB83F50309BC6AL,
        0x5E6D5CE8275F3CB3L, 0xECC2F6592C8F905CL, 0x837F532461E609B4L, 0xB2B1F6B95C92C93CL,
        0xC0027AF556411DC1L, 0x16E18C885FC2A26CL, 0x8880EF183D9F2BF3L, 0xB2930BDB5CA88C45L,
        0x9C2EC8322E1C1553L, 0xE5B05EAF3220A674L, 0xA49CC6AE4B861C4EL, 0x11708E0AEB86EBD7L,
        0xC09DE92BBC3902E0L, 0x929B3C79516BCBC1L, 0xE006E5BF738F27D1L, 0x2D9E1EC0EAC8EA38L,
        0x0984D8D94BF937C5L, 0x4959273C220E6747L, 0xFE1D934207E796FAL, 0x2B9B9298F2F6DD73L,
        0x07A1F5A67D6E3A41L, 0x4407593EE73743D9L, 0x9F054720EF802E59L, 0x78D4B711336E6AA6L,
        0xADC638AEF3C8B228L, 0xA4D6D3E86AFB2114L, 0x9D4808E725531968L, 0x369804DF3866D0EFL,
        0xE6DBD9A9D2215024L, 0x8ED22CA212EE85B2L, 0x397BB882FCD23EB6L, 0xEB8F8786D7277531L,
        0x9999D4CDAFF543B5L, 0xF382A61217F192D6L, 0x49C37260B026ADC1L, 0x3FF8918CE35C1019L,
        0x2E7DF8B76080BD07L, 0xF5DBAC250B8A28B9L, 0x853C3727AE9DA4CCL, 0xB2F1F5F3D9E5A26DL,
        0x3FCE22012D337847L, 0x6B5A3E6DB7EEE347L, 0x171582CD59DDE50DL, 0xC0C0B3095EE62A8AL,
        0x665B25C6F6A203D2L, 0x3099AED93B6AE69FL, 0x801DF6092BE69C38L, 0x8066AD0CDFFF43CDL,
        0x8AF9D44A5F4FDC6BL, 0xD80219CD97C0D762L, 0x10C9CEBA14148EBBL, 0x539BD4C3F2F24474L,
    };

    /**
     * A multiple of p, as OFFSET + OFFSET * (2^32 - 1) * 2^32, is added with every constant. The matrix gives a lower
     * half above -2^53 and an upper half in [0, 2^53); with the offset the upper half is worth more than 2^53 after its
     * own upper bits are folded down, and the sum is positive.
     */
    private static final long OFFSET = 1L << 22;

    /** For each round 16 lower halves of constants, then 16 upper halves, both in the form that {@link #join} needs. */
    private static final long[][] ROUND_CONSTANTS = roundConstants();

    private static final long[] LAST_CONSTANTS = ROUND_CONSTANTS[ROUNDS - 1];

    /** What computes permutations instead of the code here. */
    private static volatile @Nullable PermutationKernel kernel;

    private final long[] state = new long[STATE_SIZE];

    /**
     * Four quarters: the sums of the lower halves of elements i and i + 8, their differences, the sums of the upper
     * halves, their differences.
     */
    private final long[] work = new long[WORK_SIZE];

    /** Sets the element at {@code index} to a value. */
    void set(int index, long value) {
        state[index] = BFieldElement.toMontgomeryLazily(value);
    }

    /** The canonical value of the element at {@code index}. */
    long get(int index) {
        return BFieldElement.fromMontgomery(BFieldElement.reduce(state[index]));
    }

    /** The first five elements. */
    Digest digest() {
        return new Digest(get(0), get(1), get(2), get(3), get(4));
    }

    /** Lets {@code faster}, which must have been compared, compute all permutations from now on; null: the code here. */
    static void use(@Nullable PermutationKernel faster) {
        kernel = faster;
    }

    /** Permutes the state. */
    void permute() {
        PermutationKernel faster = kernel;
        if (faster == null) {
            permute(state, work);
        } else {
            faster.permute(state, work);
        }
    }

    /** Permutes the state for a caller that overwrites the first {@link Tip5#RATE} elements: what is in them then is not told. */
    void permuteCapacity() {
        PermutationKernel faster = kernel;
        if (faster == null) {
            permuteUpToLastAddition(state, work);
            for (int i = Tip5.RATE; i < STATE_SIZE; i++) {
                state[i] = second(work, i - HALF, LAST_CONSTANTS);
            }
        } else {
            faster.permute(state, work);
        }
    }

    /** The portable kernel. */
    static void permute(long[] state, long[] work) {
        permuteUpToLastAddition(state, work);
        for (int i = 0; i < HALF; i++) {
            state[i] = first(work, i, LAST_CONSTANTS);
            state[i + HALF] = second(work, i, LAST_CONSTANTS);
        }
    }

    private static void permuteUpToLastAddition(long[] state, long[] work) {
        for (int i = 0; i < QUARTER; i++) {
            substitute(work, i, state[i], state[i + HALF], state[i + QUARTER], state[i + QUARTER + HALF]);
        }
        for (int round = 0; round < ROUNDS - 1; round++) {
            multiply(work);
            addAndSubstitute(work, ROUND_CONSTANTS[round]);
        }
        multiply(work);
    }

    private static void multiply(long[] work) {
        Tip5Matrix.multiplySums(work, 0);
        Tip5Matrix.multiplySums(work, STATE_SIZE);
        Tip5Matrix.multiplyDifferences(work, HALF);
        Tip5Matrix.multiplyDifferences(work, STATE_SIZE + HALF);
    }

    private static void addAndSubstitute(long[] work, long[] constants) {
        // Written out: a loop stays a loop, and a method of its own for one of these calls becomes too large for the
        // just-in-time compiler to put it in here. Either costs a twentieth.
        substitute(
                work,
                0,
                first(work, 0, constants),
                second(work, 0, constants),
                first(work, 4, constants),
                second(work, 4, constants));
        substitute(
                work,
                1,
                first(work, 1, constants),
                second(work, 1, constants),
                first(work, 5, constants),
                second(work, 5, constants));
        substitute(
                work,
                2,
                first(work, 2, constants),
                second(work, 2, constants),
                first(work, 6, constants),
                second(work, 6, constants));
        substitute(
                work,
                3,
                first(work, 3, constants),
                second(work, 3, constants),
                first(work, 7, constants),
                second(work, 7, constants));
    }

    /**
     * Substitutes four elements and writes the sums and differences of two pairs of them: {@code x} is element i,
     * {@code y} element i + 8, {@code v} element i + 4, {@code w} element i + 12. Only x is looked up.
     *
     * <p>The Montgomery form of y^7 is the seventh power of that of y, for (2^64)^6 = 1 (mod p); no form is changed.
     * The powers go step by step side by side, because the processor does not look far enough ahead to run one chain
     * of multiplications beside the next.
     */
    private static void substitute(long[] work, int i, long x, long y, long v, long w) {
        long ySquare = BFieldElement.multiplyLazily(y, y);
        long vSquare = BFieldElement.multiplyLazily(v, v);
        long wSquare = BFieldElement.multiplyLazily(w, w);
        long word = BFieldElement.reduce(x);
        long low = lookup((int) word);
        long high = lookup((int) (word >>> 32));
        long yCube = BFieldElement.multiplyLazily(ySquare, y);
        long vCube = BFieldElement.multiplyLazily(vSquare, v);
        long wCube = BFieldElement.multiplyLazily(wSquare, w);
        long yFourth = BFieldElement.multiplyLazily(ySquare, ySquare);
        long vFourth = BFieldElement.multiplyLazily(vSquare, vSquare);
        long wFourth = BFieldElement.multiplyLazily(wSquare, wSquare);
        combine(work, i, low, high, foldedLow(yCube, yFourth), foldedHigh(yCube, yFourth));
        combine(
                work,
                i + QUARTER,
                foldedLow(vCube, vFourth),
                foldedHigh(vCube, vFourth),
                foldedLow(wCube, wFourth),
                foldedHigh(wCube, wFourth));
    }

    private static void combine(long[] work, int i, long low, long high, long otherLow, long otherHigh) {
        work[i] = low + otherLow;
        work[i + HALF] = low - otherLow;
        work[i + STATE_SIZE] = high + otherHigh;
        work[i + STATE_SIZE + HALF] = high - otherHigh;
    }

    /** The lower half of a * b modulo p, in (-2^33, 2^32): 2^64 = 2^32 - 1 and 2^96 = -1. */
    private static long foldedLow(long a, long b) {
        long low = a * b;
        long high = Math.unsignedMultiplyHigh(a, b);
        return (low & MASK) - (high & MASK) - (high >>> 32);
    }

    /** The upper half that belongs to {@link #foldedLow}, in [0, 2^33). */
    private static long foldedHigh(long a, long b) {
        long low = a * b;
        long high = Math.unsignedMultiplyHigh(a, b);
        return (low >>> 32) + (high & MASK);
    }

    private static long lookup(int word) {
        int substituted = LOOKUP_0[word & 0xFF]
                | LOOKUP_1[word >>> 8 & 0xFF]
                | LOOKUP_2[word >>> 16 & 0xFF]
                | LOOKUP_3[word >>> 24];
        return Integer.toUnsignedLong(substituted);
    }

    /** Element i, below 8, with its constant. */
    private static long first(long[] work, int i, long[] constants) {
        return join(
                work[i] + work[i + HALF],
                constants[i],
                work[i + STATE_SIZE] + work[i + STATE_SIZE + HALF],
                constants[i + STATE_SIZE]);
    }

    /** Element i + 8 with its constant. */
    private static long second(long[] work, int i, long[] constants) {
        return join(
                work[i] - work[i + HALF],
                constants[i + HALF],
                work[i + STATE_SIZE] - work[i + STATE_SIZE + HALF],
                constants[i + STATE_SIZE + HALF]);
    }

    /** One element from the scaled halves that the matrix gives and the halves of its constant. */
    private static long join(long scaledLow, long constantLow, long scaledHigh, long constantHigh) {
        // A constant holds an offset, a multiple of p: it makes the upper half and then the sum positive.
        long low = (scaledLow >> Tip5Matrix.SCALE_BITS) + constantLow;
        long high = scaledHigh + constantHigh;
        // The upper half without its scale, times 2^32; what is carried out of the word came round to its low end.
        long rotated = Long.rotateLeft(high, 32 - Tip5Matrix.SCALE_BITS);
        long carried = rotated & MASK;
        // A carry is worth 2^32 - 1, and the word holds it as 1 already.
        long folded = low - carried - carried + (carried << 32);
        long sum = folded + rotated;
        return Long.compareUnsigned(sum, rotated) < 0 ? sum + MASK : sum;
    }

    /** L[b] * 2^(8 * position) for every byte b, with L[b] = (b + 1)^3 + 256 modulo 257. */
    private static int[] lookupTable(int position) {
        int[] table = new int[256];
        for (int b = 0; b < table.length; b++) {
            table[b] = substituted(b) << (8 * position);
        }
        return table;
    }

    /** What is looked up for the byte {@code b}. */
    static int substituted(int b) {
        return ((b + 1) * (b + 1) * (b + 1) + 256) % 257;
    }

    private static long[][] roundConstants() {
        long[][] prepared = new long[ROUNDS][2 * STATE_SIZE];
        for (int i = 0; i < CONSTANTS.length; i++) {
            long constant = BFieldElement.toMontgomery(CONSTANTS[i]);
            long[] round = prepared[i / STATE_SIZE];
            round[i % STATE_SIZE] = (constant & MASK) + OFFSET;
            round[i % STATE_SIZE + STATE_SIZE] = ((constant >>> 32) + OFFSET * MASK) << Tip5Matrix.SCALE_BITS;
        }
        return prepared;
    }
}
