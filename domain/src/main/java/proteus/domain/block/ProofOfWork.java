package proteus.domain.block;

import java.math.BigInteger;
import proteus.domain.field.U32Sequence;

/**
 * How many guesses a chain is worth: the sum of the difficulties of its blocks.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code difficulty_control.rs}.
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
        for (int i = LIMBS - 1; i >= 0; i--) {
            int order = Integer.compareUnsigned(limbs.at(i), other.limbs.at(i));
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
}
