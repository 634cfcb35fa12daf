package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.application.port.Carrier;
import proteus.application.port.PeerTarget.Protocol;
import proteus.bootstrap.legacy.SpeaksLegacy;

@SpeaksLegacy
final class DemoTableTest {

    @Test
    void theNodesSayWhatTheyRunAndWhereTheyListen() {
        assertThat(new DemoTable(DemoStates.complete().state()).nodes())
                .containsExactly(
                        "NODE STACKS          LEGACY AT        LIBP2P TCP AT    LIBP2P QUIC AT   NEPTUNE-CLI  INSTANCE",
                        "P1   legacy + libp2p 127.0.0.1:40000  127.0.0.1:40001  -                --port 50000 00000000…",
                        "P2   legacy + libp2p 127.0.0.1:40010  127.0.0.1:40011  127.0.0.1:40012  --port 50001 00000000…",
                        "P3   legacy + libp2p 127.0.0.1:40020  127.0.0.1:40021  127.0.0.1:40022  --port 50002 00000000…",
                        "P4   legacy + libp2p 127.0.0.1:40030  127.0.0.1:40031  127.0.0.1:40032  --port 50003 00000000…",
                        "P5   legacy + libp2p 127.0.0.1:40040  127.0.0.1:40041  -                --port 50004 00000000…");
    }

    @Test
    void theMatrixSaysWhoSpeaksWhatWithWhom() {
        DemoTable table = new DemoTable(new DemoStates()
                .connected(Role.P2, Role.P1, Carrier.LEGACY_TCP)
                .connected(Role.P3, Role.P2, Carrier.LIBP2P_QUIC)
                .connected(Role.P5, Role.P1, Carrier.LIBP2P_TCP)
                .state());

        assertThat(table.matrix())
                .containsExactly(
                        "     P1        P2        P3        P4        P5",
                        "P1   .         legacy    not yet   not yet   tcp+tls",
                        "P2   legacy    .         quic      not yet   not yet",
                        "P3   not yet   quic      .         not yet   not yet",
                        "P4   not yet   not yet   not yet   .         not yet",
                        "P5   tcp+tls   not yet   not yet   not yet   .");
        assertThat(table.summary())
                .isEqualTo("Still to be connected: P1-P3, P1-P4, P2-P4, P2-P5, P3-P4, P3-P5, P4-P5.");
    }

    @Test
    void whenAllIsWellTheSummarySaysSo() {
        assertThat(new DemoTable(DemoStates.complete().state()).summary())
                .isEqualTo("All are connected with all, and all tips are the same.");
    }

    @Test
    void whomTheNodesJoinIsNamed() {
        DemoTable table = new DemoTable(new DemoStates()
                .joining("203.0.113.7:9800", Protocol.QUIC)
                .joining("[2001:db8::1]:9801", Protocol.EITHER)
                .state());

        assertThat(table.matrix())
                .contains(
                        "     P1        P2        P3        P4        P5        J1        J2",
                        "J1 is 203.0.113.7:9800, libp2p over QUIC",
                        "J2 is [2001:db8::1]:9801, libp2p over TCP or legacy");
        assertThat(table.summary())
                .startsWith("Still to be connected: P1-P2, P1-P3,")
                .endsWith("…")
                .hasSize(DemoTable.WIDTH);
    }

    @Test
    void asManyAsCanBeJoinedFitIn() {
        DemoStates states = new DemoStates();
        for (int i = 0; i < DemoNetwork.MOST_JOINED; i++) {
            states.joining("[2001:db8:1111:2222:3333:4444:5555:666" + i + "]:65535", Protocol.EITHER);
        }
        DemoTable table = new DemoTable(states.state());

        assertThat(List.of(table.nodes(), table.matrix(), List.of(table.summary())))
                .allSatisfy(lines -> assertThat(lines)
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(DemoTable.WIDTH)));
        assertThat(table.matrix().getFirst()).endsWith("J6");
    }
}
