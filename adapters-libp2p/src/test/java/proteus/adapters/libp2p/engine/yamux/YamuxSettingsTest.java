package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class YamuxSettingsTest {

    @Test
    void whatCannotWorkIsRefused() {
        assertThatThrownBy(() -> new YamuxSettings.StreamLimits(-1, 1, 1)).hasMessageContaining("inbound streams: -1");
        assertThatThrownBy(() -> new YamuxSettings.FlowControl(262_143, 0, 1)).hasMessageContaining("262143");
        assertThatThrownBy(() -> new YamuxSettings.FlowControl((1 << 30) + 1, 0, 1))
                .hasMessageContaining("1 GiB");
        assertThatThrownBy(() -> new YamuxSettings.FlowControl(262_144, -1, 1)).hasMessageContaining("budget: -1");
        assertThatThrownBy(() -> new YamuxSettings.FlowControl(262_144, 0, 0)).hasMessageContaining("body: 0");
        assertThatThrownBy(() -> new YamuxSettings.FlowControl(262_144, 0, (1 << 20) + 1))
                .hasMessageContaining("1 MiB");
        assertThatThrownBy(() -> new YamuxSettings.Pings(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("between pings: 0");
        assertThatThrownBy(() -> new YamuxSettings.AbuseLimits(0, 1, 1, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("control frames: 0");
    }
}
