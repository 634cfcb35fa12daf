package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.attack.Attacker.line;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.dial;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.get;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.TestHosts;

/** What a host can meet that dials. */
class DialAttacksTest {

    private static final HostSettings.Timeouts SHORT = new HostSettings.Timeouts(
            Duration.ofMillis(700), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ZERO);
    private static final byte[] HEADER = line("/multistream/1.0.0");
    private static final byte[] NOISE = line("/noise");

    private enum Listener {
        SAYS_NOTHING(FailureReason.TIMED_OUT),
        CLOSES_AT_ONCE(FailureReason.REMOTE_CLOSED),
        RESETS_WHEN_ASKED(FailureReason.RESET),
        RESETS_WITHIN_THE_HANDSHAKE(FailureReason.RESET),
        SENDS_ZERO_BYTES(FailureReason.NEGOTIATION),
        SENDS_NO_MULTISTREAM(FailureReason.NEGOTIATION),
        REFUSES_EVERYTHING(FailureReason.NEGOTIATION),
        AGREES_TO_WHAT_WAS_NOT_PROPOSED(FailureReason.NEGOTIATION),
        SENDS_GARBAGE_FOR_A_HANDSHAKE(FailureReason.SECURITY),
        STOPS_WITHIN_A_MESSAGE(FailureReason.TIMED_OUT),
        SENDS_BACK_WHAT_IT_GETS(FailureReason.SECURITY);

        private final FailureReason reason;

        Listener(FailureReason reason) {
            this.reason = reason;
        }

        void answer(Socket socket) throws IOException {
            byte[] answer = switch (this) {
                case SAYS_NOTHING, CLOSES_AT_ONCE, RESETS_WHEN_ASKED -> new byte[0];
                case RESETS_WITHIN_THE_HANDSHAKE -> joined(HEADER, NOISE);
                case SENDS_ZERO_BYTES -> joined(HEADER, new byte[100_000]);
                case SENDS_NO_MULTISTREAM ->
                    "HTTP/1.1 400 Bad Request\r\n\r\n"
                            .repeat(1_000)
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                case REFUSES_EVERYTHING -> joined(HEADER, line("na"), line("na"), line("na"));
                case AGREES_TO_WHAT_WAS_NOT_PROPOSED -> joined(HEADER, line("/plaintext/2.0.0"));
                case SENDS_GARBAGE_FOR_A_HANDSHAKE -> joined(HEADER, NOISE, new byte[] {0, 96}, new byte[96]);
                case STOPS_WITHIN_A_MESSAGE -> joined(HEADER, NOISE, new byte[] {0, 96, 1, 2, 3});
                case SENDS_BACK_WHAT_IT_GETS -> joined(HEADER, NOISE);
            };
            InputStream in = socket.getInputStream();
            socket.getOutputStream().write(answer);
            if (this == CLOSES_AT_ONCE || this == RESETS_WHEN_ASKED || this == RESETS_WITHIN_THE_HANDSHAKE) {
                // What is left unread would make a reset of any close.
                in.readNBytes(HEADER.length + NOISE.length);
                socket.setSoLinger(this != CLOSES_AT_ONCE, 0);
                return;
            }
            if (this == SENDS_BACK_WHAT_IT_GETS) {
                in.readNBytes(HEADER.length + NOISE.length);
                byte[] message = in.readNBytes(34);
                socket.getOutputStream().write(joined(new byte[] {0, 96}, message, new byte[62]));
            }
            in.readAllBytes();
        }

        private static byte[] joined(byte[]... parts) {
            return Unpooled.copiedBuffer(parts).array();
        }
    }

    @ParameterizedTest
    @EnumSource(Listener.class)
    @DisplayName("a listener that does not do as it should")
    void hostileListener(Listener listener) throws Exception {
        try (Victim victim = new Victim(with -> with.timeouts(SHORT).security(List.of(Security.NOISE, Security.TLS)));
                ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    listener.answer(socket);
                } catch (IOException closed) {
                    // The dialler has closed, which is what it should do.
                }
            });
            Multiaddr address = TestHosts.address("/ip4/127.0.0.1/tcp/" + server.getLocalPort());

            assertThatThrownBy(() -> get(victim.host.host.dial(List.of(address))))
                    .hasCauseInstanceOf(DialFailedException.class);

            assertThat(victim.host.await(ConnectionEvent.DialFailed.class).reason())
                    .isEqualTo(listener.reason);
            assertThat(victim.host.host.usage().outboundConnections()).isZero();
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("a host that dials itself has two connections with itself, and can close them")
    void dialsItself() throws Exception {
        try (Victim victim = new Victim()) {
            var connection = dial(victim.host, victim.address);

            assertThat(connection.remotePeer()).isEqualTo(victim.host.host.peerId());
            get(connection.close());

            victim.host.awaitThat(() -> victim.host.host.connections().size() == 1, "the good peer's connection alone");
            victim.assertUnharmed();
        }
    }
}
