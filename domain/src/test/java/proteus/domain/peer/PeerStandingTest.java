package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerStandingTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HALF_LIFE = Duration.ofHours(48);
    private static final PeerStanding NEUTRAL = PeerStanding.neutral(1000);

    @Test
    void aNewStandingIsNeutral() {
        assertThat(NEUTRAL.scoreAt(START)).isZero();
        assertThat(NEUTRAL.isBadAt(START)).isFalse();
        assertThat(NEUTRAL.latestPunishment()).isEmpty();
        assertThat(NEUTRAL.latestReward()).isEmpty();
    }

    @Test
    void aSanctionChangesTheScoreAndIsRemembered() {
        var challenge = new NegativePeerSanction.ReceivedSyncChallenge();
        var blocks = new PositivePeerSanction.ValidBlocks(5);

        PeerStanding standing = NEUTRAL.after(challenge, START).after(blocks, START.plusSeconds(1));

        assertThat(standing)
                .isEqualTo(new PeerStanding(
                        20,
                        Optional.of(new PeerStanding.Punishment(challenge, START)),
                        Optional.of(new PeerStanding.Reward(blocks, START.plusSeconds(1))),
                        1000));
    }

    @Test
    void theThirtyFourthSyncChallengeMakesTheStandingBad() {
        PeerStanding standing = NEUTRAL;
        for (int i = 1; i <= 33; i++) {
            standing = standing.after(new NegativePeerSanction.ReceivedSyncChallenge(), START);
        }

        assertThat(standing.score()).isEqualTo(-990);
        assertThat(standing.isBadAt(START)).isFalse();
        assertThat(standing.after(new NegativePeerSanction.ReceivedSyncChallenge(), START)
                        .isBadAt(START))
                .isTrue();
    }

    @Test
    void theStandingIsBadExactlyAtTheTolerance() {
        assertThat(punished(-999, 1000).isBadAt(START)).isFalse();
        assertThat(punished(-1000, 1000).isBadAt(START)).isTrue();
        assertThat(punished(-1, 1).isBadAt(START)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1", "1000", "2147483647"})
    void theGravestSanctionEndsAtTheLowestScoreAndDoesNotOverflow(int tolerance) {
        PeerStanding standing =
                punished(-tolerance, tolerance).after(new NegativePeerSanction.DifferentGenesis(), START);

        assertThat(standing.score()).isEqualTo(-tolerance);
    }

    @Test
    void rewardsEndAtTheHighestScoreAndDoNotOverflow() {
        var reward = new PositivePeerSanction.ValidBlocks(Integer.MAX_VALUE);

        assertThat(NEUTRAL.after(reward, START).after(reward, START).score()).isEqualTo(1000);
        assertThat(PeerStanding.neutral(Integer.MAX_VALUE)
                        .after(reward, START)
                        .after(reward, START)
                        .score())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "-1000, 0, -1000",
        "-1000, 1, -500",
        "-1000, 2, -250",
        "-1000, 3, -125",
        "-1000, 4, -63",
        "-1000, 10, -1",
        "-7, 1, -4",
        "-1, 1, -1",
        "-1, 31, -1",
        "-1, 32, 0",
        "-1000, 31, -1",
        "-1000, 32, 0",
        "-1000, 33, 0",
        "-1000, 64, 0",
        "-1000, 1000000, 0"
    })
    void aNegativeScoreIsShiftedRightOncePerHalfLife(int score, long halfLives, int decayed) {
        Instant now = START.plus(HALF_LIFE.multipliedBy(halfLives));

        assertThat(punished(score, 1000).scoreAt(now)).isEqualTo(decayed);
    }

    @Test
    void onlyFullHalfLivesCount() {
        PeerStanding standing = punished(-1000, 1000);

        assertThat(standing.scoreAt(START.plus(HALF_LIFE).minusNanos(1))).isEqualTo(-1000);
        assertThat(standing.isBadAt(START.plus(HALF_LIFE).minusNanos(1))).isTrue();
        assertThat(standing.scoreAt(START.plus(HALF_LIFE))).isEqualTo(-500);
        assertThat(standing.isBadAt(START.plus(HALF_LIFE))).isFalse();
    }

    @Test
    void aPositiveScoreStays() {
        PeerStanding standing = NEUTRAL.after(new NegativePeerSanction.InvalidMessage(), START)
                .after(new PositivePeerSanction.NewBlockProposal(), START);

        assertThat(standing.scoreAt(START.plus(HALF_LIFE.multipliedBy(50)))).isEqualTo(6);
    }

    @Test
    void aClockThatWentBackwardsHalvesNothing() {
        Instant before = START.minus(HALF_LIFE.multipliedBy(10));

        assertThat(punished(-1000, 1000).scoreAt(before)).isEqualTo(-1000);
        assertThat(punished(-1000, 1000).scoreAt(Instant.MIN)).isEqualTo(-1000);
        assertThat(punished(-900, 1000).after(new PositivePeerSanction.NewBlockProposal(), before))
                .extracting(PeerStanding::score)
                .isEqualTo(-893);
    }

    @Test
    void theEndOfTimeIsNoProblem() {
        assertThat(punished(-1000, 1000).scoreAt(Instant.MAX)).isZero();
    }

    @Test
    void aRewardWritesTheDecayBackAndMovesTheReferenceByWholeHalfLives() {
        Instant now = START.plus(HALF_LIFE.multipliedBy(2)).plusSeconds(100);
        PeerStanding before = punished(-1000, 1000);

        PeerStanding after = before.after(new PositivePeerSanction.NewBlockProposal(), now);

        assertThat(after.score()).isEqualTo(-250 + 7);
        assertThat(after.latestPunishment())
                .map(PeerStanding.Punishment::time)
                .contains(START.plus(HALF_LIFE.multipliedBy(2)));
        assertThat(after.scoreAt(START.plus(HALF_LIFE.multipliedBy(3)))).isEqualTo(-122);
    }

    @Test
    void aPunishmentWritesTheDecayBackAndCountsFromNow() {
        Instant now = START.plus(HALF_LIFE).plusSeconds(100);

        PeerStanding after = punished(-1000, 1000).after(new NegativePeerSanction.InvalidMessage(), now);

        assertThat(after.score()).isEqualTo(-501);
        assertThat(after.latestPunishment()).map(PeerStanding.Punishment::time).contains(now);
        assertThat(after.scoreAt(now.plus(HALF_LIFE).minusNanos(1))).isEqualTo(-501);
    }

    @Test
    void anOperatorBanOfANeverPunishedPeerDoesNotDecay() {
        PeerStanding banned =
                NEUTRAL.after(new PositivePeerSanction.ValidBlocks(100), START).afterOperatorBan();

        assertThat(banned.isBadAt(START)).isTrue();
        assertThat(banned.isBadAt(Instant.MAX)).isTrue();
    }

    @Test
    void anOperatorBanOfAPunishedPeerDecaysFromItsLatestPunishment() {
        PeerStanding banned =
                NEUTRAL.after(new NegativePeerSanction.InvalidMessage(), START).afterOperatorBan();

        assertThat(banned.isBadAt(START.plus(HALF_LIFE).minusNanos(1))).isTrue();
        assertThat(banned.scoreAt(START.plus(HALF_LIFE))).isEqualTo(-500);
    }

    @Test
    void aStandingOutsideItsToleranceIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PeerStanding.neutral(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PeerStanding(11, Optional.empty(), Optional.empty(), 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PeerStanding(-11, Optional.empty(), Optional.empty(), 10));
    }

    private static PeerStanding punished(int score, int tolerance) {
        var punishment = new PeerStanding.Punishment(new NegativePeerSanction.InvalidMessage(), START);
        return new PeerStanding(score, Optional.of(punishment), Optional.empty(), tolerance);
    }
}
