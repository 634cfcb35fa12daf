package proteus.domain.block;

import java.math.BigInteger;
import proteus.domain.field.U32Sequence;

/**
 * How many guesses a chain is worth: the sum of the difficulties of its blocks.
 *
 * <p>Ordered as numbers. Source: neptune-consensus 0.19.4, {@code difficulty_control.rs}.
 *
 * @param limbs the bits of the number, exactly 6 words, least significant first
 */
public record ProofOfWork(U32Sequence limbs) implements Comparable<ProofOfWork> {

    /** Words in the number. */
    public static final int LIMBS = 6;

    public ProofOfWork {
        if (limbs.size() != LIMBS) {
            throw new IllegalArgumentException("expected 6 limbs, not " + limbs.size());
        }
    }

    /**
     * The work {@code number}.
     *
     * @throws IllegalArgumentException if it is outside {@code [0, 2^192)}
     */
    public static ProofOfWork of(BigInteger number) {
        return new ProofOfWork(limbs(number, LIMBS));
    }

    /** The number that the limbs stand for, in {@code [0, 2^192)}. */
    public BigInteger toBigInteger() {
        return number(limbs);
    }

    /** The work of a chain that is longer by a block of {@code difficulty}, modulo 2^192 as upstream has it. */
    public ProofOfWork plus(Difficulty difficulty) {
        int[] sum = new int[LIMBS];
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry += limbs.valueAt(i)
                    + (i < Difficulty.LIMBS ? difficulty.limbs().valueAt(i) : 0);
            sum[i] = (int) carry;
            carry >>>= Integer.SIZE;
        }
        return new ProofOfWork(U32Sequence.owning(sum));
    }

    @Override
    public int compareTo(ProofOfWork other) {
        return compare(limbs, other.limbs);
    }

    /** The decimal number. */
    @Override
    public String toString() {
        return toBigInteger().toString();
    }

    /** Compares two numbers of as many limbs. */
    static int compare(U32Sequence left, U32Sequence right) {
        for (int i = left.size() - 1; i >= 0; i--) {
            int order = Integer.compareUnsigned(left.at(i), right.at(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The number whose 32-bit limbs are {@code limbs}, least significant first. */
    static BigInteger number(U32Sequence limbs) {
        BigInteger number = BigInteger.ZERO;
        for (int i = limbs.size() - 1; i >= 0; i--) {
            number = number.shiftLeft(Integer.SIZE).or(BigInteger.valueOf(limbs.valueAt(i)));
        }
        return number;
    }

    /** The {@code count} limbs of {@code number}, least significant first. */
    static U32Sequence limbs(BigInteger number, int count) {
        if (number.signum() < 0 || number.bitLength() > Integer.SIZE * count) {
            throw new IllegalArgumentException(number + " does not fit " + count + " limbs");
        }
        int[] limbs = new int[count];
        for (int i = 0; i < count; i++) {
            limbs[i] = number.shiftRight(Integer.SIZE * i).intValue();
        }
        return U32Sequence.owning(limbs);
    }
}
