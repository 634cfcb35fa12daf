package proteus.domain.consensus;

/**
 * Why it cannot be told how many old coins a transaction brings out.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code transaction_kernel.rs}.
 */
public enum TransactionLustrationError {

    /** An input has indices that no output can have. */
    INVALID_AOCL_RANGE_FOR_INDEX_SET,

    /** An input that may be old is not shown. */
    MISSING_LUSTRATION_ANNOUNCEMENT,

    /** What is shown adds up to more than the most coins that there are, or to less than the negative of it. */
    LUSTRATION_AMOUNT_OUT_OF_RANGE
}
