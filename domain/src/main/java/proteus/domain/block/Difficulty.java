package proteus.domain.block;

import java.math.BigInteger;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;

/**
 * How many guesses a block is worth on average.
 *
 * <p>Ordered as numbers. Source: neptune-consensus 0.19.4, {@code difficulty_control.rs}.
 *
 * @param limbs the bits of the number, exactly 5 words, least significant first; no minimum is enforced here
 */
public record Difficulty(U32Sequence limbs) implements Comparable<Difficulty> {

    /** Words in the number. */
    public static final int LIMBS = 5;

    /** The least difficulty that a block can need. */
    public static final Difficulty MINIMUM = new Difficulty(U32Sequence.of(6_000, 0, 0, 0, 0));

    private static final BigInteger ORDER = new BigInteger(Long.toUnsignedString(BFieldElement.P));
    private static final BigInteger HIGHEST = ORDER.pow(Digest.LENGTH).subtract(BigInteger.ONE);

    public Difficulty {
        if (limbs.size() != LIMBS) {
            throw new IllegalArgumentException("expected 5 limbs, not " + limbs.size());
        }
    }

    /**
     * The difficulty {@code number}.
     *
     * @throws IllegalArgumentException if it is outside {@code [0, 2^160)}
     */
    public static Difficulty of(BigInteger number) {
        return new Difficulty(ProofOfWork.limbs(number, LIMBS));
    }

    /** The number that the limbs stand for, in {@code [0, 2^160)}. */
    public BigInteger toBigInteger() {
        return ProofOfWork.number(limbs);
    }

    /**
     * The highest block hash that meets this difficulty: (p^5 - 1) divided by it, cut to a whole number, its digits in
     * base p as a digest. Difficulty 0, which upstream cannot divide by, counts as 1.
     */
    public Digest target() {
        BigInteger rest = HIGHEST.divide(toBigInteger().max(BigInteger.ONE));
        long[] digits = new long[Digest.LENGTH];
        for (int i = 0; i < digits.length; i++) {
            BigInteger[] quotientAndDigit = rest.divideAndRemainder(ORDER);
            digits[i] = quotientAndDigit[1].longValue();
            rest = quotientAndDigit[0];
        }
        return new Digest(digits[0], digits[1], digits[2], digits[3], digits[4]);
    }

    @Override
    public int compareTo(Difficulty other) {
        return ProofOfWork.compare(limbs, other.limbs);
    }

    /** The decimal number. */
    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
