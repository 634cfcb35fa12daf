package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.attack.Attacker.Line;
import proteus.adapters.libp2p.engine.event.AcceptRefusal;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;

/** Connections without limit: CVE-2022-23492, CVE-2022-23487 and CVE-2022-23486. */
class ConnectionAttacksTest {

    private static final String ELSEWHERE = "127.0.7.1";

    private final Attacker attacker = new Attacker();

    @AfterEach
    void closeTheAttacker() {
        attacker.close();
    }

    private List<Line> connect(int times, Victim victim) throws Exception {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            lines.add(attacker.connectFrom(ELSEWHERE, victim.address));
        }
        return lines;
    }

    @Test
    @DisplayName("silent connections fill the places for strangers, and make way after their time")
    void silentConnections() throws Exception {
        HostSettings.Timeouts times = new HostSettings.Timeouts(
                Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ZERO);
        try (Victim victim = new Victim(with -> with.timeouts(times))) {
            List<Line> lines = connect(HostLimits.PENDING_INBOUND + 40, victim);

            victim.host.awaitThat(
                    () -> victim.host
                                    .events(ConnectionEvent.RefusedAtAccept.class)
                                    .size()
                            == 40,
                    "40 refusals");
            assertThat(victim.host.events(ConnectionEvent.RefusedAtAccept.class))
                    .extracting(ConnectionEvent.RefusedAtAccept::reason)
                    .containsOnly(AcceptRefusal.RESOURCE_LIMIT);
            assertThat(victim.host.host.usage().inboundConnections()).isEqualTo(1 + HostLimits.PENDING_INBOUND);
            victim.assertFriendUnharmed();
            for (Line line : lines) {
                line.awaitClose();
            }
            assertThat(victim.host.events(ConnectionEvent.AcceptFailed.class))
                    .hasSize(HostLimits.PENDING_INBOUND)
                    .extracting(ConnectionEvent.AcceptFailed::reason)
                    .containsOnly(FailureReason.TIMED_OUT);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("one address opens no more connections than it may")
    void manyConnectionsFromOneAddress() throws Exception {
        try (Victim victim = new Victim(with -> with.sources(new SourceLimitSettings(4, 0, 0, 16, false)))) {
            List<Line> lines = connect(30, victim);

            victim.host.awaitThat(
                    () -> victim.host
                                    .events(ConnectionEvent.RefusedAtAccept.class)
                                    .size()
                            == 26,
                    "26 refusals");
            assertThat(victim.host.events(ConnectionEvent.RefusedAtAccept.class))
                    .extracting(ConnectionEvent.RefusedAtAccept::reason)
                    .containsOnly(AcceptRefusal.SOURCE_LIMIT);
            assertThat(lines.stream().filter(Line::isOpen).count()).isLessThanOrEqualTo(30);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("more attempts a minute than allowed are refused before a byte is read or any cryptography is done")
    void manyAttemptsAMinute() throws Exception {
        try (Victim victim = new Victim(with -> with.sources(new SourceLimitSettings(0, 0, 6, 16, false)))) {
            for (Line line : connect(6, victim)) {
                line.channel().close().sync();
            }
            long begun = victim.host.counts.count(ConnectionEvent.AcceptBegun.class);

            for (Line line : connect(100, victim)) {
                line.awaitClose();
                assertThat(line.received()).isEmpty();
            }

            victim.host.awaitThat(
                    () -> victim.host
                                    .events(ConnectionEvent.RefusedAtAccept.class)
                                    .size()
                            == 100,
                    "100 refusals");
            assertThat(victim.host.counts.count(ConnectionEvent.AcceptBegun.class))
                    .as("accepted after %d", begun)
                    .isEqualTo(7);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("one identity has no more connections than it may")
    void manyConnectionsOfOneIdentity() throws Exception {
        try (Victim victim = new Victim()) {
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                lines.add(attacker.secure(victim.address, attacker.noise()));
            }

            victim.host.awaitThat(
                    () -> victim.host.events(ConnectionEvent.AcceptFailed.class).size() == 12, "12 refusals");
            assertThat(victim.host.events(ConnectionEvent.AcceptFailed.class))
                    .extracting(ConnectionEvent.AcceptFailed::reason)
                    .containsOnly(FailureReason.RESOURCE_LIMIT);
            assertThat(victim.host.host.connections(attacker.identity().peerId()))
                    .hasSize(HostLimits.CONNECTIONS_PER_PEER);
            assertThat(lines).hasSize(20);
            victim.assertUnharmed();
        }
    }

    @Test
    @DisplayName("connections that are reset at once leave nothing behind")
    void connectionsThatAreResetAtOnce() throws Exception {
        try (Victim victim = new Victim()) {
            for (int i = 0; i < 300; i++) {
                Line line = attacker.connect(victim.address);
                line.channel().config().setOption(io.netty.channel.ChannelOption.SO_LINGER, 0);
                line.channel().close().sync();
            }

            victim.host.awaitThat(
                    () -> victim.host.events(ConnectionEvent.AcceptFailed.class).size()
                                    + victim.host
                                            .events(ConnectionEvent.RefusedAtAccept.class)
                                            .size()
                            >= 300,
                    "the end of all");
            assertThat(victim.host.host.usage().inboundConnections()).isEqualTo(1);
            victim.assertUnharmed();
        }
    }
}
