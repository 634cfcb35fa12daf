package proteus.domain.consensus;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.AoclRange;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Announcement;
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

    /**
     * It cannot be told.
     *
     * @param error why
     */
    record Failed(TransactionLustrationError error) implements LustratedAmount {}

    /**
     * The coins that {@code inputs} bring out.
     *
     * @param inputs packed or not, for only their indices count
     * @param threshold the last old output, unsigned
     * @param countsAbove whether shown outputs after the threshold count as well
     */
    static LustratedAmount of(
            List<RemovalRecord> inputs, List<Announcement> announcements, long threshold, boolean countsAbove) {
        Set<AbsoluteIndexSet> required = new HashSet<>();
        for (RemovalRecord input : inputs) {
            Optional<AoclRange> range = input.absoluteIndices().aoclRange();
            if (range.isEmpty()) {
                return new Failed(TransactionLustrationError.INVALID_AOCL_RANGE_FOR_INDEX_SET);
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
                NativeCurrencyAmount amount = shown.get().utxo().nativeAmount();
                sum = sum.flatMap(before -> before.checkedAdd(amount));
            }
        }
        if (sum.isEmpty()) {
            return new Failed(TransactionLustrationError.LUSTRATION_AMOUNT_OUT_OF_RANGE);
        }
        return required.isEmpty()
                ? new Known(sum.get())
                : new Failed(TransactionLustrationError.MISSING_LUSTRATION_ANNOUNCEMENT);
    }
}
