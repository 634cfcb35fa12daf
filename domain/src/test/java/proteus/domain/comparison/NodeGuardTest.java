package proteus.domain.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.domain.comparison.SimulatedNode.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.comparison.Finding.Level;
import proteus.domain.comparison.NodeGuard.Voice;
import proteus.domain.comparison.SimulatedNode.Link;
import proteus.domain.generator.Seeds;

/** When the guard takes a node back, in hours that take no time. */
class NodeGuardTest {

    private static final Thresholds USUAL = Thresholds.DEFAULT;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int HOURS = 60;
    private static final int DAY = 24 * HOURS;
    private static final Link GOOD = (_, _) -> 0.03;
    private static final Link BAD = (_, onLibp2p) -> onLibp2p ? 0.4 : 0.03;

    private static Side roundTrip(double seconds) {
        return new Side(Optional.of(new Reading(seconds, 20)), Optional.empty(), 0);
    }

    private static Side rate(double bytesPerSecond) {
        return new Side(Optional.empty(), Optional.of(new Reading(bytesPerSecond, 20)), 0);
    }

    private static Voice voice(int network, double libp2p, double legacy) {
        return new Voice(network(network), roundTrip(libp2p), roundTrip(legacy));
    }

    private static Voice unmeasured(int network) {
        return new Voice(network(network), Side.NOTHING, Side.NOTHING);
    }

    private static List<Voice> voices(int count, int networks, double libp2p, double legacy) {
        List<Voice> voices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            voices.add(voice(i % networks, libp2p, legacy));
        }
        return voices;
    }

    private static Finding finding(List<Voice> voices) {
        return NodeGuard.NEW.look(voices, USUAL, 0).finding();
    }

    private static int stepsBack(List<Voice> voices, int minutes) {
        NodeGuard guard = NodeGuard.NEW;
        int back = 0;
        for (int minute = 0; minute < minutes; minute++) {
            NodeGuard.Step step = guard.look(voices, USUAL, minute * MINUTE);
            guard = step.next();
            back += step.goesBack() ? 1 : 0;
        }
        return back;
    }

    @Test
    void figuresAndThresholdsAreNamed() {
        List<Voice> voices = voices(8, 4, 0.5, 0.02);
        voices.add(unmeasured(9));

        assertThat(finding(voices))
                .isEqualTo(new Finding(
                        Level.WORSE,
                        "round-trip worse on libp2p with 8 of 9 peers in 4 of 5 networks, in their median 500 ms against "
                                + "20 ms on legacy; worse is more than 3 times and 50 ms longer over 10 minutes, and it "
                                + "takes more than half of them, and 8 in 4"));
    }

    @Test
    void blocksCountAsWell() {
        List<Voice> voices = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            voices.add(new Voice(network(i % 5), rate(100_000), rate(1_000_000)));
        }

        assertThat(finding(voices).level()).isEqualTo(Level.WORSE);
        assertThat(finding(voices).text())
                .startsWith("block rate worse on libp2p with 9 of 9 peers in 5 of 5 networks, in their median 100 kB/s "
                        + "against 1000 kB/s on legacy; worse is more than 3 times slower over 10 minutes");
    }

    @Test
    void connectionsThatBreakDoNotCount() {
        List<Voice> voices = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            voices.add(new Voice(network(i), new Side(Optional.empty(), Optional.empty(), 100), Side.NOTHING));
        }

        assertThat(finding(voices).level()).isEqualTo(Level.GOOD);
    }

    @Test
    void withoutPeersNothingIsSaid() {
        assertThat(finding(List.of()).level()).isEqualTo(Level.UNKNOWN);
    }

    @Test
    void peersThatAreWorseByRatioOrByDifferenceAloneAreNotWorse() {
        List<Voice> voices = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            voices.add(voice(i, 0.004, 0.001));
            voices.add(voice(10 + i, 0.26, 0.2));
        }
        voices.add(voice(20, 0.5, 0.02));

        assertThat(finding(voices).text())
                .startsWith("round-trip worse on libp2p with 1 of 9 peers in 1 of 9 networks");
        assertThat(stepsBack(voices, DAY)).isZero();
    }

    @Test
    void whoWasNotMeasuredSpeaksForLibp2p() {
        List<Voice> voices = voices(8, 4, 60, 0.001);
        for (int i = 0; i < 8; i++) {
            voices.add(unmeasured(100 + i));
        }

        assertThat(stepsBack(voices, DAY)).isZero();
    }

    @Test
    void ofOneNetworkAQuarterOfAllPeersCountsAtMost() {
        List<Voice> voices = voices(100, 1, 1, 0.02);
        voices.addAll(voices(4, 4, 1, 0.02));

        assertThat(finding(voices).text())
                .startsWith("round-trip worse on libp2p with 29 of 104 peers in 4 of 4 networks");
        assertThat(stepsBack(voices, DAY)).isZero();
    }

    @Test
    void aNodeWhosePeersAreAllSlowGoesBackOnceADay() {
        assertThat(stepsBack(voices(8, 4, 0.5, 0.02), DAY)).isEqualTo(1);
        assertThat(stepsBack(voices(8, 4, 0.5, 0.02), 3 * DAY)).isBetween(2, 3);
    }

    @Test
    void strikesHaveToComeInARow() {
        NodeGuard guard = NodeGuard.NEW;
        List<Voice> bad = voices(8, 4, 0.5, 0.02);
        for (int minute = 0; minute < DAY; minute++) {
            boolean restored = minute % USUAL.strikes() == 0;
            NodeGuard.Step step = guard.look(restored ? List.of() : bad, USUAL, minute * MINUTE);
            assertThat(step.goesBack()).isFalse();
            guard = step.next();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aNodeNeverGoesBackForFewPeersOrNetworks(long seed) {
        Seeds.check(seed, random -> {
            boolean fewPeers = random.nextBoolean();
            int peers = fewPeers ? random.nextInt(Crowd.LEAST_PEERS) : random.nextInt(8, 200);
            int networks = fewPeers ? random.nextInt(1, 20) : random.nextInt(1, Crowd.LEAST_NETWORKS);

            assertThat(stepsBack(voices(peers, networks, 10 + random.nextDouble(), 0.001), 20))
                    .isZero();
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void hostilePeersThatAreNotMoreThanHalfDoNotTipTheNode(long seed) {
        Seeds.check(seed, random -> {
            int honest = random.nextInt(4, 40);
            List<Voice> voices = new ArrayList<>();
            for (int i = 0; i < honest; i++) {
                double legacy = 0.01 + random.nextDouble() * 0.2;
                boolean measured = random.nextBoolean();
                voices.add(
                        measured
                                ? voice(random.nextInt(256), legacy * (0.8 + random.nextDouble()), legacy)
                                : unmeasured(random.nextInt(256)));
            }
            for (int i = random.nextInt(honest + 1); i > 0; i--) {
                voices.add(voice(random.nextInt(256), 50 * random.nextDouble(), 0.0001));
            }

            assertThat(stepsBack(voices, 10)).isZero();
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void anyNumberOfHostilePeersInHalfOfTheNetworksDoesNotTipTheNode(long seed) {
        Seeds.check(seed, random -> {
            int networks = random.nextInt(2, 10);
            List<Voice> voices = new ArrayList<>();
            for (int network = 0; network < networks; network++) {
                voices.add(unmeasured(network));
                for (int i = random.nextInt(1, 50); i > 0; i--) {
                    voices.add(voice(100 + network, 50, 0.001));
                }
            }

            assertThat(stepsBack(voices, 10)).isZero();
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aNodeNeverGoesBackTwiceADay(long seed) {
        Seeds.check(seed, random -> {
            NodeGuard guard = NodeGuard.NEW;
            Optional<Long> last = Optional.empty();
            long now = random.nextLong(-MINUTE, MINUTE);
            for (int i = 0; i < 100; i++) {
                now += random.nextLong(120 * MINUTE);
                List<Voice> voices = new ArrayList<>();
                for (int peer = random.nextInt(8, 16); peer > 0; peer--) {
                    voices.add(voice(random.nextInt(20), random.nextInt(10) == 0 ? 0.02 : 2, 0.02));
                }
                NodeGuard.Step step = guard.look(voices, USUAL, now);
                if (step.goesBack()) {
                    long since = now - last.orElse(Long.MIN_VALUE / 2);
                    assertThat(since).isGreaterThanOrEqualTo(Duration.ofDays(1).toNanos());
                    last = Optional.of(now);
                }
                guard = step.next();
            }
            assertThat(last).isPresent();
        });
    }

    @Test
    void aNodeGoesBackWithinTwoHoursIfLibp2pIsBadForMostPeers() {
        SimulatedNode node = new SimulatedNode();
        for (int i = 0; i < 40; i++) {
            // They are moved one after another, over half an hour.
            node.moved(i % 12, 15 + i * 30 / 40, i % 4 == 0 ? GOOD : BAD);
        }

        node.pass(DAY);

        assertThat(node.timesBack).isEqualTo(1);
        assertThat(node.firstBack).isBetween(15 + 15, 15 + 2 * HOURS);
    }

    @Test
    void theSmallestNodeThatCanGoBackDoesSoWithinAnHour() {
        SimulatedNode node = new SimulatedNode();
        for (int i = 0; i < 8; i++) {
            node.moved(i % 4, 10, BAD);
        }

        node.pass(10 + HOURS);

        assertThat(node.timesBack).isEqualTo(1);
    }

    @Test
    void aNodeStaysWhereOnlyEveryThirdPeerIsBad() {
        SimulatedNode node = new SimulatedNode();
        for (int i = 0; i < 42; i++) {
            node.moved(i % 14, 15 + i * 30 / 42, i % 3 == 0 ? BAD : GOOD);
        }

        node.pass(3 * DAY);

        assertThat(node.timesBack).isZero();
        assertThat(node.held).isGreaterThan(3 * 14);
    }

    @Test
    void hostilePeersWithFiguresAreNotAllThatCountsAmongHonestOnesWithout() {
        SimulatedNode node = new SimulatedNode();
        for (int i = 0; i < 40; i++) {
            // Moved as soon as they came: what they had on legacy is not known.
            node.moved(i, 0, GOOD);
        }
        for (int i = 0; i < 8; i++) {
            // Stay on legacy until they have figures there, and are slow on libp2p then.
            node.moved(100 + i, 6, (_, onLibp2p) -> onLibp2p ? 20 : 0.001);
        }

        node.pass(3 * DAY);

        assertThat(node.held).isGreaterThanOrEqualTo(8);
        assertThat(node.timesBack).isZero();
    }

    @Test
    void peersThatTheNodeDidNotMoveCannotSpeakAgainstLibp2p() {
        SimulatedNode node = new SimulatedNode();
        for (int i = 0; i < 40; i++) {
            node.moving(i, 10, BAD);
        }

        node.pass(DAY);

        assertThat(node.held).isZero();
        assertThat(node.timesBack).isZero();
    }

    @Test
    void loadOfItsOwnThatSlowsBothStacksTakesNoNodeBackAndKeepsNobodyOnLegacy() {
        SimulatedNode node = new SimulatedNode();
        for (int i = 0; i < 40; i++) {
            // Idle at night, and busy ever since: with all peers, on whichever stack they are.
            node.moved(i % 12, 15, (minute, _) -> minute < HOURS ? 0.03 : 0.4);
        }

        node.pass(HOURS + 30);

        assertThat(node.held).isEqualTo(40);
        assertThat(node.holds()).isZero();
        assertThat(node.pass(DAY).timesBack).isZero();
        assertThat(node.holds()).isZero();
    }

    @Test
    void aPeerThatWasTakenBackLongAgoDoesNotVote() {
        PeerGuard guard = new PeerGuard(
                0,
                1,
                Optional.empty(),
                Optional.of(new PeerGuard.Return(0, roundTrip(0.5), roundTrip(0.02))),
                Optional.empty());
        long hour = NodeGuard.REMEMBERS.toNanos();

        assertThat(Voice.of(network(1), false, guard, hour - 1)).contains(voice(1, 0.5, 0.02));
        assertThat(Voice.of(network(1), false, guard, hour)).isEmpty();
        assertThat(Voice.of(network(1), true, guard, hour)).contains(unmeasured(1));
        assertThat(Voice.of(network(1), false, PeerGuard.NEW, 0)).isEmpty();
    }
}
