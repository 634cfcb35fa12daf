package proteus.domain.transaction;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An amount of Neptune coins in the smallest unit, as a signed 128-bit integer; one coin is 4 * 10^30 units.
 *
 * <p>Negative amounts exist on the wire; later checks reject them where they make no sense. Source: neptune-consensus
 * 0.19.4, {@code native_currency_amount.rs}.
 *
 * @param high the upper 64 bits, signed
 * @param low the lower 64 bits
 */
public record NativeCurrencyAmount(long high, long low) implements Comparable<NativeCurrencyAmount> {

    /** No coins. */
    public static final NativeCurrencyAmount ZERO = new NativeCurrencyAmount(0, 0);

    private static final int MAX_BITS = 127;

    private static final BigDecimal UNITS_PER_COIN =
            new BigDecimal(BigInteger.TEN.pow(30)).multiply(BigDecimal.valueOf(4));

    /**
     * The amount of {@code units} smallest units.
     *
     * @throws IllegalArgumentException if it does not fit 128 bits, signed
     */
    public static NativeCurrencyAmount ofUnits(BigInteger units) {
        if (units.bitLength() > MAX_BITS) {
            throw new IllegalArgumentException("amount outside 128 bits: " + units);
        }
        return new NativeCurrencyAmount(units.shiftRight(Long.SIZE).longValue(), units.longValue());
    }

    /** The amount in smallest units. */
    public BigInteger toUnits() {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
    }

    /** The amount in coins of 4 · 10^30 units, exact and without an exponent, as in {@code 0.0005}. */
    public String toCoins() {
        BigDecimal coins = new BigDecimal(toUnits()).divide(UNITS_PER_COIN);
        return coins.signum() == 0 ? "0" : coins.stripTrailingZeros().toPlainString();
    }

    @Override
    public int compareTo(NativeCurrencyAmount other) {
        int order = Long.compare(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /** The decimal number of smallest units. */
    @Override
    public String toString() {
        return toUnits().toString();
    }
}
