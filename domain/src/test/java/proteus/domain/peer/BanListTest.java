package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BanListTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TWO_DAYS = Duration.ofHours(48);
    private static final IpAddress PLAIN = IpAddress.parse("203.0.113.7").orElseThrow();
    private static final IpAddress MAPPED =
            IpAddress.parse("::ffff:203.0.113.7").orElseThrow();
    private static final IpAddress OTHER = IpAddress.parse("2001:db8::1").orElseThrow();

    @Test
    void aCommandLineBanNeverExpires() {
        BanList bans = BanList.of(Set.of(PLAIN));

        assertThat(bans.isBannedOnCommandLine(PLAIN)).isTrue();
        assertThat(bans.isBanned(PLAIN, Instant.MAX)).isTrue();
        assertThat(bans.isBlacklisted(PLAIN, START)).isFalse();
        assertThat(bans.isBanned(OTHER, START)).isFalse();
    }

    @Test
    void theBlacklistHoldsFor48Hours() {
        BanList bans = BanList.of(Set.of()).withBlacklisted(OTHER, START);

        assertThat(bans.isBlacklisted(OTHER, START)).isTrue();
        assertThat(bans.isBanned(OTHER, START.plus(TWO_DAYS).minusNanos(1))).isTrue();
        assertThat(bans.isBanned(OTHER, START.plus(TWO_DAYS))).isFalse();
        assertThat(bans.isBannedOnCommandLine(OTHER)).isFalse();
        assertThat(bans.isBanned(PLAIN, START)).isFalse();
    }

    @Test
    void aClockThatWentBackwardsLiftsNoBan() {
        BanList bans = BanList.of(Set.of()).withBlacklisted(OTHER, START);

        assertThat(bans.isBlacklisted(OTHER, START.minus(TWO_DAYS))).isTrue();
    }

    @Test
    void aMappedAddressAndItsPlainFormAreTheSamePeer() {
        assertThat(BanList.of(Set.of(MAPPED)).isBannedOnCommandLine(PLAIN)).isTrue();
        assertThat(BanList.of(Set.of(PLAIN)).isBannedOnCommandLine(MAPPED)).isTrue();
        assertThat(BanList.of(Set.of()).withBlacklisted(MAPPED, START).isBlacklisted(PLAIN, START))
                .isTrue();
        assertThat(BanList.of(Set.of())
                        .withBlacklisted(PLAIN, START)
                        .withoutBlacklisted(MAPPED)
                        .isBlacklisted(PLAIN, START))
                .isFalse();
    }

    @Test
    void ofTwoFormsOfOneAddressTheLaterBanCounts() {
        BanList bans = new BanList(Set.of(), Map.of(PLAIN, START, MAPPED, START.plusSeconds(9)));

        assertThat(bans.blacklist()).isEqualTo(Map.of(PLAIN, START.plusSeconds(9)));
    }

    @Test
    void anotherBanStartsTheTimeAnew() {
        BanList bans = BanList.of(Set.of())
                .withBlacklisted(OTHER, START)
                .withBlacklisted(OTHER, START.plus(TWO_DAYS).minusNanos(1));

        assertThat(bans.isBanned(OTHER, START.plus(TWO_DAYS))).isTrue();
    }

    @Test
    void liftingABanLeavesTheCommandLineAlone() {
        BanList bans = BanList.of(Set.of(PLAIN)).withBlacklisted(PLAIN, START).withBlacklisted(OTHER, START);

        assertThat(bans.withoutBlacklisted(OTHER).isBanned(OTHER, START)).isFalse();
        assertThat(bans.withoutBlacklisted(PLAIN).isBanned(PLAIN, START)).isTrue();
        assertThat(bans.withoutBlacklist()).isEqualTo(BanList.of(Set.of(PLAIN)));
    }

    @Test
    void expiredBansCanBeDropped() {
        BanList bans = BanList.of(Set.of()).withBlacklisted(PLAIN, START).withBlacklisted(OTHER, START.plusSeconds(1));

        assertThat(bans.withoutExpired(START.plus(TWO_DAYS)).blacklist()).containsOnlyKeys(OTHER);
    }

    @Test
    void aFullBlacklistForgetsTheOldestBan() {
        Map<IpAddress, Instant> full = new HashMap<>();
        for (int i = 0; i < BanList.MAX_BLACKLISTED; i++) {
            full.put(new IpAddress.V4(i), START.plusSeconds(i));
        }

        BanList bans = new BanList(Set.of(), full).withBlacklisted(OTHER, START.plusSeconds(10));

        assertThat(bans.blacklist()).hasSize(BanList.MAX_BLACKLISTED).containsKey(OTHER);
        assertThat(bans.blacklist()).doesNotContainKey(new IpAddress.V4(0)).containsKey(new IpAddress.V4(1));
    }

    @Test
    void aListDoesNotChangeWithItsSources() {
        Map<IpAddress, Instant> source = new HashMap<>(Map.of(OTHER, START));
        BanList bans = new BanList(Set.of(), source);

        source.clear();

        assertThat(bans.isBlacklisted(OTHER, START)).isTrue();
    }
}
