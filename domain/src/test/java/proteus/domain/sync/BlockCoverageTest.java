package proteus.domain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.field.U32Sequence;
import proteus.domain.generator.Seeds;
import proteus.domain.peer.TransferSyncBitMask;

class BlockCoverageTest {

    private static final int MOST = 300;

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aCoverageHasWhatItWasMadeOfAndSurvivesTheWayToAPeer(long seed) {
        Seeds.check(seed, random -> {
            Set<Long> present = some(random.nextInt(100), random);
            long lower = random.nextLong(MOST);
            long upper = lower + random.nextLong(MOST);

            BlockCoverage coverage = BlockCoverage.of(lower, upper, present::contains);
            BlockCoverage received = BlockCoverage.of(coverage.toTransfer()).orElseThrow();

            for (long height = 0; height < upper + 40; height++) {
                boolean expected = height < lower || height < upper && present.contains(height);
                assertThat(coverage.has(height)).as("height " + height).isEqualTo(expected);
                assertThat(received.has(height)).as("height " + height).isEqualTo(expected);
            }
            // Canonical: the lower bound is the first zero.
            assertThat(coverage.has(coverage.lowerBound())).isFalse();
            assertThat(coverage.isComplete()).isEqualTo(coverage.lowerBound() == coverage.upperBound());
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void whatIsWantedFromAPeerIsMissingHereAndThere(long seed) {
        Seeds.check(seed, random -> {
            BlockCoverage own = some(random.nextInt(100), random.nextLong(1, MOST), random);
            BlockCoverage peer = some(random.nextInt(100), random.nextLong(1, MOST), random);

            BlockCoverage wanted = own.wantedFrom(peer);

            for (long height = 0; height < own.upperBound(); height++) {
                assertThat(wanted.has(height)).as("height " + height).isEqualTo(own.has(height) || !peer.has(height));
            }
        });
    }

    private static BlockCoverage some(int percent, long upper, RandomGenerator random) {
        return BlockCoverage.of(random.nextLong(upper), upper, some(percent, random)::contains);
    }

    private static Set<Long> some(int percent, RandomGenerator random) {
        Set<Long> present = new TreeSet<>();
        for (long height = 0; height < 2 * MOST; height++) {
            if (random.nextInt(100) < percent) {
                present.add(height);
            }
        }
        return present;
    }

    @ParameterizedTest
    @CsvSource({
        "5, 4, 0",
        "0, 0, 1",
        "1, 2, 0",
        "1, 2, 2",
        "0, 33, 1",
        "31, 33, 1",
        "32, 64, 2",
        "-1, 5, 1",
        "0, -1, 3",
        "5, 1152921504606846976, 2"
    })
    void boundsAndLimbsThatDoNotFitAreRefused(long lower, long upper, int limbs) {
        assertThat(BlockCoverage.of(new TransferSyncBitMask(lower, upper, U32Sequence.of(new int[limbs]))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "7, 7, 0", "-1, -1, 0", "0, 1, 1", "31, 33, 2", "32, 64, 1", "-2, -1, 1", "1, 33, 2"})
    void boundsAndLimbsThatFitAreTaken(long lower, long upper, int limbs) {
        Optional<BlockCoverage> coverage =
                BlockCoverage.of(new TransferSyncBitMask(lower, upper, U32Sequence.of(new int[limbs])));

        assertThat(coverage).isPresent();
        assertThat(coverage.get().has(lower)).isFalse();
        assertThat(coverage.get().has(lower - 1)).isEqualTo(lower != 0);
        assertThat(coverage.get().has(upper)).isFalse();
    }

    @Test
    void limbsAreAlignedToHeightsAndCountFromTheirLeastBit() {
        BlockCoverage coverage = BlockCoverage.of(new TransferSyncBitMask(33, 66, U32Sequence.of(1 << 4, 2)))
                .orElseThrow();

        assertThat(coverage.has(36)).isTrue();
        assertThat(coverage.has(35)).isFalse();
        assertThat(coverage.has(65)).isTrue();
        assertThat(coverage.has(64)).isFalse();
        assertThat(coverage.firstMissing()).hasValue(33);
    }
}
