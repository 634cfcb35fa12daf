package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import proteus.application.port.Carrier;
import proteus.bootstrap.legacy.SpeaksLegacy;

@SpeaksLegacy
final class SessionWatchTest {

    private final SessionWatch watch = new SessionWatch();

    private static DemoStates connected(Carrier carrier) {
        return new DemoStates().connected(Role.P2, Role.P1, carrier);
    }

    @Test
    void aSessionThatIsMovedIsNotLost() {
        watch.look(new DemoStates().state(), "");
        watch.look(connected(Carrier.LEGACY_TCP).state(), "");
        watch.look(connected(Carrier.LIBP2P_TCP).state(), "");

        assertThat(watch.lost()).isZero();
    }

    @Test
    void oneThatIsNoLongerThereIsLostOnce() {
        watch.look(connected(Carrier.LEGACY_TCP).state(), "");
        watch.look(new DemoStates().state(), "");
        watch.look(new DemoStates().state(), "");

        assertThat(watch.lost()).isEqualTo(1);
    }

    @Test
    void oneThatBeganAnewIsLost() {
        watch.look(connected(Carrier.LEGACY_TCP).state(), "");
        watch.look(
                connected(Carrier.LEGACY_TCP)
                        .began(DemoStates.START.plusSeconds(1))
                        .state(),
                "");

        assertThat(watch.lost()).isEqualTo(1);
    }

    @Test
    void thatOfTheBadLinkMayEnd() {
        watch.look(connected(Carrier.LEGACY_TCP).state(), "P1-P2");
        watch.look(new DemoStates().state(), "P1-P2");

        assertThat(watch.lost()).isZero();
    }
}
