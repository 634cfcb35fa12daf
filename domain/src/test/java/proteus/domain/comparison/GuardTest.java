package proteus.domain.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.comparison.Finding.Level;
import proteus.domain.comparison.NodeGuard.Voice;
import proteus.domain.generator.Seeds;
import proteus.domain.peer.IpAddress;

/** What the guard thinks of peers and of the node, in hours that take no time. */
class GuardTest {

    private static final Thresholds USUAL = Thresholds.DEFAULT;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int ENOUGH = USUAL.minSamples();

    /** Fewer than elsewhere: each is hours long. */
    static LongStream seeds() {
        return Seeds.some().limit(50);
    }

    private static Side roundTrip(double seconds, long samples) {
        return new Side(Optional.of(Reading.ofOne(seconds, samples)), Optional.empty(), 0);
    }

    private static Side breaks(int count) {
        return new Side(Optional.empty(), Optional.empty(), count);
    }

    private static Side rate(double bytesPerSecond) {
        return new Side(Optional.empty(), Optional.of(Reading.ofOne(bytesPerSecond, ENOUGH)), 0);
    }

    private static Finding compare(Side libp2p, Side legacy) {
        return new StackComparison(USUAL).of(libp2p, legacy);
    }

    @Test
    void figureAndThresholdAreNamed() {
        Finding finding = compare(roundTrip(0.182, 240), roundTrip(0.021, 50));

        assertThat(finding)
                .isEqualTo(new Finding(
                        Level.WORSE,
                        "round-trip 182 ms on libp2p against 21 ms on legacy: more than 3 times over 10 minutes, "
                                + "240 samples"));
    }

    @Test
    void otherPeersAreNamedIfTheyStandForThePeer() {
        Side others = new Side(Optional.of(new Reading(0.021, 500, 9)), Optional.empty(), 0);

        assertThat(compare(roundTrip(0.182, 240), others).text())
                .startsWith("round-trip 182 ms on libp2p against 21 ms on legacy with 9 other peers: ");
    }

    @Test
    void withoutSamplesNothingIsSaid() {
        assertThat(compare(Side.NOTHING, Side.NOTHING))
                .isEqualTo(new Finding(
                        Level.UNKNOWN, "round-trip measured 0 times on libp2p and 0 on legacy, 10 are needed"));
    }

    @Test
    void bothRatioAndDifferenceCount() {
        assertThat(compare(roundTrip(0.04, 99), roundTrip(0.001, 99)).level()).isNotEqualTo(Level.WORSE);
        assertThat(compare(roundTrip(0.9, 99), roundTrip(0.4, 99)).level()).isEqualTo(Level.GOOD);
        assertThat(compare(roundTrip(1.1, 99), roundTrip(0.4, 99)).level()).isEqualTo(Level.BETWEEN);
        assertThat(compare(roundTrip(1.3, 99), roundTrip(0.4, 99)).level()).isEqualTo(Level.WORSE);
        assertThat(compare(roundTrip(0, 99), roundTrip(0, 99)).level()).isEqualTo(Level.GOOD);
    }

    @Test
    void blocksAndBrokenConnectionsCountToo() {
        Finding slow = compare(rate(300_000), rate(1_000_000));
        Finding broken = compare(breaks(7), breaks(1));

        assertThat(slow.level()).isEqualTo(Level.WORSE);
        assertThat(slow.text())
                .isEqualTo("blocks at 300 kB/s on libp2p against 1000 kB/s on legacy: more than 3 times slower over "
                        + "10 minutes, 10 samples");
        assertThat(broken.level()).isEqualTo(Level.WORSE);
        assertThat(broken.text())
                .isEqualTo("7 connections broken within an hour on libp2p against 1 on legacy: 6 more");
        assertThat(compare(breaks(7), breaks(2)).level()).isEqualTo(Level.BETWEEN);
    }

    /** A peer that the guard sees once a minute, on the stack where it wants it. */
    private static final class Simulated {
        private PeerGuard guard = PeerGuard.NEW;
        private long now;
        private int changes;

        private void minute(Side libp2p, Side legacy) {
            now += MINUTE;
            boolean held = guard.holds();
            guard = held ? guard.onLegacy(legacy, USUAL, now) : guard.onLibp2p(libp2p, legacy, USUAL, now);
            changes += held == guard.holds() ? 0 : 1;
        }

        private int minutesUntil(boolean held, Side libp2p, Side legacy) {
            int minutes = 0;
            while (guard.holds() != held && minutes < 10_000) {
                minute(libp2p, legacy);
                minutes++;
            }
            return minutes;
        }
    }

    @Test
    void aSlowPeerIsTakenBackAfterSomeTimeAndForLongerEachTime() {
        Simulated peer = new Simulated();
        Side slow = roundTrip(0.5, 20);
        Side fast = roundTrip(0.02, 20);

        assertThat(peer.minutesUntil(true, slow, fast)).isEqualTo(USUAL.strikes());
        assertThat(peer.minutesUntil(false, slow, fast)).isEqualTo(30);
        assertThat(peer.minutesUntil(true, slow, fast)).isEqualTo(USUAL.strikes());
        assertThat(peer.minutesUntil(false, slow, fast)).isEqualTo(60);
        peer.minutesUntil(true, slow, fast);
        assertThat(peer.minutesUntil(false, slow, fast)).isEqualTo(120);
        for (int i = 0; i < 10; i++) {
            peer.minutesUntil(true, slow, fast);
            assertThat(peer.minutesUntil(false, slow, fast)).isLessThanOrEqualTo(24 * 60);
        }
    }

    @Test
    void whoTurnsOutToBeNoFasterOnLegacyIsNotKeptThere() {
        Simulated peer = new Simulated();
        peer.minutesUntil(true, roundTrip(0.5, 20), roundTrip(0.02, 20));

        assertThat(peer.minutesUntil(false, roundTrip(0.5, 20), roundTrip(0.45, 20)))
                .isEqualTo(1);
    }

    @Test
    void whoWasGoodForLongIsForgiven() {
        Simulated peer = new Simulated();
        Side slow = roundTrip(0.5, 20);
        Side fast = roundTrip(0.02, 20);
        peer.minutesUntil(true, slow, fast);
        peer.minutesUntil(false, slow, fast);
        for (int minute = 0; minute < 40; minute++) {
            peer.minute(fast, fast);
        }
        peer.minutesUntil(true, slow, fast);

        assertThat(peer.minutesUntil(false, slow, fast)).isEqualTo(30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nobodyIsTakenBackForTooFewSamples(long seed) {
        Seeds.check(seed, random -> {
            Simulated peer = new Simulated();
            for (int minute = 0; minute < 100; minute++) {
                boolean hereTooFew = random.nextBoolean();
                peer.minute(
                        roundTrip(random.nextDouble() * 60, samples(random, hereTooFew)),
                        roundTrip(random.nextDouble() * 0.01, samples(random, !hereTooFew || random.nextBoolean())));
            }
            assertThat(peer.changes).isZero();
        });
    }

    private static long samples(RandomGenerator random, boolean tooFew) {
        return tooFew ? random.nextInt(1, ENOUGH) : random.nextInt(1000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noiseAroundTheThresholdDoesNotMakeAPeerFlap(long seed) {
        Seeds.check(seed, random -> {
            Simulated peer = new Simulated();
            double legacy = 0.02 + random.nextDouble();
            for (int minute = 0; minute < 8 * 60; minute++) {
                double noise = 0.9 + 0.2 * random.nextDouble();
                peer.minute(roundTrip(3 * legacy * noise, 20), roundTrip(legacy, 20));
            }
            // There and back counts twice: half an hour, an hour, two, four.
            assertThat(peer.changes).isLessThanOrEqualTo(8);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noiseBelowTheThresholdTakesNobodyBack(long seed) {
        Seeds.check(seed, random -> {
            Simulated peer = new Simulated();
            for (int minute = 0; minute < 4 * 60; minute++) {
                boolean spike = random.nextInt(10) == 0;
                // One in ten is far worse, and what follows is good again.
                peer.minute(roundTrip(spike ? 5 : 0.03, 20), roundTrip(0.02, 20));
            }
            assertThat(peer.changes).isLessThanOrEqualTo(2);
        });
    }

    private static PeerNetwork network(int number) {
        return PeerNetwork.of(new IpAddress.V4((8 << 24) + (number << 16)));
    }

    private static Voice voice(int network, double libp2p, double legacy) {
        return new Voice(network(network), roundTrip(libp2p, 20), roundTrip(legacy, 20));
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
    void aNodeWhosePeersAreAllSlowGoesBackOnceADay() {
        List<Voice> voices = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            voices.add(voice(i % 4, 0.5, 0.02));
        }

        assertThat(stepsBack(voices, 24 * 60)).isEqualTo(1);
        assertThat(stepsBack(voices, 3 * 24 * 60)).isBetween(2, 3);
        assertThat(NodeGuard.NEW.look(voices, USUAL, 0).finding().text())
                .isEqualTo("round-trip on libp2p 25 times that on legacy and 480 ms longer in the median of 8 peers in "
                        + "4 networks; the threshold is 3 times over 10 minutes");
    }

    @Test
    void withoutPeersNothingIsSaid() {
        assertThat(NodeGuard.NEW.look(List.of(), USUAL, 0).finding().level()).isEqualTo(Level.UNKNOWN);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aNodeNeverGoesBackForFewPeersOrNetworks(long seed) {
        Seeds.check(seed, random -> {
            boolean fewPeers = random.nextBoolean();
            int peers = fewPeers ? random.nextInt(Crowd.LEAST_PEERS) : random.nextInt(8, 200);
            int networks = fewPeers ? random.nextInt(1, 20) : random.nextInt(1, Crowd.LEAST_NETWORKS);
            List<Voice> voices = new ArrayList<>();
            for (int i = 0; i < peers; i++) {
                voices.add(voice(random.nextInt(networks), 10 + random.nextDouble(), 0.001));
            }

            assertThat(stepsBack(voices, 20)).isZero();
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void hostilePeersThatAreNotMoreThanHalfDoNotTipTheNode(long seed) {
        Seeds.check(seed, random -> {
            int honest = random.nextInt(4, 40);
            List<Voice> voices = new ArrayList<>();
            for (int i = 0; i < honest; i++) {
                double legacy = 0.01 + random.nextDouble() * 0.2;
                voices.add(voice(random.nextInt(256), legacy * (0.8 + random.nextDouble()), legacy));
            }
            for (int i = random.nextInt(honest + 1); i > 0; i--) {
                voices.add(voice(random.nextInt(256), 50 * random.nextDouble(), 0.0001));
            }

            assertThat(stepsBack(voices, 20)).isZero();
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyNumberOfHostilePeersInHalfOfTheNetworksDoesNotTipTheNode(long seed) {
        Seeds.check(seed, random -> {
            int networks = random.nextInt(2, 10);
            List<Voice> voices = new ArrayList<>();
            for (int network = 0; network < networks; network++) {
                voices.add(voice(network, 0.03, 0.02));
                for (int i = random.nextInt(1, 50); i > 0; i--) {
                    voices.add(voice(100 + network, 50, 0.001));
                }
            }

            assertThat(stepsBack(voices, 20)).isZero();
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aNodeNeverGoesBackTwiceADay(long seed) {
        Seeds.check(seed, random -> {
            NodeGuard guard = NodeGuard.NEW;
            Optional<Long> last = Optional.empty();
            long now = random.nextLong(-MINUTE, MINUTE);
            for (int i = 0; i < 300; i++) {
                now += random.nextLong(40 * MINUTE);
                List<Voice> voices = new ArrayList<>();
                for (int peer = random.nextInt(6, 16); peer > 0; peer--) {
                    voices.add(voice(random.nextInt(8), random.nextInt(4) == 0 ? 0.02 : 2, 0.02));
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
    void mappedAddressesAndPrefixesAreTheNetworkThatTheyAreIn() {
        IpAddress plain = IpAddress.parse("203.0.113.7").orElseThrow();
        IpAddress mapped = IpAddress.parse("::ffff:203.0.113.9").orElseThrow();
        IpAddress one = IpAddress.parse("2001:db8:1::1").orElseThrow();
        IpAddress near = IpAddress.parse("2001:db8:ffff::1").orElseThrow();
        IpAddress far = IpAddress.parse("2001:db9::1").orElseThrow();

        assertThat(PeerNetwork.of(mapped)).isEqualTo(PeerNetwork.of(plain));
        assertThat(PeerNetwork.of(one)).isEqualTo(PeerNetwork.of(near)).isNotEqualTo(PeerNetwork.of(far));
    }

    @Test
    void manyPeersOnLegacyStandForOneThatWasNeverThere() {
        List<NodeGuard.OnLegacy> peers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            assertThat(NodeGuard.legacyOfMany(peers, USUAL)).isEmpty();
            peers.add(new NodeGuard.OnLegacy(network(i % 4), Reading.ofOne(0.01 * (i + 1), 10)));
        }

        assertThat(NodeGuard.legacyOfMany(peers, USUAL)).contains(new Reading(0.07, 80, 8));
    }
}
