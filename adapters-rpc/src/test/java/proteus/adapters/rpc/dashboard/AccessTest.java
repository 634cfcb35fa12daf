package proteus.adapters.rpc.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.application.runtime.SecureRandomness;

class AccessTest {

    private Instant now = Instant.EPOCH;
    private final Access access = new Access(new SecureRandomness(), () -> now);

    private String session() {
        return access.exchange(access.token()).orElseThrow();
    }

    @Test
    void aTokenIsGoodOnce() {
        String token = access.token();

        String session = access.exchange(token).orElseThrow();

        assertThat(access.exchange(token)).isEmpty();
        assertThat(access.allows(session)).isTrue();
        assertThat(access.allows(session)).isTrue();
        assertThat(access.allows(token)).isFalse();
        assertThat(access.exchange(session)).isEmpty();
    }

    @Test
    void aTokenIsUnusedUntilItIsExchangedOrTooOld() {
        String token = access.token();
        String other = access.token();
        assertThat(access.isUnused(token)).isTrue();
        assertThat(access.isUnused("")).isFalse();

        assertThat(access.exchange(token)).isPresent();

        assertThat(access.isUnused(token)).isFalse();
        assertThat(access.isUnused(other)).isTrue();
        now = now.plus(Access.TOKEN_LIFE).plusMillis(1);
        assertThat(access.isUnused(other)).isFalse();
    }

    @Test
    void whatWasNeverGivenIsNotGood() {
        String token = access.token();
        String session = session();

        for (String wrong : List.of(
                "",
                "x",
                token.substring(1),
                token + "A",
                session.substring(1),
                session.toLowerCase(java.util.Locale.ROOT))) {
            assertThat(access.exchange(wrong)).as(wrong).isEmpty();
            assertThat(access.allows(wrong)).as(wrong).isFalse();
        }
        assertThat(access.exchange(token)).isPresent();
    }

    @Test
    void bothAreOfTwoHundredFiftySixBitsAndNeverTheSame() {
        HashSet<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(seen.add(access.token())).isTrue();
            assertThat(seen.add(session())).isTrue();
        }
        assertThat(seen).allMatch(secret -> secret.matches("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void aTokenThatNobodyShowsEnds() {
        String token = access.token();
        String other = access.token();
        now = now.plus(Access.TOKEN_LIFE);
        assertThat(access.exchange(token)).isPresent();
        now = now.plusMillis(1);

        assertThat(access.exchange(other)).isEmpty();
    }

    @Test
    void aSessionEndsWhenItIsNotUsedAndGoesOnWhenItIs() {
        String session = session();
        for (int i = 0; i < 5; i++) {
            now = now.plus(Access.SESSION_LIFE);
            assertThat(access.allows(session)).isTrue();
        }
        now = now.plus(Access.SESSION_LIFE).plus(Duration.ofMillis(1));

        assertThat(access.allows(session)).isFalse();
    }

    @Test
    void ofMoreThanTheMostTheOldestGo() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i <= Access.MOST; i++) {
            tokens.add(access.token());
        }
        assertThat(access.exchange(tokens.getFirst())).isEmpty();
        List<String> sessions = new ArrayList<>();
        tokens.stream()
                .skip(1)
                .forEach(token -> sessions.add(access.exchange(token).orElseThrow()));
        assertThat(sessions).hasSize(Access.MOST).allMatch(access::allows);
        String oneMore = session();

        assertThat(access.allows(oneMore)).isTrue();
        assertThat(sessions.stream().filter(access::allows)).hasSize(Access.MOST - 1);
    }
}
