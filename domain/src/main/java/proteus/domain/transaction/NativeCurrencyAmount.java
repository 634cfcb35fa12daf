package proteus.domain.transaction;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

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

    /** The most that an amount in use may be: 42,000,000 coins. */
    public static final NativeCurrencyAmount MAX =
            ofUnits(BigInteger.valueOf(168).multiply(BigInteger.TEN.pow(36)));

    /** The bits of the largest number that is an amount, without its sign. */
    public static final int MAX_BITS = 127;

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

    /** Whole coins, at most {@link #MAX}. */
    public static NativeCurrencyAmount ofCoins(int coins) {
        return ofUnits(UNITS_PER_COIN.toBigInteger().multiply(BigInteger.valueOf(coins)));
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

    /** Whether it is below zero. */
    public boolean isNegative() {
        return high < 0;
    }

    /** Half of it, rounded towards zero. */
    public NativeCurrencyAmount half() {
        // The shift rounds down, which is away from zero for odd negative amounts.
        NativeCurrencyAmount rounded = isNegative() && (low & 1) == 1 ? plusOne() : this;
        return new NativeCurrencyAmount(rounded.high >> 1, rounded.high << (Long.SIZE - 1) | rounded.low >>> 1);
    }

    private NativeCurrencyAmount plusOne() {
        return new NativeCurrencyAmount(low == -1 ? high + 1 : high, low + 1);
    }

    /** The sum; empty if it does not fit 128 bits, or is above {@link #MAX} or below its negative. */
    public Optional<NativeCurrencyAmount> checkedAdd(NativeCurrencyAmount other) {
        return ofValid(toUnits().add(other.toUnits()));
    }

    /** The difference; empty unless both amounts are not negative and {@code other} is not the larger. */
    public Optional<NativeCurrencyAmount> checkedSub(NativeCurrencyAmount other) {
        if (isNegative() || other.isNegative() || compareTo(other) < 0) {
            return Optional.empty();
        }
        return Optional.of(ofUnits(toUnits().subtract(other.toUnits())));
    }

    private static Optional<NativeCurrencyAmount> ofValid(BigInteger units) {
        return units.abs().compareTo(MAX.toUnits()) > 0 ? Optional.empty() : Optional.of(ofUnits(units));
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
