package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proteus.domain.peer.ConnectionSettings;

final class LegacySettingsTest {

    /** The numbers of neptune-core 0.19.4 for its default of ten peers. */
    @Test
    void tenPeersGiveUpstreamsTimeOutAndPermits() {
        LegacySettings settings = LegacySettings.forPeers(10);

        assertThat(settings.handshakeTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.handshakePermits()).isEqualTo(24);
        assertThat(settings.halfOpenTotal()).isEqualTo(96);
        assertThat(settings.halfOpenPerIp()).isEqualTo(8);
        assertThat(settings.outboundBytes()).isEqualTo(32 << 20);
    }

    @Test
    void whatTheOperatorDecidesAboutConnectionsIsKept() {
        LegacySettings usual = LegacySettings.of(ConnectionSettings.DEFAULT);
        LegacySettings others =
                LegacySettings.of(new ConnectionSettings(Set.of(), true, true, 20, 1, 1, Duration.ofSeconds(9), 0));

        assertThat(usual).isEqualTo(LegacySettings.forPeers(10));
        assertThat(others).isEqualTo(LegacySettings.forPeers(20).withHandshakeTimeout(Duration.ofSeconds(9)));
        assertThat(others.handshakePermits()).isEqualTo(44);
    }

    @Test
    void noAddressCanTakeAllPermits() {
        for (int peers = 0; peers < 100; peers++) {
            LegacySettings settings = LegacySettings.forPeers(peers);

            assertThat(settings.halfOpenPerIp()).isLessThan(settings.handshakePermits());
        }
    }

    @Test
    void whatIsNotPositiveIsRefused() {
        LegacySettings settings = LegacySettings.forPeers(10);

        assertThatThrownBy(() -> settings.withHandshakeTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings.withOutboundBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LegacySettings.forPeers(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
