package proteus.domain.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.comparison.Finding.Level;
import proteus.domain.generator.Seeds;
import proteus.domain.peer.IpAddress;

/** What the guard thinks of a peer, in hours that take no time. */
class GuardTest {

    private static final Thresholds USUAL = Thresholds.DEFAULT;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int ENOUGH = USUAL.minSamples();

    /** Fewer than elsewhere: each is hours long. */
    static LongStream seeds() {
        return Seeds.some().limit(50);
    }

    private static Side roundTrip(double seconds, long samples) {
        return new Side(Optional.of(new Reading(seconds, samples)), Optional.empty(), 0);
    }

    private static Side breaks(int count) {
        return new Side(Optional.empty(), Optional.empty(), count);
    }

    private static Side rate(double bytesPerSecond) {
        return new Side(Optional.empty(), Optional.of(new Reading(bytesPerSecond, ENOUGH)), 0);
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

        /** A minute is for the move to legacy, which begins the wait. */
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
        assertThat(peer.minutesUntil(false, slow, fast)).isEqualTo(1 + 30);
        assertThat(peer.minutesUntil(true, slow, fast)).isEqualTo(USUAL.strikes());
        assertThat(peer.minutesUntil(false, slow, fast)).isEqualTo(1 + 60);
        peer.minutesUntil(true, slow, fast);
        assertThat(peer.minutesUntil(false, slow, fast)).isEqualTo(1 + 120);
        for (int i = 0; i < 10; i++) {
            peer.minutesUntil(true, slow, fast);
            assertThat(peer.minutesUntil(false, slow, fast)).isLessThanOrEqualTo(1 + 24 * 60);
        }
    }

    @Test
    void whoTurnsOutToBeNoFasterOnLegacyIsNotKeptThere() {
        Simulated peer = new Simulated();
        peer.minutesUntil(true, roundTrip(0.5, 20), roundTrip(0.02, 20));

        assertThat(peer.minutesUntil(false, roundTrip(0.5, 20), roundTrip(0.45, 20)))
                .isEqualTo(2);
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

        assertThat(peer.minutesUntil(false, slow, fast)).isEqualTo(1 + 30);
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
            int inARow = 0;
            for (int minute = 0; minute < 4 * 60; minute++) {
                // One in five is far worse, but what follows in time is good again.
                boolean spike = random.nextInt(5) == 0 && inARow < USUAL.strikes() - 1;
                inARow = spike ? inARow + 1 : 0;
                peer.minute(roundTrip(spike ? 5 : 0.03, 20), roundTrip(0.02, 20));
            }
            assertThat(peer.changes).isZero();
        });
    }

    @Test
    void aHoldThatNeverBringsThePeerToLegacyDoesNotCount() {
        PeerGuard guard = PeerGuard.NEW;
        long now = 0;
        int holds = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            now += MINUTE;
            boolean held = guard.holds();
            guard = guard.onLibp2p(roundTrip(0.5, 20), roundTrip(0.02, 20), USUAL, now);
            holds += !held && guard.holds() ? 1 : 0;
        }

        assertThat(guard.takenBack()).isZero();
        assertThat(guard.lastReturn()).isEmpty();
        // Each for half an hour, and after as many strikes as ever.
        assertThat(holds).isBetween(41, 43);
    }

    @Test
    void whoCameBackIsRememberedWithWhatWasMeasuredOnBothStacks() {
        Simulated peer = new Simulated();
        Side slow = roundTrip(0.5, 20);
        peer.minutesUntil(true, slow, roundTrip(0.02, 20));
        peer.minute(slow, Side.NOTHING);
        long arrived = peer.now;
        assertThat(peer.guard.lastReturn()).contains(new PeerGuard.Return(arrived, slow, Side.NOTHING));

        peer.minute(slow, roundTrip(0.02, ENOUGH - 1));
        assertThat(peer.guard.lastReturn()).contains(new PeerGuard.Return(arrived, slow, Side.NOTHING));
        peer.minute(slow, roundTrip(0.02, ENOUGH));
        peer.minute(slow, roundTrip(0.02, 1));
        assertThat(peer.guard.lastReturn()).contains(new PeerGuard.Return(arrived, slow, roundTrip(0.02, ENOUGH)));
        assertThat(peer.guard.triedAgain().lastReturn()).isEmpty();
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
}
