package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.bootstrap.demo.DemoStates.START;
import static proteus.bootstrap.demo.DemoStates.address;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.PeerEndpoint;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.peer.InstanceId;

@SpeaksLegacy
final class ConnectionTableTest {

    private static final String TITLES =
            "NODE DIR PEER ADDRESS                OVER      VERSION      FRAMES i/o        BYTES in/out    STANDING"
                    + "  HEIGHT    SINCE";

    private static List<String> lines(DemoStates states, Instant now) {
        return new ConnectionTable(states.state(), now).lines();
    }

    @Test
    void aConnectionOfTwoNodesIsThereOnceAsTheDiallerSeesIt() {
        assertThat(lines(DemoStates.complete(), START.plusSeconds(12)))
                .containsExactly(
                        TITLES,
                        "P3   out P1   127.0.0.1:40000        legacy    0.19.4              3/2         622 B/621 B"
                                + "         0/0       0     12 s",
                        "P3   out P2   127.0.0.1:40012        quic      0.19.4              3/2         622 B/621 B"
                                + "         0/0       0     12 s",
                        "P4   out P1   127.0.0.1:40000        legacy    0.19.4              3/2         622 B/621 B"
                                + "         0/0       0     12 s",
                        "P4   out P2   127.0.0.1:40011        tcp+tls   0.19.4              3/2         622 B/621 B"
                                + "         0/0       0     12 s",
                        "P4   out P3   127.0.0.1:40021        tcp+tls   0.19.4              3/2         622 B/621 B"
                                + "         0/0       0     12 s");
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
                .startsWith("P1   in  P3   127.0.0.1:55555        legacy ");
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
                .satisfies(lines -> assertThat(lines.get(1))
                        .startsWith("P1   in  ?!   [2001:db8:1111:2222:3… legacy    ??2J??31… "))
                .endsWith("! claims the instance id of another peer that is connected");
    }
}
