package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.bootstrap.demo.DemoStates.START;
import static proteus.bootstrap.demo.DemoStates.address;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.Stack;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.peer.InstanceId;

@SpeaksLegacy
final class ConnectionTableTest {

    private static final String TITLES =
            "NODE DIR PEER ADDRESS         OVER     VERSION      BYTES in/out STANDING" + "  SINCE MIGRATION";

    private static List<String> lines(DemoStates states, Instant now) {
        return new ConnectionTable(states.state(), now).lines();
    }

    @Test
    void aConnectionOfTwoNodesIsThereOnceAsTheDiallerSeesIt() {
        DemoStates states = new DemoStates()
                .connected(Role.P2, Role.P1, Carrier.LEGACY_TCP)
                .connected(Role.P3, Role.P2, Carrier.LIBP2P_QUIC)
                .connected(Role.P5, Role.P1, Carrier.LIBP2P_TCP);

        assertThat(lines(states, START.plusSeconds(12)))
                .containsExactly(
                        TITLES,
                        "P2   out P1   127.0.0.1:40000 legacy   0.19.4        622 B/621 B      0/0   12 s on legacy",
                        "P3   out P2   127.0.0.1:40012 quic     0.19.4        622 B/621 B      0/0   12 s on libp2p",
                        "P5   out P1   127.0.0.1:40001 tcp+tls  0.19.4        622 B/621 B      0/0   12 s on libp2p");
    }

    @Test
    void whatTheLastMoveCostIsThere() {
        DemoStates states = new DemoStates()
                .connected(Role.P2, Role.P1, Carrier.LIBP2P_TCP)
                .moved(Role.P2, moved(Duration.ofMillis(7)), moved(Duration.ofMillis(2534)));

        assertThat(lines(states, START)).last().asString().endsWith(" on libp2p; gap 2.5 s");
    }

    private static JournalEntry.Moved moved(Duration gap) {
        return new JournalEntry.Moved(
                START,
                DemoStates.key(address("127.0.0.1:40001")),
                Stack.LIBP2P,
                MoveOutcome.SETTLED,
                Optional.of(gap),
                "test",
                "");
    }

    @Test
    void whatOnlyTheOtherEndKnowsIsThereToo() {
        DemoStates states = new DemoStates()
                .with(
                        Role.P1,
                        DemoStates.peer(
                                DemoStates.instance(Role.P3),
                                new PeerEndpoint(address("127.0.0.1:55555"), Carrier.LEGACY_TCP),
                                Direction.INBOUND));

        assertThat(lines(states, START))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("P1   in  P3   127.0.0.1:55555 legacy ");
    }

    @Test
    void nobodyIsSaidPlainly() {
        assertThat(lines(new DemoStates(), START)).containsExactly(TITLES, "nobody is connected yet");
    }

    @Test
    void whateverAPeerSaysFitsIntoItsLine() {
        DemoStates states = new DemoStates()
                .with(
                        Role.P1,
                        DemoStates.peer(
                                new InstanceId(9, 9),
                                new PeerEndpoint(
                                        address("[2001:db8:1111:2222:3333:4444:5555:6666]:65535"), Carrier.LEGACY_TCP),
                                Direction.INBOUND,
                                "\u001b[2J\u001b[31m0.19.4-abcdefgh",
                                new Traffic(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                                -1,
                                true));

        assertThat(lines(states, START.plusSeconds(Integer.MAX_VALUE)))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThanOrEqualTo(DemoTable.WIDTH)
                        .doesNotContain("\u001b"))
                .satisfies(
                        lines -> assertThat(lines.get(1)).startsWith("P1   in  ?!   [2001:db8:1111… legacy   ??2J??… "))
                .endsWith("! claims the instance id of another peer that is connected");
    }
}
