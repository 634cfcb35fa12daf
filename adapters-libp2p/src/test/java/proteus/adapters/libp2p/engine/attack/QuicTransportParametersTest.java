package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;

/** What needs a QUIC endpoint that begins a connection against the rules. */
@Timeout(90)
class QuicTransportParametersTest {

    private static final int ATTEMPTS = 11;

    @Test
    @DisplayName("CVE-2026-31812: transport parameters that are forbidden or broken")
    void forbiddenTransportParameters() throws Exception {
        try (Victim victim = new Victim(Victim.QUIC, with -> with);
                Aioquic script = Aioquic.start("bad_transport_parameters.py", victim.udpPort())) {
            String said = script.end();

            assertThat(said.lines().filter(line -> line.contains(" -> ")))
                    .hasSize(ATTEMPTS)
                    .filteredOn(line -> line.endsWith("connected"))
                    // Whose handshake ends later, for want of a certificate.
                    .containsExactly("nothing bad -> connected");
            assertThat(victim.host.events(ConnectionEvent.Established.class)).hasSize(1);
            victim.host.awaitThat(
                    () -> victim.host.host.usage().inboundConnections() == 1, "that nothing is held of the attacker");
            victim.assertUnharmed();
        }
    }
}
