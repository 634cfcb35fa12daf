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
    void anAnswerOverAnotherConnectionOrTooLateIsNotMeasured() {
        Peer peer = peers.peer(1, 1);
        peer.meter.sent(0, new PeerMessage.PeerListRequest());
        peer.moveTo(Stack.LIBP2P);
        peer.answer();
        peer.answerOver(7);
        peer.meter.sent(1, new PeerMessage.PeerListRequest());
        peers.clock.advance(OpenRequests.PATIENCE);
        peer.answer();

        assertThat(all(Stack.LEGACY).roundTrip().count()).isZero();
        assertThat(all(Stack.LIBP2P).roundTrip().count()).isZero();
    }

    @Test
    void onlyTheAnswerToAProbeIsForTheComparisonAlone() {
        Peer peer = peers.peer(1, 1);
        assertThat(peer.meter.isToProbe()).isFalse();
        peers.clock.advance(Duration.ofSeconds(30));
        assertThat(peer.meter.isToProbe()).isTrue();

        peer.meter.probes();
        peer.meter.sent(0, new PeerMessage.PeerListRequest());
        // Meanwhile the node wants to know for itself.
        peer.meter.sent(0, new PeerMessage.PeerListRequest());

        assertThat(peer.meter.isToProbe()).isFalse();
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
