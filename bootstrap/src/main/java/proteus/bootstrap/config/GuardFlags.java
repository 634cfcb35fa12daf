package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.MIGRATION;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import proteus.application.comparison.GuardSettings;
import proteus.domain.comparison.Thresholds;

/** The flags for the comparison of the stacks, and for what is done when libp2p is worse. */
final class GuardFlags {

    private static final GuardSettings UNSAID = GuardSettings.DEFAULT;
    private static final Thresholds USUAL = UNSAID.thresholds();
    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final int MOST_RATIO = 1000;
    private static final int MOST_SAMPLES = 10_000;
    private static final int MOST_MILLIS = 60_000;
    private static final int MOST_TIMES = 100;
    private static final int LEAST_WINDOW = 10;

    static final Flag<Boolean> GUARD = Flag.one(
            MIGRATION,
            "guard",
            "on|off",
            Kind.oneOf(Map.of("on", true, "off", false), "on or off"),
            "Whether sessions that the node moved to libp2p are taken back to legacy where libp2p is worse, and the node to the "
                    + "stage dual where it is shown to be worse with most peers. Default: on.");

    static final Flag<Long> WINDOW = Flag.one(
            MIGRATION,
            "guard-window",
            "SECONDS",
            Kind.number(LEAST_WINDOW, DAY),
            "Over which time the stacks are compared, " + LEAST_WINDOW + " to " + DAY + ". Default: "
                    + USUAL.window().toSeconds() + ".");

    static final Flag<Long> MIN_SAMPLES = Flag.one(
            MIGRATION,
            "guard-min-samples",
            "COUNT",
            Kind.number(1, MOST_SAMPLES),
            "How often a figure has to be measured on either stack before it is compared, 1 to " + MOST_SAMPLES
                    + ". Default: " + USUAL.minSamples() + ".");

    static final Flag<Double> ROUND_TRIP_RATIO = Flag.one(
            MIGRATION,
            "guard-round-trip-ratio",
            "RATIO",
            Kind.ratio(MOST_RATIO),
            "libp2p is worse if a round-trip takes more than this many times as long as on legacy, more than 1 to "
                    + MOST_RATIO + ". Default: " + (int) USUAL.roundTripRatio() + ".");

    static final Flag<Long> ROUND_TRIP_DIFFERENCE = Flag.one(
            MIGRATION,
            "guard-round-trip-difference",
            "MILLIS",
            Kind.number(0, MOST_MILLIS),
            "And if it takes longer by more than this as well, 0 to " + MOST_MILLIS + ". Default: "
                    + USUAL.roundTripDifference().toMillis() + ".");

    static final Flag<Double> BLOCK_RATE_RATIO = Flag.one(
            MIGRATION,
            "guard-block-rate-ratio",
            "RATIO",
            Kind.ratio(MOST_RATIO),
            "libp2p is worse if blocks come more than this many times slower, more than 1 to " + MOST_RATIO
                    + ". Default: " + (int) USUAL.blockRateRatio() + ".");

    static final Flag<Long> BREAKS_PER_HOUR = Flag.one(
            MIGRATION,
            "guard-breaks-per-hour",
            "COUNT",
            Kind.number(1, MOST_TIMES),
            "libp2p is worse if the network broke so many more of a peer's connections within an hour than on legacy, 1 to "
                    + MOST_TIMES + ". Default: " + USUAL.breaksPerHour() + ".");

    static final Flag<Long> STRIKES = Flag.one(
            MIGRATION,
            "guard-strikes",
            "COUNT",
            Kind.number(1, MOST_TIMES),
            "How many times in a row libp2p has to be worse before anything is done; it is looked at ten times in a window. 1 to "
                    + MOST_TIMES + ". Default: " + USUAL.strikes() + ".");

    static final Flag<Long> WAIT = Flag.one(
            MIGRATION,
            "guard-wait",
            "SECONDS",
            Kind.number(1, DAY),
            "For how long a session that was taken back stays on legacy the first time; each further time it is twice as long, "
                    + "up to a day. 1 to " + DAY + ". Default: "
                    + USUAL.firstWait().toSeconds() + ".");

    static final Flag<Long> PROBE_INTERVAL = Flag.one(
            MIGRATION,
            "probe-interval",
            "SECONDS",
            Kind.number(0, DAY),
            "How often a peer is asked for peers, only to measure how long the answer takes, while the guard is on and both "
                    + "stacks are used, 0 to " + DAY
                    + "; 0 for never. Default: " + UNSAID.probeEvery().toSeconds() + ".");

    private GuardFlags() {}

    static List<Flag<?>> all() {
        return List.of(
                GUARD,
                WINDOW,
                MIN_SAMPLES,
                ROUND_TRIP_RATIO,
                ROUND_TRIP_DIFFERENCE,
                BLOCK_RATE_RATIO,
                BREAKS_PER_HOUR,
                STRIKES,
                WAIT,
                PROBE_INTERVAL);
    }

    /** What they say together. */
    static GuardSettings read(Settings settings) {
        return new GuardSettings(
                settings.value(GUARD).orElse(UNSAID.on()),
                seconds(settings, PROBE_INTERVAL, UNSAID.probeEvery()),
                new Thresholds(
                        seconds(settings, WINDOW, USUAL.window()),
                        settings.number(MIN_SAMPLES, USUAL.minSamples()),
                        settings.value(ROUND_TRIP_RATIO).orElse(USUAL.roundTripRatio()),
                        settings.value(ROUND_TRIP_DIFFERENCE)
                                .map(Duration::ofMillis)
                                .orElse(USUAL.roundTripDifference()),
                        settings.value(BLOCK_RATE_RATIO).orElse(USUAL.blockRateRatio()),
                        settings.number(BREAKS_PER_HOUR, USUAL.breaksPerHour()),
                        settings.number(STRIKES, USUAL.strikes()),
                        seconds(settings, WAIT, USUAL.firstWait())));
    }

    private static Duration seconds(Settings settings, Flag<Long> flag, Duration unsaid) {
        return settings.value(flag).map(Duration::ofSeconds).orElse(unsaid);
    }
}
