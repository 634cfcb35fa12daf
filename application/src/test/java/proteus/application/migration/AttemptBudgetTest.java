package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import proteus.domain.peer.IpAddress;

/** How often peers are looked for. */
final class AttemptBudgetTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final IpAddress IP = new IpAddress.V4(0x0800_0001);

    private final AttemptBudget budget = new AttemptBudget();

    @Test
    void threeAMinuteForAPeerAndMoreWhenTheFirstIsAMinuteOld() {
        assertThat(budget.spend("a", IP, START)).isTrue();
        assertThat(budget.spend("a", IP, START.plusSeconds(10))).isTrue();
        assertThat(budget.spend("a", IP, START.plusSeconds(20))).isTrue();
        assertThat(budget.spend("a", IP, START.plusSeconds(59))).isFalse();
        assertThat(budget.spend("b", IP, START.plusSeconds(59))).isTrue();

        assertThat(budget.spend("a", IP, START.plusSeconds(60))).isTrue();
        assertThat(budget.spend("a", IP, START.plusSeconds(60))).isFalse();
        assertThat(budget.spend("a", IP, START.plusSeconds(70))).isTrue();
    }

    @Test
    void twentyFourAMinuteAtAnIpWhateverPeersAreThere() {
        for (int i = 0; i < 24; i++) {
            assertThat(budget.spend("peer " + i, IP, START)).isTrue();
        }

        assertThat(budget.spend("another", IP, START)).isFalse();
        assertThat(budget.spend("another", new IpAddress.V4(0x0800_0002), START))
                .isTrue();
        assertThat(budget.spend("another", IP, START.plusSeconds(60))).isTrue();
    }

    @Test
    void whatIsRefusedDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            budget.spend("a", IP, START);
        }

        assertThat(budget.spend("a", IP, START.plusSeconds(60))).isTrue();
        assertThat(budget.spend("a", IP, START.plusSeconds(60))).isTrue();
        assertThat(budget.spend("a", IP, START.plusSeconds(60))).isTrue();
    }

    @Test
    void aFloodOfPeersIsForgottenAfterAMinute() {
        for (int i = 0; i < 10_000; i++) {
            budget.spend("peer " + i, new IpAddress.V4(i), START);
        }

        assertThat(budget.spend("late", IP, START.plusSeconds(60))).isTrue();
    }
}
