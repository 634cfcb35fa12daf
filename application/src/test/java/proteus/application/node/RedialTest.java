package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.port.PeerTarget;

final class RedialTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Redial redial = new Redial(new PeerTarget(Places.at(2), PeerTarget.Protocol.EITHER));

    @Test
    void isDueAtOnce() {
        assertThat(redial.isDue(NOW)).isTrue();
    }

    @Test
    void isNotDueWhileADialOrASessionGoesOn() {
        redial.begins();
        assertThat(redial.isDue(NOW)).isFalse();
        redial.connected(NOW);
        assertThat(redial.isDue(NOW.plus(Duration.ofDays(1)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,4", "3,8", "4,16", "5,32", "6,60", "7,60", "100,60"})
    void waitsLongerAfterEachFailure(int failures, int minutes) {
        for (int i = 1; i < failures; i++) {
            redial.failed(NOW);
        }

        assertThat(redial.failed(NOW)).isEqualTo(Duration.ofMinutes(minutes));

        Instant due = NOW.plus(Duration.ofMinutes(minutes));
        assertThat(redial.isDue(due.minusNanos(1))).isFalse();
        assertThat(redial.isDue(due)).isTrue();
    }

    @Test
    void aSessionOfHalfAMinuteEndsTheBackOff() {
        redial.failed(NOW);
        redial.failed(NOW);
        redial.connected(NOW);
        Instant end = NOW.plusSeconds(30);
        redial.lost(end, false);

        assertThat(redial.isDue(end)).isTrue();
        assertThat(redial.failed(end)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aShorterSessionCountsAsAFailure() {
        redial.failed(NOW);
        redial.connected(NOW);
        Instant end = NOW.plusSeconds(30).minusNanos(1);
        redial.lost(end, false);

        assertThat(redial.isDue(end.plus(Duration.ofMinutes(4)).minusNanos(1))).isFalse();
        assertThat(redial.isDue(end.plus(Duration.ofMinutes(4)))).isTrue();
    }

    @Test
    void whoIsTurnedAwayAfterTheHandshakeIsDialledLater() {
        redial.begins();
        redial.turnedAway(NOW, false);

        assertThat(redial.isDue(NOW)).isFalse();
        assertThat(redial.isDue(NOW.plus(Duration.ofMinutes(2)))).isTrue();
    }

    @Test
    void whoDialsFirstTriesAgainAfterHalfAMinute() {
        redial.begins();
        redial.turnedAway(NOW, true);

        assertThat(redial.isDue(NOW.plusSeconds(30).minusNanos(1))).isFalse();
        assertThat(redial.isDue(NOW.plusSeconds(30))).isTrue();
    }

    @Test
    void afterAFirstShortSessionWhoDialsFirstTriesAgainAfterHalfAMinuteAndThenAsOthersDo() {
        redial.connected(NOW);
        redial.lost(NOW, true);
        assertThat(redial.isDue(NOW.plusSeconds(30).minusNanos(1))).isFalse();
        assertThat(redial.isDue(NOW.plusSeconds(30))).isTrue();

        redial.connected(NOW);
        redial.lost(NOW, true);
        assertThat(redial.isDue(NOW.plus(Duration.ofMinutes(4)).minusNanos(1))).isFalse();
        assertThat(redial.isDue(NOW.plus(Duration.ofMinutes(4)))).isTrue();
    }

    @Test
    void whoIsConnectedOtherwiseIsAskedAgainAfterTheFirstWaitHoweverOften() {
        redial.failed(NOW);
        for (int i = 0; i < 10; i++) {
            assertThat(redial.connectedOtherwise(NOW)).isEqualTo(Duration.ofMinutes(2));
        }

        assertThat(redial.isDue(NOW.plus(Duration.ofMinutes(2)).minusNanos(1))).isFalse();
        assertThat(redial.isDue(NOW.plus(Duration.ofMinutes(2)))).isTrue();
        assertThat(redial.failed(NOW)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void anotherConnectionThatIsTurnedAwayOrFailsDoesNotEndASession() {
        redial.connected(NOW);
        redial.turnedAway(NOW.plusSeconds(1), true);
        redial.failed(NOW.plusSeconds(2));
        assertThat(redial.isDue(NOW.plus(Duration.ofDays(1)))).isFalse();

        redial.lost(NOW.plusSeconds(60), false);
        assertThat(redial.isDue(NOW.plusSeconds(60))).isTrue();
    }

    @Test
    void anOldSessionDoesNotMakeUpForAHandshakeWithoutOne() {
        redial.connected(NOW);
        Instant end = NOW.plusSeconds(60);
        redial.lost(end, false);
        redial.begins();
        redial.turnedAway(end.plusSeconds(60), false);

        assertThat(redial.isDue(end.plusSeconds(60))).isFalse();
    }

    @Test
    void aDialThatADefectEndedIsTriedAgainButNoSessionIsForgotten() {
        redial.begins();
        redial.abandoned(NOW);
        assertThat(redial.isDue(NOW.plus(Duration.ofMinutes(2)))).isTrue();

        redial.begins();
        redial.connected(NOW);
        redial.abandoned(NOW);
        assertThat(redial.isDue(NOW.plus(Duration.ofDays(1)))).isFalse();
    }
}
