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
    void forBreaksThatAPeerWasHeldForItIsNotHeldAgain() {
        Peer peer = moved(1, 1);
        for (int i = 0; i < 6; i++) {
            peer.end(EndCause.BROKEN);
            peers.clock.advance(Duration.ofSeconds(20));
            peer = peers.peer(1, 1);
            peer.moveTo(Stack.LIBP2P);
        }
        pass(6, FAST, List.of(), List.of(peer));
        assertThat(peer.meter.isHeld()).isTrue();
        peer.moveTo(Stack.LEGACY);
        pass(32, FAST, List.of(), List.of());
        assertThat(peer.meter.isHeld()).isFalse();
        peer.moveTo(Stack.LIBP2P);

        // Within the hour over which breaks count.
        pass(8, FAST, List.of(), List.of(peer));

        assertThat(peer.meter.isHeld()).isFalse();
    }

    @Test
    void whatBreaksTogetherIsTheLineOfThisNode() {
        Peer one = moved(1, 1);
        Peer other = moved(2, 2);
        for (int i = 0; i < 8; i++) {
            one.end(EndCause.BROKEN);
            peers.clock.advance(Duration.ofSeconds(5));
            other.end(EndCause.BROKEN);
            peers.clock.advance(Duration.ofSeconds(60));
            one = peers.peer(1, 1);
            one.moveTo(Stack.LIBP2P);
            other = peers.peer(2, 2);
            other.moveTo(Stack.LIBP2P);
        }
        pass(10, FAST, List.of(), List.of(one, other));

        assertThat(one.meter.isHeld()).isFalse();
        assertThat(other.meter.isHeld()).isFalse();
    }

    @Test
    void whatWasTooSlowDoesNotCountAsBroken() {
        Peer peer = moved(1, 1);
        for (int i = 0; i < 10; i++) {
            peer.end(EndCause.SLOW);
            peers.clock.advance(Duration.ofSeconds(20));
            peer = peers.peer(1, 1);
            peer.moveTo(Stack.LIBP2P);
        }
        pass(6, FAST, List.of(), List.of(peer));

        assertThat(peer.meter.isHeld()).isFalse();
    }

    @Test
    void aPeerWithoutFiguresOfItsOwnOnLegacyIsNotHeldHoweverFastOthersAreThere() {
        Peer peer = peers.peer(99, 1);
        peer.moveTo(Stack.LIBP2P);
        List<Peer> others = new ArrayList<>();
        for (int host = 0; host < 12; host++) {
            others.add(peers.peer(host, 10 + host));
        }
        for (int minute = 0; minute < 30; minute++) {
            others.forEach(other -> other.roundTrip(FAST));
            others.forEach(other -> other.roundTrip(FAST));
            pass(1, SLOW, List.of(peer), List.of(peer));
        }

        assertThat(peer.meter.isHeld()).isFalse();
        assertThat(verdict()).matches("round-trip measured [0-9]+ times on libp2p and 0 on legacy, 10 are needed");
    }

    @Test
    void whoIsNotAnsweredOnLibp2pIsHeld() {
        Peer peer = moved(1, 1);
        peer.ask();
        for (int minute = 0; minute < 20; minute++) {
            peer.isToProbe();
            pass(1, FAST, List.of(), List.of(peer));
        }

        assertThat(peer.meter.heldFor().orElseThrow()).startsWith("round-trip ").contains("on libp2p against ");
    }

    @Test
    void anOrderLetsAlsoThoseBeTriedAgainThatAreNotHereNow() {
        Peer peer = moved(1, 1);
        pass(20, SLOW, List.of(peer), List.of(peer));
        assertThat(peer.meter.isHeld()).isTrue();
        peer.moveTo(Stack.LEGACY);
        peer.end(EndCause.PEER);

        guard.letAllBeTriedAgain();

        assertThat(peers.peer(1, 1).meter.isHeld()).isFalse();
    }

    /** Lets minutes pass in which each of these is where the guard wants it, and is asked twice in each. */
    private List<String> migrate(int minutes, Duration onLibp2p, Duration onLegacy, List<Peer> all) {
        List<String> causes = new ArrayList<>();
        for (int minute = 0; minute < minutes; minute++) {
            for (Peer peer : all) {
                Stack wanted = peer.meter.isHeld() ? Stack.LEGACY : Stack.LIBP2P;
                if (peer.stack() != wanted) {
                    peer.moveTo(wanted);
                }
                Duration took = wanted == Stack.LIBP2P ? onLibp2p : onLegacy;
                peer.roundTrip(took);
                peer.roundTrip(took);
            }
            causes.addAll(pass(1, FAST, List.of(), all));
        }
        return causes;
    }

    @Test
    void theNodeGoesBackOnceADayAlsoAfterARestart() {
        List<Peer> all = new ArrayList<>();
        for (int host = 0; host < 8; host++) {
            all.add(moved(host % 4, host));
        }
        assertThat(migrate(60, SLOW, FAST, all))
                .hasSize(1)
                .first()
                .asString()
                .matches("guard: round-trip worse on libp2p with 8 of 8 peers in 4 of 4 networks, in their median "
                        + "[34][0-9]{2} ms against [12][0-9] ms on legacy; worse is more than 3 times and 50 ms .*");
        assertThat(peers.comparison.guard().nodeTakenBack()).isPresent();
        assertThat(migrate(300, SLOW, FAST, all)).isEmpty();

        // As after a restart, whose journal tells of it; the clock was set back since.
        peers.clock.jumpTo(peers.clock.instant().minus(Duration.ofDays(2)));
        guard.nodeWentBack(peers.clock.instant().plus(Duration.ofDays(1)));
        assertThat(migrate(300, SLOW, FAST, all)).isEmpty();
    }

    @Test
    void aPeerVotesOnceHoweverManySessionsItHas() {
        List<Peer> all = new ArrayList<>();
        for (int host = 0; host < 12; host++) {
            all.add(moved(host % 4, host % 4));
        }

        assertThat(migrate(120, SLOW, FAST, all)).isEmpty();
        assertThat(peers.comparison.guard().verdict()).contains(" of 4 peers in ");
    }

    @Test
    void aNodeWhosePeersAreSlowOnBothStacksStays() {
        List<Peer> all = new ArrayList<>();
        for (int host = 0; host < 8; host++) {
            all.add(moved(host % 4, host));
        }

        assertThat(migrate(240, SLOW, SLOW, all)).isEmpty();
        assertThat(all).noneMatch(peer -> peer.meter.isHeld());
    }

    @Test
    void hostilePeersWithFiguresAreNotAllThatVoteAmongHonestOnesWithout() {
        List<Peer> honest = new ArrayList<>();
        List<Peer> hostile = new ArrayList<>();
        for (int host = 0; host < 8; host++) {
            hostile.add(moved(host % 4, host));
        }
        for (int host = 10; host < 18; host++) {
            Peer peer = peers.peer(host, host);
            peer.moveTo(Stack.LIBP2P);
            honest.add(peer);
        }
        for (int minute = 0; minute < 240; minute++) {
            honest.forEach(peer -> peer.roundTrip(FAST));
            assertThat(migrate(1, SLOW, FAST, hostile)).isEmpty();
            if (minute == 25) {
                assertThat(peers.comparison.guard().verdict())
                        .startsWith("round-trip worse on libp2p with 8 of 16 peers in 4 of 12 networks");
            }
        }
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
