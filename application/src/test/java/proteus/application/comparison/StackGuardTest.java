package proteus.application.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.application.comparison.MeasuredPeers.Peer;
import proteus.application.port.ComparisonControl.PeerFigures;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures.EndCause;
import proteus.domain.comparison.Thresholds;

/** What the guard makes of measured sessions. */
final class StackGuardTest {

    private static final Duration FAST = Duration.ofMillis(20);
    private static final Duration SLOW = Duration.ofMillis(400);

    private final MeasuredPeers peers = new MeasuredPeers();
    private final StackGuard guard = peers.comparison.stackGuard();

    /** Moves a peer that was measured on legacy. */
    private Peer moved(int network, int host) {
        Peer peer = peers.peer(network, host);
        for (int i = 0; i < 12; i++) {
            peer.roundTrip(FAST);
        }
        peer.moveTo(Stack.LIBP2P);
        return peer;
    }

    /** Lets minutes pass, in each of which each of these is asked twice; why the node is to go back, if it is. */
    private List<String> pass(int minutes, Duration took, List<Peer> asked, List<Peer> movable) {
        List<String> causes = new ArrayList<>();
        for (int minute = 0; minute < minutes; minute++) {
            for (Peer peer : asked) {
                peer.roundTrip(took);
                peer.roundTrip(took);
            }
            peers.clock.advance(Duration.ofMinutes(1));
            Optional<String> cause =
                    guard.review(movable.stream().map(peer -> peer.meter).toList(), true);
            cause.ifPresent(why -> {
                causes.add(why);
                guard.nodeWentBack(peers.clock.instant());
            });
        }
        return causes;
    }

    private String verdict() {
        return peers.comparison.peers().getFirst().verdict();
    }

    @Test
    void aSessionThatIsSlowOnLibp2pIsHeldAndFigureAndThresholdAreNamed() {
        Peer peer = moved(1, 1);
        pass(4, SLOW, List.of(peer), List.of(peer));
        assertThat(peer.meter.isHeld()).isFalse();
        assertThat(verdict()).startsWith("round-trip measured ");

        pass(7, SLOW, List.of(peer), List.of(peer));

        assertThat(peer.meter.heldFor().orElseThrow())
                .matches("round-trip [34][0-9]{2} ms on libp2p against [12][0-9] ms on legacy: more than 3 times over "
                        + "10 minutes, [0-9]+ samples");
    }

    @Test
    void whomThisNodeDidNotMoveIsNotHeld() {
        Peer peer = moved(1, 1);
        pass(20, SLOW, List.of(peer), List.of());

        assertThat(peer.meter.isHeld()).isFalse();
        assertThat(verdict()).startsWith("round-trip ");
    }

    @Test
    void aGuardThatIsOffHoldsNobody() {
        peers.comparison.use(new GuardSettings(false, Duration.ZERO, Thresholds.DEFAULT));
        Peer peer = moved(1, 1);
        pass(20, SLOW, List.of(peer), List.of(peer));

        assertThat(peer.meter.isHeld()).isFalse();
        assertThat(peers.comparison.guard().on()).isFalse();
    }

    @Test
    void aPeerIsStillHeldWhenItComesBack() {
        Peer peer = moved(1, 1);
        pass(20, SLOW, List.of(peer), List.of(peer));
        peer.moveTo(Stack.LEGACY);
        peer.end(EndCause.PEER);

        Peer again = peers.peer(1, 1);
        assertThat(again.meter.isHeld()).isTrue();
        pass(3, SLOW, List.of(), List.of());
        assertThat(verdict()).matches("taken back for [0-9]+ s more: round-trip .*");
        pass(30, SLOW, List.of(), List.of());
        assertThat(again.meter.isHeld()).isFalse();
    }

    @Test
    void whoIsJustAsSlowOnLegacyMayGoBackEarly() {
        Peer peer = moved(1, 1);
        pass(20, SLOW, List.of(peer), List.of(peer));
        peer.moveTo(Stack.LEGACY);
        pass(8, SLOW, List.of(peer), List.of());

        assertThat(peer.meter.isHeld()).isFalse();
    }

    @Test
    void brokenConnectionsCountOverSessions() {
        Peer peer = moved(1, 1);
        for (int i = 0; i < 6; i++) {
            peer.end(EndCause.BROKEN);
            peers.clock.advance(Duration.ofSeconds(20));
            peer = peers.peer(1, 1);
            peer.moveTo(Stack.LIBP2P);
        }
        pass(6, FAST, List.of(), List.of(peer));

        assertThat(peer.meter.heldFor())
                .contains("6 connections broken within an hour on libp2p against 0 on legacy: 6 more");
    }

    @Test
    void aPeerThatWasNeverMeasuredOnLegacyIsComparedWithOthersOnlyIfTheyAreMany() {
        Peer peer = peers.peer(99, 1);
        peer.moveTo(Stack.LIBP2P);
        List<Peer> others = new ArrayList<>();
        for (int host = 0; host < 7; host++) {
            others.add(peers.peer(host % 4, 10 + host));
        }
        for (int minute = 0; minute < 20; minute++) {
            pass(1, SLOW, List.of(peer), List.of(peer));
            others.forEach(other -> other.roundTrip(FAST));
        }
        assertThat(peer.meter.isHeld()).isFalse();

        others.add(peers.peer(3, 50));
        for (int minute = 0; minute < 20 && !peer.meter.isHeld(); minute++) {
            others.forEach(other -> {
                other.roundTrip(FAST);
                other.roundTrip(FAST);
            });
            pass(1, SLOW, List.of(peer), List.of(peer));
        }
        assertThat(peer.meter.heldFor().orElseThrow()).contains(" on legacy with 8 other peers: ");
    }

    @Test
    void theNodeGoesBackOnceADayAlsoAfterARestart() {
        List<Peer> all = new ArrayList<>();
        for (int host = 0; host < 8; host++) {
            all.add(moved(host % 4, host));
        }
        List<String> causes = pass(30, SLOW, all, List.of());
        assertThat(causes)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("guard: round-trip on libp2p ")
                .contains("8 peers in 4 networks");
        assertThat(peers.comparison.guard().nodeTakenBack()).isPresent();
        assertThat(pass(300, SLOW, all, List.of())).isEmpty();

        // As after a restart, whose journal tells of it; the clock was set back since.
        peers.clock.jumpTo(peers.clock.instant().minus(Duration.ofDays(2)));
        guard.nodeWentBack(peers.clock.instant().plus(Duration.ofDays(1)));
        assertThat(pass(300, SLOW, all, List.of())).isEmpty();
        guard.nodeWentBack(peers.clock.instant().minus(Duration.ofHours(30)));
        assertThat(pass(10, SLOW, all, List.of())).hasSize(1);
    }

    @Test
    void fewSlowPeersAmongManyDoNotTakeTheNodeBack() {
        List<Peer> good = new ArrayList<>();
        List<Peer> bad = new ArrayList<>();
        for (int host = 0; host < 5; host++) {
            good.add(moved(host, host));
        }
        for (int host = 5; host < 10; host++) {
            bad.add(moved(host, host));
        }
        List<Peer> all = new ArrayList<>(good);
        all.addAll(bad);
        for (int minute = 0; minute < 60; minute++) {
            for (Peer peer : good) {
                peer.roundTrip(FAST);
                peer.roundTrip(FAST);
            }
            assertThat(pass(1, SLOW, bad, all)).isEmpty();
        }
        assertThat(bad).allMatch(peer -> peer.meter.isHeld());
        assertThat(good).noneMatch(peer -> peer.meter.isHeld());
        assertThat(peers.comparison.peers()).extracting(PeerFigures::verdict).noneMatch("not compared yet"::equals);
    }
}
