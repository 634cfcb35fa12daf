package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.block.BlockHeight;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;

class PeerStandingPropertyTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HALF_LIFE = Duration.ofHours(48);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aHistoryOfSanctionsEndsWhereAPlainModelEnds(long seed) {
        Seeds.check(seed, random -> {
            int tolerance = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(1, 2000);
            PeerStanding standing = PeerStanding.neutral(tolerance);
            Model model = new Model();
            Instant now = START;
            for (int i = 0; i < 100; i++) {
                now = now.plusSeconds(random.nextLong(-100_000, 400_000));
                assertThat(standing.scoreAt(now)).isEqualTo(model.decayed(now));
                PeerSanction sanction = sanction(random);

                standing = standing.after(sanction, now);
                model.apply(sanction, now, tolerance);

                assertThat(standing.score()).isBetween(-tolerance, tolerance);
                assertThat(standing.score()).isEqualTo(model.score);
                assertThat(standing.latestPunishment().map(PeerStanding.Punishment::time))
                        .isEqualTo(model.reference);
                assertThat(standing.isBadAt(now)).isEqualTo(model.decayed(now) <= -tolerance);
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void timeNeverWorsensAStandingNorMakesItPositive(long seed) {
        Seeds.check(seed, random -> {
            PeerStanding standing = PeerStanding.neutral(1000);
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                standing = standing.after(sanction(random), START);
            }
            Instant earlier = START.plusSeconds(random.nextLong(10_000_000));
            Instant later = earlier.plusSeconds(random.nextLong(10_000_000));

            assertThat(standing.scoreAt(later)).isGreaterThanOrEqualTo(standing.scoreAt(earlier));
            assertThat(standing.scoreAt(later)).isLessThanOrEqualTo(Math.max(standing.score(), 0));
        });
    }

    private static PeerSanction sanction(RandomGenerator random) {
        List<PeerSanction> sanctions = List.of(
                new NegativePeerSanction.InvalidMessage(),
                new NegativePeerSanction.OversizedBlock(),
                new NegativePeerSanction.InvalidSyncChallengeResponse(),
                new NegativePeerSanction.ForkResolutionError(BlockHeight.GENESIS, random.nextInt(100), Digest.ZERO),
                new NegativePeerSanction.ArchivalMutatorSetRequest(random.nextInt(20)),
                random.nextInt(10) == 0
                        ? new NegativePeerSanction.DifferentGenesis()
                        : new NegativePeerSanction.StalledRequest(),
                new PositivePeerSanction.NewBlockProposal(),
                new PositivePeerSanction.ValidBlocks(random.nextInt(36)),
                new PositivePeerSanction.ValidBlocks(random.nextInt(10) == 0 ? Integer.MAX_VALUE : 1));
        return sanctions.get(random.nextInt(sanctions.size()));
    }

    /** The same rules in decimal numbers: the score is divided by powers of two and rounded down. */
    private static final class Model {

        private int score;
        private Optional<Instant> reference = Optional.empty();

        private int decayed(Instant now) {
            if (score >= 0) {
                return score;
            }
            long halvings = halvings(now);
            return halvings >= 32
                    ? 0
                    : BigDecimal.valueOf(score)
                            .divide(BigDecimal.TWO.pow((int) halvings), 0, RoundingMode.FLOOR)
                            .intValueExact();
        }

        private long halvings(Instant now) {
            long seconds = reference
                    .map(time -> now.getEpochSecond() - time.getEpochSecond())
                    .orElse(0L);
            return Math.max(0, seconds) / HALF_LIFE.toSeconds();
        }

        private void apply(PeerSanction sanction, Instant now, int tolerance) {
            int before = decayed(now);
            if (score < 0) {
                Duration consumed = HALF_LIFE.multipliedBy(halvings(now));
                reference = reference.map(time -> time.plus(consumed));
            }
            long sum = (long) before + sanction.severity();
            score = (int) Math.max(-tolerance, Math.min(tolerance, sum));
            if (sanction instanceof NegativePeerSanction) {
                reference = Optional.of(now);
            }
        }
    }
}
