package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReceiveWindowTest {

    private static final int INITIAL = YamuxSettings.INITIAL_WINDOW;
    private final MockTicker ticker = Ticker.newMockTicker();
    private final WindowBudget budget = new WindowBudget(INITIAL * 4L);
    private long roundTripNanos = TimeUnit.MILLISECONDS.toNanos(60);

    private ReceiveWindow window(int most) {
        return new ReceiveWindow(most, budget, ticker, () -> roundTripNanos);
    }

    private static void fill(ReceiveWindow window) {
        assertThat(window.take(window.credit())).isTrue();
    }

    @Test
    void moreThanTheCreditIsNotTaken() {
        ReceiveWindow window = window(INITIAL);

        assertThat(window.take(INITIAL + 1L)).isFalse();
        assertThat(window.credit()).isEqualTo(INITIAL);
        assertThat(window.take(INITIAL)).isTrue();
        assertThat(window.take(1)).isFalse();
    }

    @Test
    void creditIsGivenForHalfAWindow() {
        ReceiveWindow window = window(INITIAL);
        fill(window);

        assertThat(window.consume(INITIAL / 2 - 1)).isZero();
        assertThat(window.consume(1)).isEqualTo(INITIAL / 2);
        assertThat(window.credit()).isEqualTo(INITIAL / 2);
    }

    @Test
    void itDoublesWhenHalfOfItIsReadWithinTwoRoundTrips() {
        ReceiveWindow window = window(INITIAL * 4);
        fill(window);
        ticker.advance(119, TimeUnit.MILLISECONDS);

        assertThat(window.consume(INITIAL / 2)).isEqualTo(INITIAL / 2 + INITIAL);

        assertThat(window.size()).isEqualTo(INITIAL * 2);
    }

    @Test
    void itStaysWhenTheReaderIsSlower() {
        ReceiveWindow window = window(INITIAL * 4);
        fill(window);
        ticker.advance(120, TimeUnit.MILLISECONDS);

        assertThat(window.consume(INITIAL / 2)).isEqualTo(INITIAL / 2);
        assertThat(window.size()).isEqualTo(INITIAL);
    }

    @Test
    void itStaysBeforeARoundTripWasMeasured() {
        roundTripNanos = 0;
        ReceiveWindow window = window(INITIAL * 4);

        fill(window);

        assertThat(window.consume(INITIAL / 2)).isEqualTo(INITIAL / 2);
    }

    @Test
    void itGrowsNoFurtherThanItMay() {
        ReceiveWindow window = window(INITIAL * 3);
        for (int i = 0; i < 10; i++) {
            fill(window);
            window.consume(window.size() / 2);
        }

        assertThat(window.size()).isEqualTo(INITIAL * 3);
    }

    @Test
    void allOfASessionShareTheBudgetAndGiveItBack() {
        ReceiveWindow first = window(INITIAL * 100);
        ReceiveWindow second = window(INITIAL * 100);
        for (int i = 0; i < 10; i++) {
            fill(first);
            first.consume(first.size() / 2);
        }
        assertThat(first.size()).isEqualTo(INITIAL * 5);
        fill(second);
        assertThat(second.consume(INITIAL / 2)).isEqualTo(INITIAL / 2);

        first.close();
        fill(second);
        second.consume(INITIAL / 2);

        assertThat(second.size()).isEqualTo(INITIAL * 2);
    }
}
