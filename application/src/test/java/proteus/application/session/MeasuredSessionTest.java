package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import proteus.application.contract.Await;
import proteus.application.port.ComparisonControl.PeerFigures;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.application.port.StackFigures.EndCause;
import proteus.domain.peer.PeerMessage;

/** What is measured of sessions. */
final class MeasuredSessionTest {

    private static StackFigures legacy(RunningSession running) {
        return running.comparison.stacks().get(Stack.LEGACY);
    }

    private static void probe(RunningSession running) {
        running.comparison.useBothStacks(true);
        int before = probes(running);
        for (int tick = 0; tick < 25 && probes(running) == before; tick++) {
            running.scheduler.advance(PeerSession.TICK);
            Await.until("the next tick", () -> running.scheduler.waiting() > 0);
        }
        Await.until("the probe to be heard", () -> probes(running) > before);
    }

    private static int probes(RunningSession running) {
        return (int) running.heard.messages().stream()
                .filter(PeerMessage.PeerListRequest.class::isInstance)
                .count();
    }

    @Test
    void aPeerIsAskedNowAndThenAndItsAnswerIsMeasured() throws Exception {
        try (RunningSession running = RunningSession.withPeer()) {
            running.awaitAnswer();
            probe(running);
            running.scheduler.advance(Duration.ofMillis(80));
            running.peer.send(new PeerMessage.PeerListResponse(List.of()));
            running.awaitAnswer();

            assertThat(legacy(running).roundTrip().count()).isEqualTo(1);
            assertThat(legacy(running).roundTrip().median().orElseThrow()).isBetween(0.07, 0.09);
            PeerFigures peer = running.comparison.peers().getFirst();
            assertThat(peer.stacks().get(Stack.LEGACY).roundTrip().count()).isEqualTo(1);
        }
    }

    @Test
    void whatNobodyAskedForDoesNotCount() throws Exception {
        try (RunningSession running = RunningSession.withPeer()) {
            running.peer.send(new PeerMessage.PeerListResponse(List.of()));
            running.awaitAnswer();
            probe(running);
            running.peer.send(new PeerMessage.PeerListResponse(List.of()));
            running.peer.send(new PeerMessage.PeerListResponse(List.of()));
            running.awaitAnswer();

            assertThat(legacy(running).roundTrip().count()).isEqualTo(1);
        }
    }

    @Test
    void aClockThatIsSetChangesNothing() throws Exception {
        try (RunningSession running = RunningSession.withPeer()) {
            running.awaitAnswer();
            probe(running);
            running.scheduler.jumpTo(running.scheduler.instant().minus(Duration.ofDays(400)));
            running.scheduler.advance(Duration.ofMillis(80));
            running.peer.send(new PeerMessage.PeerListResponse(List.of()));
            running.awaitAnswer();

            assertThat(legacy(running).roundTrip().median().orElseThrow()).isBetween(0.07, 0.09);
        }
    }

    @Test
    void theEndOfASessionIsCountedByWhoseDoingItWas() throws Exception {
        RunningSession running = RunningSession.withPeer();
        running.awaitAnswer();
        running.scheduler.advance(Duration.ofSeconds(1));
        running.peer.send(new PeerMessage.Bye());
        running.awaitEnd();

        assertThat(legacy(running).ends()).isEqualTo(Map.of(EndCause.PEER, 1L));
        assertThat(legacy(running).session().count()).isEqualTo(1);
        assertThat(running.comparison.peers()).isEmpty();
        running.close();
    }
}
