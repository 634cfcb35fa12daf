package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** The four nodes, live. */
@Timeout(120)
@SpeaksLegacy
final class DemoNetworkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Shutdown shutdown = new Shutdown();

    @Test
    void eachTwoThatHaveAStackInCommonHaveOneSessionOverWhatWasPlanned() throws Exception {
        try (DemoNetwork network = DemoNetwork.start(List.of(), (_, _) -> {}, shutdown)) {
            DemoState state = whenComplete(network);

            assertThat(sessions(state, Role.P1)).containsExactlyInAnyOrder("P3 INBOUND legacy", "P4 INBOUND legacy");
            assertThat(sessions(state, Role.P2)).containsExactlyInAnyOrder("P3 INBOUND quic", "P4 INBOUND tcp+tls");
            assertThat(sessions(state, Role.P3))
                    .containsExactlyInAnyOrder("P1 OUTBOUND legacy", "P2 OUTBOUND quic", "P4 INBOUND tcp+tls");
            assertThat(sessions(state, Role.P4))
                    .containsExactlyInAnyOrder("P1 OUTBOUND legacy", "P2 OUTBOUND tcp+tls", "P3 OUTBOUND tcp+tls");
        }
    }

    @Test
    void onATerminalOnePictureIsDrawnOverTheOther() throws Exception {
        StringWriter screen = new StringWriter();
        try (DemoNetwork network = DemoNetwork.start(List.of(), (_, _) -> {}, shutdown)) {
            whenComplete(network);
            DemoShow show = new DemoShow(network, new PrintWriter(screen), true, InstantSource.system());

            assertThat(show.run(Optional.of(Duration.ofMillis(1)), shutdown)).isTrue();
        }

        List<String> pictures = List.of(screen.toString().split("\u001b\\[H\u001b\\[J", -1));
        assertThat(pictures).hasSize(3).startsWith("\u001b[2J");
        assertThat(pictures.getLast())
                .contains("NODE STACKS ", "NODE DIR PEER ", "P1   .          no stack   legacy     legacy")
                .endsWith("No stack in common: P1-P2." + System.lineSeparator());
    }

    private DemoState whenComplete(DemoNetwork network) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        DemoState state = network.state();
        while (!state.isComplete()) {
            assertThat(Instant.now()).as("still awaited: " + state.awaited()).isBefore(end);
            shutdown.await(BETWEEN_LOOKS);
            state = network.state();
        }
        return state;
    }

    private static List<String> sessions(DemoState state, Role role) {
        return state.nodes().get(role.ordinal()).peers().stream()
                .map(peer -> state.partyOf(peer).map(Party::name).orElse("?") + " "
                        + peer.connection().direction() + " " + ConnectionTable.over(peer))
                .toList();
    }
}
