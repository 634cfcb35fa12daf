package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.event.StreamEvent;
import proteus.adapters.libp2p.engine.event.StreamRefusal;
import proteus.adapters.libp2p.engine.event.ViolatedProtocol;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.ResourceUsage;
import proteus.application.port.Measurement;

final class EngineInstrumentTest {

    private final EngineInstrument instrument = new EngineInstrument(() -> new ResourceUsage(1, 2, 3, 4, 5));

    private double value(String name, Map<String, String> labels) {
        List<Double> values = instrument.measurements().stream()
                .filter(measurement ->
                        measurement.name().equals(name) && measurement.labels().equals(labels))
                .map(Measurement::value)
                .toList();
        assertThat(values).as(name + labels).hasSize(1);
        return values.getFirst();
    }

    @Test
    void whatTheHostHoldsIsToldAsItIs() {
        assertThat(value("proteus_libp2p_connections", Map.of("direction", "inbound")))
                .isEqualTo(1);
        assertThat(value("proteus_libp2p_connections", Map.of("direction", "outbound")))
                .isEqualTo(2);
        assertThat(value("proteus_libp2p_streams", Map.of("direction", "inbound")))
                .isEqualTo(3);
        assertThat(value("proteus_libp2p_streams", Map.of("direction", "outbound")))
                .isEqualTo(4);
        assertThat(value("proteus_libp2p_memory_bytes", Map.of())).isEqualTo(5);
    }

    @Test
    void eventsAreCountedByWhy() {
        instrument.on(new ConnectionEvent.DialFailed(1, "/ip4/1.2.3.4/tcp/5", FailureReason.PORT_CLOSED, "no"));
        instrument.on(new ConnectionEvent.DialFailed(2, "/ip4/1.2.3.4/tcp/5", FailureReason.PORT_CLOSED, "no"));
        instrument.on(new ConnectionEvent.AcceptFailed(3, "/ip4/1.2.3.4/tcp/5", FailureReason.SECURITY, "no"));
        instrument.on(new StreamEvent.Refused(4, Optional.empty(), Direction.INBOUND, StreamRefusal.values()[0], ""));
        instrument.on(new ProtocolEvent.Violated(4, ViolatedProtocol.values()[0], "much"));
        instrument.transferred(4, 10, 20);
        instrument.transferred(5, 1, 2);

        assertThat(value("proteus_libp2p_dial_failures", Map.of("reason", "port_closed")))
                .isEqualTo(2);
        assertThat(value("proteus_libp2p_dial_failures", Map.of("reason", "security")))
                .isZero();
        assertThat(value("proteus_libp2p_accept_failures", Map.of("reason", "security")))
                .isEqualTo(1);
        assertThat(sum("proteus_libp2p_stream_refusals")).isEqualTo(1);
        assertThat(sum("proteus_libp2p_violations")).isEqualTo(1);
        assertThat(value("proteus_libp2p_received_bytes", Map.of())).isEqualTo(11);
        assertThat(value("proteus_libp2p_sent_bytes", Map.of())).isEqualTo(22);
    }

    private double sum(String name) {
        return instrument.measurements().stream()
                .filter(measurement -> measurement.name().equals(name))
                .mapToDouble(Measurement::value)
                .sum();
    }

    @Test
    void namesAndLabelsAreAlwaysTheSame() {
        List<String> before = instrument.measurements().stream()
                .map(measurement -> measurement.name() + measurement.labels())
                .toList();

        instrument.on(new StreamEvent.NegotiationFailed(1, Direction.INBOUND, "/a/protocol/of/a/remote"));
        instrument.on(new StreamEvent.Opened(1, "/another", Direction.OUTBOUND));

        assertThat(instrument.measurements())
                .extracting(measurement -> measurement.name() + measurement.labels())
                .isEqualTo(before)
                .doesNotHaveDuplicates();
        assertThat(value("proteus_libp2p_negotiation_failures", Map.of())).isEqualTo(1);
    }
}
