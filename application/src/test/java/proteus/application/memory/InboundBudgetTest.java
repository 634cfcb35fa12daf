package proteus.application.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.memory.InboundBudget.Reservation;

final class InboundBudgetTest {

    private final InboundBudget budget = new InboundBudget(100);
    private final List<Reservation> granted = new ArrayList<>();

    @Test
    void roomIsGrantedAtOnceAndGivenBack() {
        Reservation reservation = budget.reserve(100, granted::add).orElseThrow();

        assertThat(granted).containsExactly(reservation);
        assertThat(budget.reserved()).isEqualTo(100);

        reservation.close();
        reservation.close();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void whoFindsNoRoomWaitsItsTurn() {
        Reservation big = budget.reserve(80, granted::add).orElseThrow();
        Reservation second = budget.reserve(50, granted::add).orElseThrow();
        Reservation small = budget.reserve(10, granted::add).orElseThrow();

        // The small one would fit, but would starve the one before it.
        assertThat(granted).containsExactly(big);
        assertThat(budget.waiting()).isEqualTo(2);

        big.close();
        assertThat(granted).containsExactly(big, second, small);
        assertThat(budget.reserved()).isEqualTo(60);
    }

    @Test
    void whoLeavesTheQueueMakesWay() {
        budget.reserve(80, granted::add);
        Reservation impatient = budget.reserve(50, granted::add).orElseThrow();
        Reservation small = budget.reserve(10, granted::add).orElseThrow();

        impatient.close();

        assertThat(granted).hasSize(2).contains(small);
        assertThat(budget.waiting()).isZero();
    }

    @Test
    void whatCouldNeverBeGrantedIsRefused() {
        assertThat(budget.reserve(101, granted::add)).isEmpty();
        assertThat(granted).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> budget.reserve(-1, granted::add)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InboundBudget(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theBudgetIsNeverExceededAndNobodyIsForgotten(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Reservation> open = new ArrayList<>();

        for (int step = 0; step < 2000; step++) {
            if (open.isEmpty() || random.nextBoolean()) {
                open.add(budget.reserve(random.nextInt(101), granted::add).orElseThrow());
            } else {
                open.remove(random.nextInt(open.size())).close();
            }
            assertThat(budget.reserved()).isBetween(0L, 100L);
        }
        open.forEach(Reservation::close);

        assertThat(budget.reserved()).isZero();
        assertThat(budget.waiting()).isZero();
    }
}
