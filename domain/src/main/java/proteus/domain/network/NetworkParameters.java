package proteus.domain.network;

import java.util.OptionalLong;

/**
 * In what the rules of networks differ. Durations are in milliseconds.
 *
 * <p>Source: neptune-primitives 0.19.4, {@code network.rs}; protocol page "consensus", section 4.
 *
 * @param number goes into the commitments of the premine, so that networks have different genesis blocks
 * @param usesMockProofs whether a fixed marker stands for every proof
 * @param allowsMockProofOfWork whether a hash below the target of the parent's difficulty is enough work
 * @param genesisDifficulty the difficulty of the first block
 * @param minimumBlockTime the least time between a block and its parent
 * @param targetBlockInterval the time between blocks that the difficulty aims at
 * @param difficultyResetInterval after how long without a block the difficulty falls back to that of genesis; empty for
 *     never
 * @param firstLustrationHeight the first block that counts lustrations
 * @param lustrationRestartHeight the block at which the count begins anew; not lower
 */
public record NetworkParameters(
        int number,
        boolean usesMockProofs,
        boolean allowsMockProofOfWork,
        int genesisDifficulty,
        long minimumBlockTime,
        long targetBlockInterval,
        OptionalLong difficultyResetInterval,
        long firstLustrationHeight,
        long lustrationRestartHeight) {

    /** The timestamp of every genesis block, in milliseconds since the Unix epoch. */
    public static final long LAUNCH = 1_754_420_400_000L;

    private static final long MINUTE = 60_000;
    private static final long USUAL_INTERVAL = 588_000;
    private static final NetworkParameters MAIN = publicNetwork(0, 100_000_000, 38_000, 40_300);
    private static final NetworkParameters TESTNET_MOCK = new NetworkParameters(
            1, true, false, 6_000, 100, USUAL_INTERVAL, OptionalLong.of(2 * USUAL_INTERVAL), 1, 1);
    private static final NetworkParameters REGTEST =
            new NetworkParameters(2, true, true, 6_000, 1, 100, OptionalLong.empty(), 1, 1);
    private static final NetworkParameters TESTNET_0 = publicNetwork(3, 100_000, 3_669, 4_650);

    /** The parameters of {@code network}. */
    public static NetworkParameters of(Network network) {
        return switch (network) {
            case Network.Main() -> MAIN;
            case Network.TestnetMock() -> TESTNET_MOCK;
            case Network.RegTest() -> REGTEST;
            case Network.Testnet(int number) -> number == 0 ? TESTNET_0 : publicNetwork(3 + number, 6_000, 1, 1);
        };
    }

    private static NetworkParameters publicNetwork(
            int number, int difficulty, long firstLustration, long lustrationRestart) {
        return new NetworkParameters(
                number,
                false,
                false,
                difficulty,
                MINUTE,
                USUAL_INTERVAL,
                OptionalLong.empty(),
                firstLustration,
                lustrationRestart);
    }
}
