package proteus.domain.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.generator.Seeds;

class HistogramTest {

    private static final List<Buckets> ALL = List.of(Buckets.TIMES, Buckets.SESSIONS, Buckets.RATES);

    @Test
    void withoutValuesThereIsNoMedian() {
        Distribution nothing = new Histogram(Buckets.TIMES).snapshot();

        assertThat(nothing.count()).isZero();
        assertThat(nothing.sum()).isZero();
        assertThat(nothing.median()).isEmpty();
        assertThat(nothing).isEqualTo(Histogram.empty(Buckets.TIMES));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, -1e-300})
    void whatIsNoMeasureDoesNotCount(double value) {
        Histogram histogram = new Histogram(Buckets.TIMES);
        SlidingHistogram sliding = new SlidingHistogram(Buckets.TIMES, 1000);

        assertThat(histogram.record(value)).isFalse();
        assertThat(sliding.record(value, 0)).isFalse();

        assertThat(histogram.snapshot().count()).isZero();
        assertThat(sliding.reading(0)).isEmpty();
    }

    @Test
    void whatIsBeyondAllBoundsCountsInTheLastBucket() {
        Histogram histogram = new Histogram(Buckets.TIMES);
        histogram.record(Double.MAX_VALUE);
        histogram.record(Double.MAX_VALUE);
        histogram.record(0);

        assertThat(histogram.snapshot().counts().getLast()).isEqualTo(2);
        assertThat(histogram.snapshot().counts().getFirst()).isEqualTo(1);
        assertThat(histogram.snapshot().sum()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void countersThatAreFullStaySo() {
        Histogram histogram = new Histogram(Buckets.RATES);
        histogram.record(5000, Long.MAX_VALUE - 1);
        histogram.record(5000, 10);
        histogram.record(50_000, Long.MAX_VALUE);

        Distribution full = histogram.snapshot();
        assertThat(full.counts()).contains(Long.MAX_VALUE);
        assertThat(full.count()).isEqualTo(Long.MAX_VALUE);
        assertThat(full.median()).isPresent();
    }

    @Test
    void aFullPartOfAWindowStaysSoUntilItIsOver() {
        SlidingHistogram sliding = new SlidingHistogram(Buckets.TIMES, 1000);
        for (int i = 0; i < 70_000; i++) {
            sliding.record(0.01, 0);
        }

        assertThat(sliding.reading(0).orElseThrow().samples()).isEqualTo(65_535);
        assertThat(sliding.reading(1200)).isEmpty();
    }

    @Test
    void theBoundsRiseAndAreFine() {
        for (Buckets buckets : ALL) {
            List<Double> bounds = buckets.bounds();
            for (int i = 1; i < bounds.size(); i++) {
                assertThat(bounds.get(i) / bounds.get(i - 1)).isBetween(1.1, 1.51);
            }
            assertThat(buckets.count()).isEqualTo(bounds.size() + 1).isLessThan(100);
        }
        assertThat(Buckets.TIMES.bounds()).first().isEqualTo(0.0001);
        assertThat(Buckets.TIMES.bounds().getLast()).isBetween(60.0, 120.0);
        assertThat(Buckets.SESSIONS.bounds().getLast()).isGreaterThan(4 * 7 * 86_400);
        assertThat(Buckets.RATES.bounds().getLast()).isBetween(1e9, 2e9);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void everyValueIsInItsBucketAndTheMedianIsNear(long seed) {
        Seeds.check(seed, random -> {
            Buckets buckets = ALL.get(random.nextInt(ALL.size()));
            Histogram histogram = new Histogram(buckets);
            List<Double> values = new ArrayList<>();
            for (int i = random.nextInt(1, 300); i > 0; i--) {
                double value = value(random, buckets);
                int bucket = buckets.indexOf(value);
                assertThat(value).isLessThanOrEqualTo(buckets.bounds().get(bucket));
                assertThat(value)
                        .isGreaterThan(bucket == 0 ? -1 : buckets.bounds().get(bucket - 1));
                values.add(value);
                histogram.record(value);
            }
            Distribution distribution = histogram.snapshot();
            values.sort(null);

            assertThat(distribution.count()).isEqualTo(values.size());
            assertThat(distribution.sum())
                    .isCloseTo(
                            values.stream().mapToDouble(Double::doubleValue).sum(),
                            org.assertj.core.data.Percentage.withPercentage(0.001));
            double lower = values.get((values.size() - 1) / 2);
            double upper = values.get(values.size() / 2);
            assertThat(distribution.median().orElseThrow()).isBetween(lower / 1.51, upper * 1.51);
        });
    }

    /** Within the bounds, spread over all octaves. */
    private static double value(RandomGenerator random, Buckets buckets) {
        double least = buckets.bounds().getFirst();
        double most = buckets.bounds().getLast();
        return Math.min(most, least * Math.pow(most / least, random.nextDouble()) * 1.0000001);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aWindowHoldsWhatIsNotOlderThanItselfAndAPart(long seed) {
        Seeds.check(seed, random -> {
            long window = random.nextLong(5, 10_000) * SlidingHistogram.PARTS;
            SlidingHistogram sliding = new SlidingHistogram(Buckets.TIMES, window);
            List<Long> times = new ArrayList<>();
            long now = random.nextLong(-1_000_000, 1_000_000);
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(10) == 0 ? random.nextLong(3 * window) : random.nextLong(1 + window / 10);
                sliding.record(0.02, now);
                times.add(now);
                long latest = now;
                long within =
                        times.stream().filter(time -> latest - time < window).count();
                long almost = times.stream()
                        .filter(time -> latest - time <= window + window / SlidingHistogram.PARTS)
                        .count();

                assertThat(sliding.reading(now).orElseThrow().samples()).isBetween(within, almost);
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aClockThatJumpsBreaksNothing(long seed) {
        Seeds.check(seed, random -> {
            SlidingHistogram sliding = new SlidingHistogram(Buckets.TIMES, random.nextLong(1, Long.MAX_VALUE));
            for (int i = 0; i < 100; i++) {
                long now = random.nextLong();
                assertThat(sliding.record(0.02, now)).isTrue();
                assertThat(sliding.reading(now).orElseThrow().samples()).isBetween(1L, i + 1L);
            }
        });
    }
}
