package proteus.adapters.libp2p.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusedDiallersTest {

    private Instant now = Instant.EPOCH;
    private final RefusedDiallers refused = new RefusedDiallers(() -> now);

    @Test
    void aRefusedDiallerGoesOnForTenSeconds() {
        refused.add(port(1));

        now = Instant.EPOCH.plusMillis(9_999);
        assertThat(refused.goesOn(port(1))).isTrue();
        assertThat(refused.goesOn(port(2))).isFalse();

        now = Instant.EPOCH.plusSeconds(10);
        assertThat(refused.goesOn(port(1))).isFalse();
    }

    @Test
    void noMoreThanSoManyAreRemembered() {
        for (int i = 1; i <= 1_025; i++) {
            refused.add(port(i));
        }

        assertThat(refused.goesOn(port(1))).isFalse();
        assertThat(refused.goesOn(port(2))).isTrue();
        assertThat(refused.goesOn(port(1_025))).isTrue();
    }

    private static InetSocketAddress port(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
