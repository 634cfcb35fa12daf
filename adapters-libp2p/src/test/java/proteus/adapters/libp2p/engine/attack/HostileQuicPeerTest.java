package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.transport.quic.QuicSettings;

/** A QUIC peer that has proven who it is, and then breaks or strains the rules of RFC 9000 for streams. */
@Timeout(90)
class HostileQuicPeerTest {

    private static final String SCRIPT = "hostile_quic_peer.py";
    private static final Pattern CODE = Pattern.compile("name='(\\w+)'");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");

    /** Of a connection; less than usual, to be filled soon. */
    private static final int WINDOW = 1_000_000;

    /** A gap and a byte take two bytes of a window. */
    private static final int SCATTERED = WINDOW / 2 - 10_000;

    /** What one byte may cost that must wait for the one before it: about 165 were seen, and the heap grows meanwhile. */
    private static final int COST = 400;

    @Test
    void framesThatTheLimitsForbid() throws Exception {
        try (Victim victim = new Victim(Victim.QUIC, with -> with);
                Aioquic script = Aioquic.start(SCRIPT, victim.udpPort())) {
            String said = script.end();

            assertThat(said.lines().filter(line -> line.contains(" -> ")))
                    .containsExactly(
                            "nothing bad -> open",
                            "the end of the stream window -> open",
                            "above the stream window -> 0x3",
                            "a reset above the stream window -> 0x3",
                            "the end of the connection window -> open",
                            "above the connection window -> 0x3",
                            "the last stream -> open",
                            "a stream above the limit -> 0x4",
                            "a stream far above the limit -> 0x4",
                            "data after the end -> 0x6",
                            "a unidirectional stream -> 0x4",
                            "a datagram -> 0xa");
            victim.host.awaitThat(
                    () -> victim.host.host.usage().inboundConnections() == 1, "that nothing is held of the attacker");
            assertThat(victim.host.events(ConnectionEvent.AcceptFailed.class)).isEmpty();
            assertThat(codes(victim))
                    .containsExactly(
                            "FLOW_CONTROL_ERROR",
                            "FLOW_CONTROL_ERROR",
                            "FLOW_CONTROL_ERROR",
                            "STREAM_LIMIT_ERROR",
                            "STREAM_LIMIT_ERROR",
                            "FINAL_SIZE_ERROR",
                            "STREAM_LIMIT_ERROR",
                            "PROTOCOL_VIOLATION");
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("RUSTSEC-2026-0185: bytes with a gap before each, which must be kept until it is filled")
    void scatteredBytes() throws Exception {
        assumeTrue(Files.exists(STATUS), "no " + STATUS + " to read the memory of the process from");
        try (Victim victim = new Victim(Victim.QUIC, with -> with.quic(smallWindows()));
                Aioquic script = Aioquic.start(SCRIPT, victim.udpPort(), Integer.toString(SCATTERED))) {
            long before = residentBytes();

            assertThat(script.outcome()).isEqualTo("some -> open");

            assertThat(residentBytes() - before).isLessThan((long) SCATTERED * COST);
            // Nobody knows of a stream before its first byte.
            assertThat(victim.memoryTaken()).isLessThan(1 << 20);
            victim.assertUnharmed();

            assertThat(script.end()).startsWith("as many again -> 0x3");
            victim.host.awaitThat(
                    () -> codes(victim).equals(List.of("FLOW_CONTROL_ERROR")), "the end at the connection's window");
            victim.assertUnharmed();
        }
    }

    /** The names of the errors that the host has closed connections with. */
    private static List<String> codes(Victim victim) {
        return victim.host.events(ConnectionEvent.Closed.class).stream()
                .filter(closed -> closed.cause() == CloseCause.BROKEN)
                .map(closed -> only(CODE, closed.text()))
                .toList();
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(only(RESIDENT, Files.readString(STATUS))) << 10;
    }

    private static String only(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse(text);
    }

    private static QuicSettings smallWindows() {
        QuicSettings usual = QuicSettings.defaults();
        return new QuicSettings(
                usual.handshakeTimeout(),
                usual.idleTimeout(),
                usual.inboundStreams(),
                WINDOW,
                WINDOW,
                usual.resetStreams(),
                usual.handshakes(),
                usual.calmHandshakes(),
                usual.tokenLifetime(),
                usual.udpPayload(),
                usual.socketBuffer(),
                usual.congestionControl());
    }
}
