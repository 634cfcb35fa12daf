package proteus.domain.comparison;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import proteus.domain.comparison.Finding.Level;

/** Compares what was measured of libp2p with what was measured of legacy. Pure. */
public final class StackComparison {

    private static final double MILLIS = 1000;

    private final Thresholds thresholds;

    /** Compares by these. */
    public StackComparison(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** How one peer does over libp2p, by the worst of its figures. */
    public Finding of(Side libp2p, Side legacy) {
        return roundTrip(libp2p, legacy).orWorse(blockRate(libp2p, legacy)).orWorse(breaks(libp2p, legacy));
    }

    /** How long round-trips take. */
    Finding roundTrip(Side libp2p, Side legacy) {
        Optional<Reading> one = enough(libp2p.roundTrip());
        Optional<Reading> other = enough(legacy.roundTrip());
        if (one.isEmpty() || other.isEmpty()) {
            return new Finding(
                    Level.UNKNOWN,
                    "round-trip measured " + samples(libp2p.roundTrip()) + " times on libp2p and "
                            + samples(legacy.roundTrip()) + " on legacy, " + thresholds.minSamples() + " are needed");
        }
        double here = one.get().median();
        double there = other.get().median();
        Level level = roundTripLevel(here / there, here - there);
        String what = "round-trip " + millis(here) + " on libp2p against " + millis(there) + " on legacy";
        return new Finding(level, what + judged(level, thresholds.roundTripRatio(), "", one.get()));
    }

    private Level roundTripLevel(double ratio, double difference) {
        double most = seconds(thresholds.roundTripDifference());
        if (ratio > thresholds.roundTripRatio() && difference > most) {
            return Level.WORSE;
        }
        return ratio < recovered(thresholds.roundTripRatio()) || difference < most * Thresholds.RECOVERY
                ? Level.GOOD
                : Level.BETWEEN;
    }

    /** What a ratio has to be below to be good again; never below 1. */
    private static double recovered(double ratio) {
        return 1 + (ratio - 1) * Thresholds.RECOVERY;
    }

    /** How fast blocks come. */
    Finding blockRate(Side libp2p, Side legacy) {
        Optional<Reading> one = enough(libp2p.blockRate());
        Optional<Reading> other = enough(legacy.blockRate());
        if (one.isEmpty() || other.isEmpty()) {
            return new Finding(Level.UNKNOWN, "too few blocks to compare");
        }
        Level level = blockRateLevel(other.get().median() / one.get().median());
        String what = "blocks at " + rate(one.get().median()) + " on libp2p against "
                + rate(other.get().median()) + " on legacy";
        return new Finding(level, what + judged(level, thresholds.blockRateRatio(), " slower", one.get()));
    }

    private Level blockRateLevel(double ratio) {
        if (ratio > thresholds.blockRateRatio()) {
            return Level.WORSE;
        }
        return ratio < recovered(thresholds.blockRateRatio()) ? Level.GOOD : Level.BETWEEN;
    }

    private Finding breaks(Side libp2p, Side legacy) {
        int more = libp2p.breaks() - legacy.breaks();
        boolean worse = more >= thresholds.breaksPerHour();
        // That nothing broke says nothing good of what was not measured.
        Level level = worse
                ? Level.WORSE
                : more >= thresholds.breaksPerHour() * Thresholds.RECOVERY ? Level.BETWEEN : Level.UNKNOWN;
        return new Finding(
                level,
                libp2p.breaks() + " connections broken within an hour on libp2p against " + legacy.breaks()
                        + " on legacy: " + (worse ? "" : "not ") + thresholds.breaksPerHour() + " more");
    }

    private String judged(Level level, double ratio, String how, Reading measured) {
        String verdict = switch (level) {
            case WORSE -> "more than ";
            case BETWEEN -> "nearly ";
            case GOOD, UNKNOWN -> "well within ";
        };
        return ": " + verdict + times(ratio) + how + " over " + text(thresholds.window()) + ", " + measured.samples()
                + " samples";
    }

    private Optional<Reading> enough(Optional<Reading> reading) {
        return Side.enough(reading, thresholds.minSamples());
    }

    private static long samples(Optional<Reading> reading) {
        return reading.map(Reading::samples).orElse(0L);
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    static String times(double ratio) {
        return shortly(ratio) + " times";
    }

    static String millis(double seconds) {
        return shortly(seconds * MILLIS) + " ms";
    }

    static String rate(double bytesPerSecond) {
        return shortly(bytesPerSecond / MILLIS) + " kB/s";
    }

    /** With one decimal if it is small. */
    private static String shortly(double value) {
        String text = String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Such as {@code 10 minutes}. */
    static String text(Duration time) {
        if (time.toSeconds() >= 120 && time.toSecondsPart() == 0) {
            return time.toMinutes() + " minutes";
        }
        return time.toMillisPart() == 0 ? time.toSeconds() + " seconds" : time.toMillis() + " ms";
    }
}
