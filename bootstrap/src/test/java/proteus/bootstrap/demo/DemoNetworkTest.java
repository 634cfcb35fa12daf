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
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** The five nodes, live. */
@Timeout(120)
@SpeaksLegacy
final class DemoNetworkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Shutdown shutdown = new Shutdown();

    @Test
    void eachTwoHaveOneSessionOverLegacyAtFirst() throws Exception {
        try (DemoNetwork network = DemoNetwork.start(List.of(), (_, _) -> {}, shutdown)) {
            DemoState state = whenComplete(network);

            assertThat(state.links()).hasSize(10).allMatch(link -> link.isOver(Stack.LEGACY));
            assertThat(sessions(state, Role.P1))
                    .containsExactlyInAnyOrder(
                            "P2 INBOUND legacy", "P3 INBOUND legacy", "P4 INBOUND legacy", "P5 INBOUND legacy");
            assertThat(sessions(state, Role.P3))
                    .containsExactlyInAnyOrder(
                            "P1 OUTBOUND legacy", "P2 OUTBOUND legacy", "P4 INBOUND legacy", "P5 INBOUND legacy");
            assertThat(sessions(state, Role.P5))
                    .containsExactlyInAnyOrder(
                            "P1 OUTBOUND legacy", "P2 OUTBOUND legacy", "P3 OUTBOUND legacy", "P4 OUTBOUND legacy");
        }
    }

    @Test
    void onATerminalOnePictureIsDrawnOverTheOther() throws Exception {
        StringWriter screen = new StringWriter();
        try (DemoNetwork network = DemoNetwork.start(List.of(), (_, _) -> {}, shutdown)) {
            whenComplete(network);
            DemoShow show = new DemoShow(network, new PrintWriter(screen), true, InstantSource.system());
            DemoShow.Length length = new DemoShow.Length(Optional.of(Duration.ofMillis(1)), false);

            assertThat(show.run(length, shutdown)).as("nothing was shown").isFalse();
        }

        List<String> pictures = List.of(screen.toString().split("\u001b\\[H\u001b\\[J", -1));
        assertThat(pictures).hasSize(3).startsWith("\u001b[2J");
        assertThat(pictures.getLast())
                .contains("NODE STACKS ", "NODE DIR PEER ", "P1   .         legacy    legacy    legacy    legacy")
                .contains("Five nodes in the stage 'dual'", "Not complete: it ended before all was shown.");
        assertThat(screen.toString().lines()).allMatch(line -> line.length() <= DemoTable.WIDTH);
    }

    private DemoState whenComplete(DemoNetwork network) throws InterruptedException, StoreException {
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
