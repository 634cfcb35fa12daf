package proteus.application.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import proteus.application.comparison.MeasuredPeers.Peer;
import proteus.application.port.ComparisonControl.PeerFigures;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.application.port.StackFigures.EndCause;
import proteus.domain.comparison.Thresholds;
import proteus.domain.peer.PeerMessage;

/** What is measured of sessions, and what is kept of it. */
final class ComparisonTest {

    private final MeasuredPeers peers = new MeasuredPeers();

    private StackFigures all(Stack stack) {
        return peers.comparison.stacks().get(stack);
    }

    @Test
    void withoutPeersThereAreFiguresWithoutValues() {
        for (Stack stack : Stack.values()) {
            assertThat(all(stack).roundTrip().median()).isEmpty();
            assertThat(all(stack).handshake().mean()).isEmpty();
            assertThat(all(stack).ends()).isEmpty();
        }
        assertThat(all(Stack.LIBP2P).traffic()).isEqualTo(new Traffic(1, 2, 3, 4));
        assertThat(all(Stack.LEGACY).traffic()).isEqualTo(Traffic.NONE);
        assertThat(peers.comparison.peers()).isEmpty();
        assertThat(peers.comparison.stackGuard().review(List.of(), true)).isEmpty();
    }

    @Test
    void aSessionIsMeasuredOnTheStackThatCarriesIt() {
        Peer peer = peers.peer(1, 1);
        peer.roundTrip(Duration.ofMillis(20));
        peers.clock.advance(Duration.ofSeconds(10));
        peer.moveTo(Stack.LIBP2P);
        peer.roundTrip(Duration.ofMillis(300));
        peers.clock.advance(Duration.ofHours(1));
        peer.end(EndCause.BROKEN);

        assertThat(all(Stack.LEGACY).ends()).isEqualTo(Map.of(EndCause.MOVED, 1L));
        assertThat(all(Stack.LIBP2P).ends()).isEqualTo(Map.of(EndCause.BROKEN, 1L));
        assertThat(all(Stack.LEGACY).roundTrip().median().orElseThrow()).isBetween(0.018, 0.022);
        assertThat(all(Stack.LIBP2P).roundTrip().median().orElseThrow()).isBetween(0.26, 0.34);
        assertThat(all(Stack.LEGACY).session().median().orElseThrow()).isBetween(8.0, 12.0);
        assertThat(all(Stack.LIBP2P).session().median().orElseThrow()).isBetween(3000.0, 4200.0);
        assertThat(all(Stack.LIBP2P).handshake().median().orElseThrow()).isBetween(0.035, 0.045);
        assertThat(peers.comparison.peers()).isEmpty();
    }

    @Test
    void aClockThatIsSetMeanwhileDoesNotCount() {
        peers.clock.advance(Duration.ofSeconds(1));
        Peer peer = peers.peer(1, 1);
        peer.meter.sent(0, new PeerMessage.PeerListRequest());
        peers.clock.jumpTo(peers.clock.instant().plus(Duration.ofDays(1000)));
        peers.clock.advance(Duration.ofMillis(20));
        peers.clock.jumpTo(peers.clock.instant().minus(Duration.ofDays(3000)));
        peer.answer();
        peer.end(EndCause.PEER);

        assertThat(all(Stack.LEGACY).roundTrip().quantile(1).orElseThrow()).isLessThan(0.03);
        assertThat(all(Stack.LEGACY).session().quantile(1).orElseThrow()).isLessThan(1.1);
    }

    @Test
    void anAnswerOverAnotherConnectionIsNotMeasured() {
        Peer peer = peers.peer(1, 1);
        peer.ask();
        peer.moveTo(Stack.LIBP2P);
        peer.answer();
        peer.answerOver(7);

        assertThat(all(Stack.LEGACY).roundTrip().count()).isZero();
        assertThat(all(Stack.LIBP2P).roundTrip().count()).isZero();
    }

    @Test
    void whatIsNotAnsweredCountsOnceAMinuteAndItsLateAnswerIsNotThatToTheNextQuestion() {
        Peer peer = peers.peer(1, 1);
        peer.meter.probes();
        peer.ask();
        for (int second = 0; second < 3 * 60; second++) {
            peers.clock.advance(Duration.ofSeconds(1));
            assertThat(peer.isToProbe()).isFalse();
        }
        assertThat(all(Stack.LEGACY).roundTrip().count()).isEqualTo(3);
        assertThat(all(Stack.LEGACY).roundTrip().quantile(0.01).orElseThrow()).isBetween(50.0, 70.0);

        // The node wants to know for itself: what comes first is what it asked for first.
        peer.ask();
        peers.clock.advance(Duration.ofMillis(5));
        assertThat(peer.answer()).isTrue();
        assertThat(peer.isToProbe()).isFalse();
        assertThat(peer.answer()).isFalse();
        assertThat(all(Stack.LEGACY).roundTrip().count()).isEqualTo(3);

        assertThat(peer.isToProbe()).isTrue();
        peer.roundTrip(Duration.ofMillis(20));
        assertThat(all(Stack.LEGACY).roundTrip().count()).isEqualTo(4);
    }

    @Test
    void whatWasNotAnsweredOverOneConnectionDoesNotKeepTheNextFromBeingMeasured() {
        Peer peer = peers.peer(1, 1);
        peer.ask();
        peers.clock.advance(Duration.ofMinutes(2));
        peer.moveTo(Stack.LIBP2P);

        assertThat(peer.isToProbe()).isTrue();
        peer.roundTrip(Duration.ofMillis(20));
        assertThat(all(Stack.LIBP2P).roundTrip().count()).isEqualTo(1);
    }

    @Test
    void peersAreAskedOnlyIfTheGuardIsOnAndBothStacksAreUsed() {
        Peer peer = peers.peer(1, 1);
        peers.clock.advance(Duration.ofMinutes(1));
        assertThat(peer.isToProbe()).isTrue();

        peers.comparison.useBothStacks(false);
        assertThat(peer.isToProbe()).isFalse();

        peers.comparison.useBothStacks(true);
        peers.comparison.use(new GuardSettings(false, Duration.ofSeconds(30), Thresholds.DEFAULT));
        assertThat(peer.isToProbe()).isFalse();
    }

    @Test
    void whoAsksTooSeldomIsTold() {
        assertThat(GuardSettings.DEFAULT.isBlind()).isFalse();
        assertThat(new GuardSettings(true, Duration.ofSeconds(60), Thresholds.DEFAULT).isBlind())
                .isFalse();
        assertThat(new GuardSettings(true, Duration.ofSeconds(61), Thresholds.DEFAULT).isBlind())
                .isTrue();
        assertThat(new GuardSettings(true, Duration.ZERO, Thresholds.DEFAULT).isBlind())
                .isTrue();
        assertThat(new GuardSettings(false, Duration.ZERO, Thresholds.DEFAULT).isBlind())
                .isFalse();
    }

    @Test
    void whoBreaksConnectionsUnderEverNewNamesDoesNotMakeTheNodeForgetOthers() {
        Peer peer = peers.peer(1, 1);
        for (int i = 0; i < 10; i++) {
            peer.roundTrip(Duration.ofMillis(20));
        }
        peer.end(EndCause.PEER);

        for (int host = 2; host < 1500; host++) {
            peers.peer(2, host).end(EndCause.BROKEN);
        }

        assertThat(peers.comparison.remembered()).isEqualTo(1 + PeerMemories.MOST_BROKEN);
        Peer again = peers.peer(1, 1);
        assertThat(again.meter.window().baseline(peers.clock.nanos())).isPresent();
    }

    @Test
    void aFigureThatIsADayOldIsNotComparedWith() {
        Peer peer = peers.peer(1, 1);
        for (int i = 0; i < 10; i++) {
            peer.roundTrip(Duration.ofMillis(20));
        }
        peer.moveTo(Stack.LIBP2P);
        peers.clock.advance(PeerWindow.BASELINE_LASTS.minusSeconds(1));
        assertThat(peer.meter.window().baseline(peers.clock.nanos())).isPresent();

        peers.clock.advance(Duration.ofSeconds(1));
        assertThat(peer.meter.window().baseline(peers.clock.nanos())).isEmpty();
    }

    @Test
    void onlyTheAnswerToAProbeIsForTheComparisonAlone() {
        Peer peer = peers.peer(1, 1);
        assertThat(peer.isToProbe()).isFalse();
        peers.clock.advance(Duration.ofSeconds(30));
        assertThat(peer.isToProbe()).isTrue();

        peer.meter.probes();
        peer.meter.sent(0, new PeerMessage.PeerListRequest());
        // Meanwhile the node wants to know for itself.
        peer.meter.sent(0, new PeerMessage.PeerListRequest());

        assertThat(peer.isToProbe()).isFalse();
        assertThat(peer.answer()).isTrue();
        assertThat(peer.answer()).isFalse();
        peer.meter.sent(0, new PeerMessage.PeerListRequest());
        assertThat(peer.answer()).isFalse();
        assertThat(all(Stack.LEGACY).roundTrip().count()).isEqualTo(2);
    }

    @Test
    void ofTenThousandPeersThatLeftOnlySomeAreKeptAndTheTotalsStayAsTheyAre() {
        List<Peer> open = new ArrayList<>();
        for (int host = 0; host < 10_000; host++) {
            Peer peer = peers.peer(host % 200, host);
            open.add(peer);
            for (int i = 0; i < 10; i++) {
                peer.meter.sent(0, new PeerMessage.PeerListRequest());
                peer.answer();
            }
        }
        assertThat(peers.comparison.peers()).hasSize(10_000);
        peers.comparison.stackGuard().review(List.of(), true);

        open.forEach(peer -> peer.end(EndCause.PEER));

        assertThat(peers.comparison.peers()).isEmpty();
        assertThat(peers.comparison.remembered()).isEqualTo(PeerMemories.MOST);
        assertThat(all(Stack.LEGACY).roundTrip().count()).isEqualTo(100_000);
        assertThat(all(Stack.LEGACY).ends()).isEqualTo(Map.of(EndCause.PEER, 10_000L));
    }

    @Test
    void ofPeersWithoutFiguresNothingIsKept() {
        for (int host = 0; host < 100; host++) {
            peers.peer(1, host).end(EndCause.PEER);
        }

        assertThat(peers.comparison.remembered()).isZero();
    }

    @Test
    void eachConnectedPeerIsToldInTheOrderInWhichTheyCame() {
        Peer first = peers.peer(1, 1);
        Peer second = peers.peer(2, 2);
        second.roundTrip(Duration.ofMillis(5));
        first.moveTo(Stack.LIBP2P);

        List<PeerFigures> figures = peers.comparison.peers();
        assertThat(figures)
                .extracting(peer -> peer.address().toString())
                .containsExactly("8.1.0.1:9798", "8.2.0.2:9798");
        assertThat(figures.getFirst().stacks()).containsOnlyKeys(Stack.LEGACY, Stack.LIBP2P);
        assertThat(figures.getLast().stacks().get(Stack.LEGACY).roundTrip().count())
                .isEqualTo(1);
    }
}
