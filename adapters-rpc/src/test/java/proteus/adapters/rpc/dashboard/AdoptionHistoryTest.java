package proteus.adapters.rpc.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.adapters.rpc.dashboard.AdoptionHistory.Point;

class AdoptionHistoryTest {

    private final AdoptionHistory history = new AdoptionHistory();

    private List<Point> points(int scale) {
        return history.series().get(scale).points();
    }

    @Test
    void aPageThatIsOpenedLaterSeesTheCurve() {
        for (int second = 0; second < 120; second++) {
            history.add(Instant.ofEpochSecond(second), 10 - second / 12, second / 12);
        }

        assertThat(points(0)).hasSize(120);
        assertThat(points(0).getFirst()).isEqualTo(new Point(0, 10, 0));
        assertThat(points(0).getLast()).isEqualTo(new Point(119_000, 1, 9));
        assertThat(points(1)).containsExactly(new Point(0, 10, 0), new Point(60_000, 5, 5));
        assertThat(points(2)).containsExactly(new Point(0, 10, 0));
    }

    @Test
    void itIsBoundedHoweverLongTheNodeRuns() {
        for (int minute = 0; minute < 60 * 24 * 40; minute++) {
            history.add(Instant.ofEpochSecond(60L * minute), minute, 1);
        }

        assertThat(points(0)).hasSize(600);
        assertThat(points(1)).hasSize(720);
        assertThat(points(2)).hasSize(720);
        assertThat(points(2).getLast().time() - points(2).getFirst().time()).isEqualTo(719 * 1_800_000L);
        assertThat(history.series().stream().map(AdoptionHistory.Series::step))
                .containsExactly(1_000L, 60_000L, 1_800_000L);
    }

    @Test
    void manyPointsOfOneSecondAreOne() {
        for (int i = 0; i < 1_000; i++) {
            history.add(Instant.ofEpochMilli(i), i, 0);
        }
        assertThat(points(0)).containsExactly(new Point(0, 0, 0));
    }

    @Test
    void aClockThatIsPutBackLeavesNoPointOfTheFuture() {
        history.add(Instant.ofEpochSecond(100), 1, 0);
        history.add(Instant.ofEpochSecond(200), 2, 0);

        history.add(Instant.ofEpochSecond(150), 3, 0);

        assertThat(points(0)).containsExactly(new Point(100_000, 1, 0), new Point(150_000, 3, 0));
    }
}
