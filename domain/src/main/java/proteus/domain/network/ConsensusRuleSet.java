package proteus.domain.network;

/**
 * Which rules a block has to keep; they change at fixed heights, in this order.
 *
 * <p>Ordered by time: a later rule set is greater. Source: neptune-consensus 0.19.4, {@code consensus_rule_set.rs};
 * protocol page "consensus", section 4.
 */
public enum ConsensusRuleSet {
    /** The rules of the launch. */
    REBOOT(0),

    /** The guesser's memory depends on the parent block. */
    HARDFORK_ALPHA(0),

    /** Proofs of another version. */
    TVM_PROOF_VERSION_1(1),

    /** No memory for guesses, lustration begins. */
    HARDFORK_BETA(1),

    /** Lustration begins anew, transactions age. */
    HARDFORK_GAMMA(5),

    /** Retirement of transactions, link transactions, long chunks. */
    HARDFORK_DELTA(8);

    private static final int[] MAIN = {0, 15_000, 23_401, 38_000, 40_300, 55_000};
    private static final int[] TESTNET_0 = {0, 120, 3_571, 3_669, 4_650, 5_400};

    private final int claimVersion;

    ConsensusRuleSet(int claimVersion) {
        this.claimVersion = claimVersion;
    }

    /**
     * The rules that the block at {@code height} has to keep.
     *
     * @param height any unsigned 64-bit integer
     */
    public static ConsensusRuleSet at(Network network, long height) {
        return switch (network) {
            case Network.Main() -> last(MAIN, height);
            case Network.Testnet(int number) -> number == 0 ? last(TESTNET_0, height) : HARDFORK_DELTA;
            case Network.TestnetMock(), Network.RegTest() -> HARDFORK_DELTA;
        };
    }

    private static ConsensusRuleSet last(int[] firstHeights, long height) {
        int rules = firstHeights.length - 1;
        while (rules > 0 && Long.compareUnsigned(height, firstHeights[rules]) < 0) {
            rules--;
        }
        return values()[rules];
    }

    /** The proof version that claims have to name. */
    public int claimVersion() {
        return claimVersion;
    }

    /** Whether a guess needs two paths in a large tree. */
    public boolean needsMemoryHardGuesses() {
        return isBefore(HARDFORK_BETA);
    }

    /** Whether the guess tree grows from the parent's hash and not from the block's own content. */
    public boolean growsGuessTreeFromParent() {
        return isAtLeast(HARDFORK_ALPHA) && needsMemoryHardGuesses();
    }

    /** Whether a block's threshold and what it adds to the chain's work are its own difficulty, not its parent's. */
    public boolean usesOwnDifficulty() {
        return isAtLeast(HARDFORK_BETA);
    }

    /** Whether the header's version must be repeated in the proof of work. */
    public boolean repeatsVersion() {
        return isAtLeast(HARDFORK_BETA);
    }

    /** Whether a transaction may be too old for its block. */
    public boolean limitsTransactionAge() {
        return isAtLeast(HARDFORK_GAMMA);
    }

    /** Whether announcements can forbid that a transaction is mined late. */
    public boolean enforcesRetirement() {
        return isAtLeast(HARDFORK_DELTA);
    }

    /** Whether what lies above the lustration threshold counts too, if it is announced: a flaw, since mended. */
    public boolean countsLustrationsAboveThreshold() {
        return this == HARDFORK_BETA;
    }

    /** Whether packed chunks have one form only, which also holds long chunks. */
    public boolean hasLongChunks() {
        return isAtLeast(HARDFORK_DELTA);
    }

    /** Whether these rules are {@code other} or later ones. */
    public boolean isAtLeast(ConsensusRuleSet other) {
        return compareTo(other) >= 0;
    }

    private boolean isBefore(ConsensusRuleSet other) {
        return compareTo(other) < 0;
    }
}
