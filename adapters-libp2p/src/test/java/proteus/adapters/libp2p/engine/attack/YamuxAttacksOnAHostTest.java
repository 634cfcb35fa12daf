package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.attack.Attacker.frame;
import static proteus.adapters.libp2p.engine.attack.Attacker.line;
import static proteus.adapters.libp2p.engine.attack.Attacker.open;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.adapters.libp2p.engine.attack.Attacker.Line;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.event.ResourceEvent;
import proteus.adapters.libp2p.engine.event.StreamEvent;
import proteus.adapters.libp2p.engine.event.ViolatedProtocol;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.adapters.libp2p.engine.limits.Resource;
import proteus.adapters.libp2p.engine.limits.ResourceRefusal;

/** Frames that a host gets from whoever has come through the handshake. */
class YamuxAttacksOnAHostTest {

    private static final int MIB = 1 << 20;
    private static final int DATA = 0;
    private static final int PING = 2;
    private static final int SYN = 1;

    private final Attacker attacker = new Attacker();

    @AfterEach
    void closeTheAttacker() {
        attacker.close();
    }

    private static void assertDropped(Victim victim, Line line) throws Exception {
        line.awaitClose();
        ProtocolEvent.Violated violated = victim.host.await(ProtocolEvent.Violated.class);
        assertThat(violated.protocol()).isEqualTo(ViolatedProtocol.YAMUX);
        ConnectionEvent.Closed closed = victim.host.await(ConnectionEvent.Closed.class);
        assertThat(closed.connection()).isEqualTo(violated.connection());
        assertThat(closed.cause()).isEqualTo(CloseCause.PROTOCOL_VIOLATION);
        assertThat(victim.host.host.usage().inboundConnections()).isEqualTo(1);
        assertThat(victim.host.host.usage().inboundStreams()).isEqualTo(1);
        assertThat(victim.memoryTaken()).isLessThan(16 * MIB);
        victim.assertUnharmed();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CVE-2026-31814: credit that overflows, 00 01 0000 00000001 ffff0000",
        "CVE-2026-32314: 256 KiB and a byte on a new stream, 00 00 0001 00000003 00040001",
        "CVE-2026-73568: a body of 4 GiB that never comes, 00 00 0001 00000003 ffffffff",
        "the same on an open stream, 00 00 0000 00000001 ffffffff",
        "a stream twice, 00 01 0001 00000001 00000000",
        "a stream of the wrong parity, 00 01 0001 00000002 00000000",
        "an answer without a ping, 00 02 0002 00000000 ffffffff",
        "another version, 01 00 0000 00000001 00000000",
        "an unknown type, 00 ff 0000 00000001 00000000"
    })
    void aBrokenRuleEndsTheConnection(String rule, String frame) throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);
            line.send(open(1, Victim.ECHO));

            line.send(frame);

            assertDropped(victim, line);
        }
    }

    @Test
    @DisplayName("CVE-2024-32984: who piles up pings and never reads is dropped")
    void pingsWithoutReading() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address).deaf();
            ByteBuf pings = Unpooled.buffer();
            for (int i = 0; i < 1_000; i++) {
                pings.writeBytes(frame(PING, SYN, 0, i));
            }

            int sent = line.flood(5_000, _ -> pings.retainedDuplicate());

            assertThat(sent).as("thousands of pings that were taken").isLessThan(5_000);
            assertDropped(victim, line);
        }
    }

    @Test
    @DisplayName("CVE-2024-32984: identify answers that are never read fill no more than the streams there may be")
    void identifyWithoutReading() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address).deaf();

            int sent = line.flood(50_000, i -> open(1 + 2 * i, "/ipfs/id/1.0.0"));

            assertThat(victim.host.host.usage().inboundStreams())
                    .as("after %d requests", sent)
                    .isLessThanOrEqualTo(1 + HostLimits.STREAMS_PER_CONNECTION);
            assertThat(victim.memoryTaken()).isLessThan(24 * MIB);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("CVE-2022-23492: streams without end are refused above the limit")
    void streamsWithoutEnd() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);

            line.flood(5_000, i -> open(1 + 2 * i, Victim.ECHO));

            victim.host.awaitThat(
                    () -> !line.isOpen()
                            || victim.host.events(StreamEvent.Refused.class).size() > 4_000,
                    "thousands of refusals, or the end");
            assertThat(victim.host.host.usage().inboundStreams())
                    .isLessThanOrEqualTo(1 + HostLimits.STREAMS_PER_CONNECTION);
            assertThat(victim.memoryTaken()).isLessThan(24 * MIB);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("streams that are opened and reset at once, again and again, end the connection")
    void streamsResetAtOnce() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);

            int sent = line.flood(
                    200_000, i -> Unpooled.wrappedBuffer(open(1 + 2 * i, Victim.ECHO), frame(DATA, 8, 1 + 2 * i, 0)));

            assertThat(sent).isLessThan(200_000);
            assertDropped(victim, line);
        }
    }

    @Test
    @DisplayName("frames for streams that are not there, without end, end the connection")
    void framesForNoStream() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);
            ByteBuf frames = Unpooled.buffer();
            for (int i = 0; i < 1_000; i++) {
                frames.writeBytes(frame(DATA, 0, 99, 1, (byte) 'x'));
            }

            int sent = line.flood(5_000, _ -> frames.retainedDuplicate());

            assertThat(sent).as("thousands of frames").isLessThan(5_000);
            assertDropped(victim, line);
        }
    }

    @Test
    @DisplayName("a window that comes in frames of one byte takes little more memory than its bytes")
    void aWindowOfSingleBytes() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);
            ByteBuf single = Unpooled.buffer();
            for (int i = 0; i < 4_096; i++) {
                single.writeBytes(frame(DATA, 0, 1, 1, (byte) 'x'));
            }
            line.send(open(1, Victim.SILENT));

            line.flood(50, _ -> single.retainedDuplicate());

            line.flood(1, _ -> open(3, Victim.ECHO, (byte) 'x'));
            victim.host.awaitThat(
                    () -> victim.host.events(StreamEvent.Opened.class).stream()
                                    .filter(opened -> opened.protocol().equals(Victim.ECHO))
                                    .count()
                            == 2,
                    "all that was sent to be read");
            assertThat(victim.memoryTaken()).isLessThan(4 * MIB);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("CVE-2022-23486: windows full of bytes that nobody reads take no more memory than a connection may")
    void windowsFullOfUnreadBytes() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);
            ByteBuf full = frame(DATA, 0, 0, 60_000, new byte[60_000]);

            for (int stream = 1; stream < 2 * 250; stream += 2) {
                int id = stream;
                line.flood(1, _ -> open(id, Victim.SILENT));
                line.flood(4, _ -> full.copy().setInt(4, id));
            }

            line.flood(1, _ -> frame(PING, SYN, 0, 1));
            victim.assertUnharmed();
            assertThat(victim.memoryTaken()).isLessThan(HostLimits.MEMORY_PER_CONNECTION + 8 * MIB);
            assertThat(victim.host.host.usage().memory()).isBetween(16L * MIB, HostLimits.MEMORY_PER_CONNECTION);
            assertThat(victim.host.await(ResourceEvent.Refused.class).refusal())
                    .isInstanceOfSatisfying(
                            ResourceRefusal.LimitReached.class,
                            refusal -> assertThat(refusal.resource()).isEqualTo(Resource.MEMORY));
            line.channel().close();
            victim.host.awaitThat(() -> victim.host.host.usage().memory() == 0, "all memory to be given back");
        }
    }

    @Test
    @DisplayName("bytes that are no message of the encryption end the connection")
    void garbageBelowTheEncryption() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address);

            line.sendBelow(Unpooled.buffer().writeShort(100).writeZero(100));

            line.awaitClose();
            assertThat(victim.host.await(ProtocolEvent.Violated.class).protocol())
                    .isEqualTo(ViolatedProtocol.SECURITY);
            assertThat(victim.host.await(ConnectionEvent.Closed.class).cause())
                    .isEqualTo(CloseCause.PROTOCOL_VIOLATION);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("pings of the ping protocol that are never read stop being taken")
    void pingProtocolWithoutReading() throws Exception {
        try (Victim victim = new Victim()) {
            Line line = attacker.mux(victim.address).deaf();
            byte[] pings = new byte[60_000];

            for (int stream = 1; stream < 200; stream += 2) {
                int id = stream;
                line.flood(1, _ -> open(id, "/ipfs/ping/1.0.0", line("x")));
                line.flood(4, _ -> frame(DATA, 0, id, pings.length, pings));
            }

            victim.assertUnharmed();
            assertThat(victim.memoryTaken()).isLessThan(HostLimits.MEMORY_PER_CONNECTION + 24 * MIB);
        }
    }
}
