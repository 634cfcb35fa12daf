package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.domain.peer.BlockServingBudget.Charge;

class BlockServingBudgetTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @EnumSource(PeerMessageKind.class)
    void onlyRequestsForBlocksCost(PeerMessageKind kind) {
        Map<Integer, Integer> costByIndex = Map.of(4, 1, 5, 1, 6, 35, 12, 1, 22, 1, 28, 1);

        assertThat(BlockServingBudget.costOf(kind)).isEqualTo(costByIndex.getOrDefault(kind.index(), 0));
    }

    @Test
    void theThousandAndFirstBlockOfAMinuteIsRefused() {
        BlockServingBudget budget = BlockServingBudget.of(1000);
        for (int i = 0; i < 1000; i++) {
            Charge charge = budget.charge(1, START.plusMillis(i));
            assertThat(charge.granted()).isTrue();
            budget = charge.budget();
        }

        assertThat(budget.charge(1, START.plusSeconds(59)).granted()).isFalse();
        assertThat(budget.charge(1, START.plusSeconds(60).minusNanos(1)).granted())
                .isFalse();
        assertThat(budget.charge(1, START.plusSeconds(60)).granted()).isTrue();
    }

    @Test
    void theTwentyNinthBatchIsRefusedWhileSingleBlocksStillFit() {
        BlockServingBudget budget = BlockServingBudget.of(1000);
        for (int i = 0; i < 28; i++) {
            budget = budget.charge(35, START).budget();
        }

        Charge batch = budget.charge(35, START);

        assertThat(batch.granted()).isFalse();
        assertThat(batch.budget().used()).isEqualTo(980);
        assertThat(batch.budget().charge(20, START).granted()).isTrue();
        assertThat(batch.budget().charge(21, START).granted()).isFalse();
    }

    @Test
    void aWindowBeginsWithTheFirstRequestAfterTheLastOneIsOver() {
        BlockServingBudget first = BlockServingBudget.of(10).charge(10, START).budget();

        BlockServingBudget second = first.charge(1, START.plusSeconds(90)).budget();

        assertThat(second).isEqualTo(new BlockServingBudget(10, 1, START.plusSeconds(90)));
        assertThat(second.charge(9, START.plusSeconds(149)).granted()).isTrue();
        assertThat(second.charge(10, START.plusSeconds(149)).granted()).isFalse();
    }

    @Test
    void aFreeMessageIsAlwaysGrantedAndBeginsNoWindow() {
        BlockServingBudget used = BlockServingBudget.of(1).charge(1, START).budget();

        assertThat(used.charge(0, START.plusSeconds(90))).isEqualTo(new Charge(true, used));
    }

    @Test
    void aClockThatWentBackwardsDoesNotLockAPeerOut() {
        BlockServingBudget used = BlockServingBudget.of(1).charge(1, START).budget();

        assertThat(used.charge(1, START.minusSeconds(1_000_000)).granted()).isTrue();
    }

    @Test
    void aBudgetOfNothingGrantsNothing() {
        assertThat(BlockServingBudget.of(0).charge(1, START).granted()).isFalse();
        assertThat(BlockServingBudget.of(4_294_967_295L)
                        .charge(Integer.MAX_VALUE, START)
                        .granted())
                .isTrue();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BlockServingBudget.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockServingBudget(1, 2, START));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlockServingBudget.of(1).charge(-1, START));
    }
}
