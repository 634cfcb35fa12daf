package proteus.domain.consensus;

/**
 * What a block can break, by upstream's names and numbers.
 *
 * <p>The numbers are not in the order in which the rules are checked; {@link BlockValidation} has that order. Source:
 * neptune-consensus 0.19.4, {@code block_validation_error.rs}; protocol page "consensus", section 6.
 */
public enum BlockRule {
    /** The height is one more than the parent's, and as many blocks are in the block's own MMR. */
    BLOCK_HEIGHT("0.a", "BlockHeight"),
    /** The block names its parent. */
    PREV_BLOCK_DIGEST("0.b", "PrevBlockDigest"),
    /** The block MMR is the parent's with the parent appended. */
    BLOCK_MMR_UPDATE("0.c", "BlockMmrUpdate"),
    /** Some time has passed since the parent. */
    MINIMUM_BLOCK_TIME("0.d", "MinimumBlockTime"),
    /** The difficulty follows from the parent. */
    DIFFICULTY("0.e", "Difficulty"),
    /** The work of the chain follows from the parent. */
    CUMULATIVE_PROOF_OF_WORK("0.f", "CumulativeProofOfWork"),
    /** The block is not from the future. */
    FUTURE_DATING("0.g", "FutureDating"),
    /** The appendix claims that the transaction is valid. */
    APPENDIX_MISSING_CLAIM("1.a", "AppendixMissingClaim"),
    /** The appendix has not too many claims. */
    APPENDIX_TOO_LARGE("1.b", "AppendixTooLarge"),
    /** There is a single proof. */
    PROOF_QUALITY("1.c", "ProofQuality"),
    /** That proof shows the block's claim. */
    PROOF_VALIDITY("1.d", "ProofValidity"),
    /** The block is not too long. */
    MAX_SIZE("1.e", "MaxSize"),
    /** The version is repeated in the proof of work. */
    VERSION_MISMATCH("1.f", "VersionMismatch"),
    /** The packed inputs unpack. */
    REMOVAL_RECORDS_UNPACK_FAILURE("2.a", "RemovalRecordsUnpackFailure"),
    /** Each input can be removed from the mutator set after the parent. */
    REMOVAL_RECORDS_VALIDITY("2.b", "RemovalRecordsValidity"),
    /** No two inputs are the same. */
    REMOVAL_RECORDS_UNIQUENESS("2.c", "RemovalRecordsUniqueness"),
    /** All outputs and inputs together can be applied to that set. */
    MUTATOR_SET_UPDATE_IMPOSSIBLE("2.d", "MutatorSetUpdateImpossible"),
    /** Doing so gives the set that the block names. */
    MUTATOR_SET_UPDATE_INTEGRITY("2.e", "MutatorSetUpdateIntegrity"),
    /** The transaction is not younger than its block, and not much older. */
    TRANSACTION_TIMESTAMP("2.f", "TransactionTimestamp"),
    /** The block mints no more than the subsidy. */
    COINBASE_TOO_BIG("2.g", "CoinbaseTooBig"),
    /** The block mints no less than nothing. */
    NEGATIVE_COINBASE("2.h", "NegativeCoinbase"),
    /** The fee is not negative. */
    NEGATIVE_FEE("2.i", "NegativeFee"),
    /** Held by {@link proteus.domain.transaction.TransactionKernel}: it has no more inputs than are allowed. */
    TOO_MANY_INPUTS("2.j", "TooManyInputs"),
    /** Held by {@link proteus.domain.transaction.TransactionKernel}: it has no more outputs than are allowed. */
    TOO_MANY_OUTPUTS("2.k", "TooManyOutputs"),
    /** Held by {@link proteus.domain.transaction.TransactionKernel}: it has no more announcements than are allowed. */
    TOO_MANY_ANNOUNCEMENTS("2.l", "TooManyAnnouncements"),
    /** The lustration status can be read. */
    BAD_LUSTRATION_COUNTER_ENCODING("2.m", "BadLustrationCounterEncoding"),
    /** The parent's lustration status can be read. */
    BAD_LUSTRATION_COUNTER_ENCODING_OF_PARENT("2.n", "BadLustrationCounterEncodingOfParent"),
    /** Every input that may be old is shown. */
    MISSING_LUSTRATION_ANNOUNCEMENT("2.o", "MissingLustrationAnnouncement"),
    /** The counter follows from the parent's. */
    BAD_LUSTRATION_COUNTER("2.p", "BadLustrationCounter"),
    /** The threshold follows from the parent's. */
    BAD_LUSTRATION_AOCL_THRESHOLD("2.q", "BadLustrationAoclThreshold"),
    /** No more old coins come out than there are. */
    NEGATIVE_LUSTRATION_COUNTER("2.r", "NegativeLustrationCounter"),
    /** The counter is not above what it began with. */
    LUSTRATION_COUNTER_EXCEEDS_INITIAL_VALUE("2.s", "LustrationCounterExceedsInitialValue"),
    /** The transaction was made for the mutator set after the parent. */
    TRANSACTION_MUTATOR_SET_MISMATCH("2.t", "TransactionMutatorSetMismatch"),
    /** The transaction has not retired. */
    TRANSACTION_RETIRED("2.u", "TransactionRetired"),
    /** The lustrated amount can be computed. */
    UNKNOWN_LUSTRATION_PROBLEM("", "UnknownLustrationProblem"),
    /** The block has enough work. Upstream checks it before all else and has no name for it among these. */
    PROOF_OF_WORK("", "ProofOfWork");

    private final String number;
    private final String upstreamName;

    BlockRule(String number, String upstreamName) {
        this.number = number;
        this.upstreamName = upstreamName;
    }

    /** Upstream's number, as in {@code 2.e}; empty if it has none. */
    public String number() {
        return number;
    }

    /** The name of upstream's error. */
    public String upstreamName() {
        return upstreamName;
    }

    /** Both, for people: {@code 2.e MutatorSetUpdateIntegrity}, or the name alone. */
    public String numberAndName() {
        return (number + " " + upstreamName).strip();
    }
}
