package proteus.domain.consensus;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.AoclRange;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.Coin;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.TransparentInput;

/**
 * The old coins that a transaction brings out, or why they cannot be told.
 *
 * <p>Source: neptune-consensus 0.19.4; protocol page "consensus", section 6.
 */
public sealed interface LustratedAmount {

    /** So many coins. */
    record Known(NativeCurrencyAmount amount) implements LustratedAmount {}

    /** An input that may be old is not shown. */
    record Missing() implements LustratedAmount {}

    /** An input has indices that no output can have, or the amounts are too large. */
    record Unknown() implements LustratedAmount {}

    /**
     * The coins that {@code inputs} bring out.
     *
     * @param inputs not packed
     * @param threshold the last old output, unsigned
     * @param countsAbove whether shown outputs after the threshold count as well
     */
    static LustratedAmount of(
            List<RemovalRecord> inputs, List<Announcement> announcements, long threshold, boolean countsAbove) {
        Set<AbsoluteIndexSet> required = new HashSet<>();
        for (RemovalRecord input : inputs) {
            Optional<AoclRange> range = input.absoluteIndices().aoclRange();
            if (range.isEmpty()) {
                return new Unknown();
            }
            if (Long.compareUnsigned(range.get().lower(), threshold) <= 0) {
                required.add(input.absoluteIndices());
            }
        }
        Optional<NativeCurrencyAmount> sum = Optional.of(NativeCurrencyAmount.ZERO);
        for (Announcement announcement : required.isEmpty() ? List.<Announcement>of() : announcements) {
            Optional<TransparentInput> shown = TransparentInput.of(announcement)
                    .filter(input -> required.remove(input.absoluteIndices()))
                    .filter(input -> countsAbove || Long.compareUnsigned(input.aoclLeafIndex(), threshold) <= 0);
            if (shown.isPresent()) {
                sum = plus(sum, shown.get().utxo().coins());
            }
        }
        if (sum.isEmpty()) {
            return new Unknown();
        }
        return required.isEmpty() ? new Known(sum.get()) : new Missing();
    }

    /** The sum with what an output is worth: the sum of its coins, whatever that is, if it is an amount. */
    private static Optional<NativeCurrencyAmount> plus(Optional<NativeCurrencyAmount> sum, List<Coin> coins) {
        BigInteger worth = coins.stream()
                .flatMap(coin -> coin.nativeAmount().stream())
                .map(NativeCurrencyAmount::toUnits)
                .reduce(BigInteger.ZERO, BigInteger::add);
        return worth.bitLength() > NativeCurrencyAmount.MAX_BITS
                ? Optional.empty()
                : sum.flatMap(before -> before.checkedAdd(NativeCurrencyAmount.ofUnits(worth)));
    }
}
