package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.attack.Attacker.frame;
import static proteus.adapters.libp2p.engine.attack.Attacker.line;
import static proteus.adapters.libp2p.engine.attack.Attacker.open;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.attack.Attacker.Line;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.event.StreamEvent;
import proteus.adapters.libp2p.engine.event.StreamRefusal;
import proteus.adapters.libp2p.engine.event.ViolatedProtocol;

/** What can be sent in place of a negotiation, on a connection and on a stream. */
class NegotiationAttacksTest {

    private static final HostSettings.Timeouts SHORT = new HostSettings.Timeouts(
            Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofSeconds(10), Duration.ZERO);

    private final Attacker attacker = new Attacker();

    @AfterEach
    void closeTheAttacker() {
        attacker.close();
    }

    private static ByteBuf header() {
        return Unpooled.wrappedBuffer(line("/multistream/1.0.0"));
    }

    @Test
    @DisplayName(
            "public-attacknets#7: zero bytes instead of a security protocol end the connection, and none is answered")
    void zeroBytesOnAConnection() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.connect(victim.address);
            line.send(header());

            line.flood(1_000, _ -> Unpooled.wrappedBuffer(new byte[1_024]));

            line.awaitClose();
            assertThat(victim.host.await(ConnectionEvent.AcceptFailed.class).reason())
                    .isEqualTo(FailureReason.NEGOTIATION);
            assertThat(line.received()).hasSizeLessThanOrEqualTo(20);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("public-attacknets#7: zero bytes on a stream end the stream, and none is answered")
    void zeroBytesOnAStream() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);
            byte[] first = line("/multistream/1.0.0");
            line.send(frame(0, 1, 1, first.length, first));

            line.flood(200, _ -> frame(0, 0, 1, 1_024, new byte[1_024]));

            ProtocolEvent.Violated violated = victim.host.await(ProtocolEvent.Violated.class);
            assertThat(violated.protocol()).isEqualTo(ViolatedProtocol.MULTISTREAM);
            assertThat(victim.host.await(StreamEvent.NegotiationFailed.class).connection())
                    .isEqualTo(violated.connection());
            victim.assertUnharmed();
            // The host's ping and identify, its header on the stream, and the reset.
            assertThat(line.received()).hasSizeLessThan(300);
        }
    }

    @Test
    @DisplayName("proposals without end are not answered without end")
    void proposalsWithoutEnd() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.connect(victim.address);
            line.send(header());

            line.flood(100_000, i -> Unpooled.wrappedBuffer(line("/proposal/" + i)));

            line.awaitClose();
            assertThat(victim.host.await(ConnectionEvent.AcceptFailed.class).reason())
                    .isEqualTo(FailureReason.NEGOTIATION);
            assertThat(line.received()).hasSizeLessThan(64 * 4 + 20);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("a message of 16 383 bytes is refused by its length")
    void aLongMessage() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.connect(victim.address);
            line.send(header());

            line.send("ff7f");

            line.awaitClose();
            assertThat(victim.host.await(ConnectionEvent.AcceptFailed.class).reason())
                    .isEqualTo(FailureReason.NEGOTIATION);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("slow loris: one byte after the other does not extend the time for an upgrade")
    void oneByteAfterTheOther() throws Exception {
        try (Victim victim = new Victim(with -> with.timeouts(SHORT))) {
            List<Line> lines = new ArrayList<>();
            byte[] greeting = ByteBufUtil.getBytes(header());
            for (int i = 0; i < 20; i++) {
                Line line = attacker.connect(victim.address);
                lines.add(line);
                drip(line, greeting, 0);
            }

            for (Line line : lines) {
                line.awaitClose();
            }

            assertThat(victim.host.events(ConnectionEvent.AcceptFailed.class))
                    .hasSize(20)
                    .extracting(ConnectionEvent.AcceptFailed::reason)
                    .containsOnly(FailureReason.TIMED_OUT);
            assertThat(victim.host.host.usage().inboundConnections()).isEqualTo(1);
            victim.assertUnharmed();
        }
    }

    private static void drip(Line line, byte[] bytes, int at) {
        if (at < bytes.length && line.isOpen()) {
            line.channel().writeAndFlush(Unpooled.wrappedBuffer(bytes, at, 1));
            var _ = line.channel().eventLoop().schedule(() -> drip(line, bytes, at + 1), 50, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    @DisplayName("slow loris: so many streams may be under negotiation, and each only for so long")
    void streamsThatNeverAgree() throws Exception {
        try (Victim victim = new Victim(with -> with.timeouts(SHORT).maxNegotiating(16))) {
            Line line = attacker.mux(victim.address);

            line.flood(200, i -> frame(0, 1, 1 + 2 * i, 5, new byte[] {0x13, '/', 'm', 'u', 'l'}));

            victim.host.awaitThat(
                    () -> victim.host.events(StreamEvent.Refused.class).size()
                                    + victim.host
                                            .events(StreamEvent.NegotiationFailed.class)
                                            .size()
                            >= 200,
                    "the end of all streams");
            assertThat(victim.host.events(StreamEvent.Refused.class))
                    .hasSizeGreaterThanOrEqualTo(100)
                    .extracting(StreamEvent.Refused::reason)
                    .containsOnly(StreamRefusal.RESOURCE_LIMIT);
            victim.host.awaitThat(() -> victim.host.host.usage().inboundStreams() == 1, "the good peer's stream alone");
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("a stream that agrees on a protocol after its time is not handed over")
    void agreeingTooLate() throws Exception {
        try (Victim victim = new Victim(with -> with.timeouts(SHORT))) {
            Line line = attacker.mux(victim.address);
            line.send(frame(0, 1, 1, 20, line("/multistream/1.0.0")));
            victim.host.await(StreamEvent.NegotiationFailed.class);
            int opened = victim.host.events(StreamEvent.Opened.class).size();

            byte[] proposal = line(Victim.ECHO);
            line.send(frame(0, 0, 1, proposal.length, proposal));
            line.send(open(3, "/test/unknown"));

            victim.host.awaitThat(
                    () -> victim.host
                                    .events(StreamEvent.NegotiationFailed.class)
                                    .size()
                            == 2,
                    "the end of stream 3");
            assertThat(victim.host.events(StreamEvent.Opened.class)).hasSize(opened);
            victim.assertUnharmed();
        }
    }
}
