package proteus.domain.consensus;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;

/**
 * What a block has to keep whatever its parent is, but for its proof. In parts that follow each other in upstream's
 * order, so that the costly ones can be run beside the others.
 *
 * @param candidate the block
 * @param now the time
 */
record StandAloneRules(BlockCandidate candidate, Timestamp now) {

    /** The longest block, in field elements. */
    static final int MAX_BLOCK_SIZE = 1_000_000;

    private static final long MAX_FUTURE = 60_001;
    private static final long MAX_TRANSACTION_AGE = 3L * 86_400_000;

    /** Height and time. */
    Optional<BlockRule> firstBrokenOfPlace() {
        long blocks = candidate.body().blockMmrAccumulator().leafCount();
        if (!candidate.header().height().equals(BlockHeight.ofCount(blocks))) {
            return Optional.of(BlockRule.BLOCK_HEIGHT);
        }
        return candidate.header().timestamp().compareTo(now.plus(MAX_FUTURE)) < 0
                ? Optional.empty()
                : Optional.of(BlockRule.FUTURE_DATING);
    }

    /** The size, for which the whole block is written. */
    Optional<BlockRule> firstBrokenOfSize() {
        return candidate.hashed().size() <= MAX_BLOCK_SIZE ? Optional.empty() : Optional.of(BlockRule.MAX_SIZE);
    }

    /** Version, times and amounts. */
    Optional<BlockRule> firstBrokenOfValues() {
        BlockHeader header = candidate.header();
        if (candidate.rules().repeatsVersion() && header.version() != LustrationStatus.version(header.pow())) {
            return Optional.of(BlockRule.VERSION_MISMATCH);
        }
        if (!isTransactionTimely()) {
            return Optional.of(BlockRule.TRANSACTION_TIMESTAMP);
        }
        Optional<NativeCurrencyAmount> coinbase = candidate.transaction().coinbase();
        NativeCurrencyAmount subsidy = BlockSubsidy.at(header.height());
        if (coinbase.filter(minted -> minted.compareTo(subsidy) > 0).isPresent()) {
            return Optional.of(BlockRule.COINBASE_TOO_BIG);
        }
        if (coinbase.filter(NativeCurrencyAmount::isNegative).isPresent()) {
            return Optional.of(BlockRule.NEGATIVE_COINBASE);
        }
        return candidate.transaction().fee().isNegative() ? Optional.of(BlockRule.NEGATIVE_FEE) : Optional.empty();
    }

    /** Inputs, lustration status, retirement. */
    Optional<BlockRule> firstBrokenOfContent() {
        if (candidate.inputs().isEmpty()) {
            return Optional.of(BlockRule.REMOVAL_RECORDS_UNPACK_FAILURE);
        }
        if (!areUnique(candidate.inputs().get())) {
            return Optional.of(BlockRule.REMOVAL_RECORDS_UNIQUENESS);
        }
        if (candidate.lustrates()
                && LustrationStatus.of(candidate.header().pow()).isEmpty()) {
            return Optional.of(BlockRule.BAD_LUSTRATION_COUNTER_ENCODING);
        }
        return candidate.rules().enforcesRetirement() && hasRetired()
                ? Optional.of(BlockRule.TRANSACTION_RETIRED)
                : Optional.empty();
    }

    private boolean isTransactionTimely() {
        Timestamp block = candidate.header().timestamp();
        Timestamp transaction = candidate.transaction().timestamp();
        if (transaction.compareTo(block) > 0) {
            return false;
        }
        return !candidate.rules().limitsTransactionAge()
                || Long.compareUnsigned(block.since(transaction), MAX_TRANSACTION_AGE) <= 0;
    }

    private static boolean areUnique(List<RemovalRecord> inputs) {
        Set<AbsoluteIndices> seen = new HashSet<>();
        return inputs.stream()
                .map(input -> AbsoluteIndices.of(input.absoluteIndices()))
                .allMatch(seen::add);
    }

    private boolean hasRetired() {
        TransactionKernel kernel = candidate.transaction();
        return Retirement.of(kernel.announcements())
                .filter(last -> last.compareTo(candidate.header().timestamp()) < 0)
                .isPresent();
    }
}
