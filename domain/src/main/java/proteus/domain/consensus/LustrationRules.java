package proteus.domain.consensus;

import java.util.Optional;
import proteus.domain.network.NetworkParameters;
import proteus.domain.transaction.NativeCurrencyAmount;

/**
 * What a block has to keep of the count of old coins: the numbers 2.m to 2.s.
 *
 * <p>The count begins at one height, begins anew at another, and falls in between by what inputs bring out. Source:
 * neptune-consensus 0.19.4; protocol page "consensus", section 6.
 *
 * @param candidate the block
 * @param parent its parent
 */
record LustrationRules(BlockCandidate candidate, ParentBlock parent) {

    private static final int PREMINE_COINS = 831_488;

    /** The first of these rules that is broken. */
    Optional<BlockRule> firstBroken() {
        if (!candidate.lustrates()) {
            return Optional.empty();
        }
        Optional<LustrationStatus> own = LustrationStatus.of(candidate.header().pow());
        if (own.isEmpty()) {
            return Optional.of(BlockRule.BAD_LUSTRATION_COUNTER_ENCODING);
        }
        return begins() ? firstBrokenAtStart(own.get()) : firstBrokenAfter(own.get());
    }

    /** The status that a block with these inputs and announcements must have; empty if it cannot have one. */
    Optional<LustrationStatus> expected() {
        if (begins()) {
            return Optional.of(new LustrationStatus(startCounter(), startThreshold()));
        }
        return LustrationStatus.of(parent.header().pow())
                .flatMap(before -> remaining(before)
                        .map(counter -> new LustrationStatus(counter, before.maxLustratingAoclLeafIndex())));
    }

    private Optional<NativeCurrencyAmount> remaining(LustrationStatus before) {
        return switch (lustrated(before)) {
            case LustratedAmount.Known(var amount) -> before.counter().checkedSub(amount);
            case LustratedAmount.Missing(), LustratedAmount.Unknown() -> Optional.empty();
        };
    }

    private Optional<BlockRule> firstBrokenAtStart(LustrationStatus own) {
        if (!own.counter().equals(startCounter())) {
            return Optional.of(BlockRule.BAD_LUSTRATION_COUNTER);
        }
        return own.maxLustratingAoclLeafIndex() == startThreshold()
                ? Optional.empty()
                : Optional.of(BlockRule.BAD_LUSTRATION_AOCL_THRESHOLD);
    }

    private Optional<BlockRule> firstBrokenAfter(LustrationStatus own) {
        Optional<LustrationStatus> before = LustrationStatus.of(parent.header().pow());
        if (before.isEmpty()) {
            return Optional.of(BlockRule.BAD_LUSTRATION_COUNTER_ENCODING_OF_PARENT);
        }
        if (own.maxLustratingAoclLeafIndex() != before.get().maxLustratingAoclLeafIndex()) {
            return Optional.of(BlockRule.BAD_LUSTRATION_AOCL_THRESHOLD);
        }
        return switch (lustrated(before.get())) {
            case LustratedAmount.Missing() -> Optional.of(BlockRule.MISSING_LUSTRATION_ANNOUNCEMENT);
            case LustratedAmount.Unknown() -> Optional.of(BlockRule.UNKNOWN_LUSTRATION_PROBLEM);
            case LustratedAmount.Known(var amount) ->
                firstBrokenOfCounter(own.counter(), before.get().counter(), amount);
        };
    }

    private Optional<BlockRule> firstBrokenOfCounter(
            NativeCurrencyAmount own, NativeCurrencyAmount before, NativeCurrencyAmount lustrated) {
        Optional<NativeCurrencyAmount> remaining = before.checkedSub(lustrated);
        if (remaining.isEmpty()) {
            return Optional.of(BlockRule.NEGATIVE_LUSTRATION_COUNTER);
        }
        if (own.compareTo(startCounter()) > 0) {
            return Optional.of(BlockRule.LUSTRATION_COUNTER_EXCEEDS_INITIAL_VALUE);
        }
        return own.equals(remaining.get()) ? Optional.empty() : Optional.of(BlockRule.BAD_LUSTRATION_COUNTER);
    }

    private LustratedAmount lustrated(LustrationStatus before) {
        return candidate
                .inputs()
                .map(inputs -> LustratedAmount.of(
                        inputs,
                        candidate.transaction().announcements(),
                        before.maxLustratingAoclLeafIndex(),
                        candidate.rules().countsLustrationsAboveThreshold()))
                .orElseGet(LustratedAmount.Unknown::new);
    }

    private boolean begins() {
        NetworkParameters network = candidate.parameters();
        long height = candidate.header().height().value();
        return height == network.firstLustrationHeight() || height == network.lustrationRestartHeight();
    }

    /** What the count began with that this block goes on with: all coins minted until then but the unclaimed ones. */
    private NativeCurrencyAmount startCounter() {
        NetworkParameters network = candidate.parameters();
        long height = candidate.header().height().value();
        boolean anew = Long.compareUnsigned(height, network.lustrationRestartHeight()) >= 0;
        long start = anew ? network.lustrationRestartHeight() : network.firstLustrationHeight();
        return NativeCurrencyAmount.ofCoins(Math.toIntExact(
                PREMINE_COINS + BlockSubsidy.INITIAL_COINS * (BlockSubsidy.BLOCKS_BEFORE_REBOOT + start)));
    }

    /** The last output of this block itself, the guesser's two included. */
    private long startThreshold() {
        return candidate.body().mutatorSetAccumulator().aocl().leafCount() + 1;
    }
}
