package proteus.domain.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The fixed buckets of a {@link Histogram}: octaves of equal ratio, each cut into parts of equal width.
 *
 * <p>With four parts to an octave a bucket is as wide as a quarter of its lower bound at most, so a median drawn within it is off by an
 * eighth or so: enough to tell three times from twice.
 */
public final class Buckets {

    /** For round-trips and handshakes, in seconds: 0.1 ms to 105 s in 81 buckets, and one beyond. */
    public static final Buckets TIMES = octaves(0.0001, 20, 4);

    /** For lengths of sessions, in seconds: 1 s to 48 days in 45 buckets, and one beyond. */
    public static final Buckets SESSIONS = octaves(1, 22, 2);

    /** For transfer rates, in bytes a second: 1 kB/s to 1.05 GB/s in 81 buckets, and one beyond. */
    public static final Buckets RATES = octaves(1000, 20, 4);

    private final double[] bounds;
    private final List<Double> listed;
    private final Distribution empty;

    private Buckets(double[] bounds) {
        this.bounds = bounds;
        listed = List.copyOf(Arrays.stream(bounds).boxed().toList());
        empty = new Distribution(listed, Collections.nCopies(bounds.length + 1, 0L), 0);
    }

    private static Buckets octaves(double lowest, int octaves, int parts) {
        List<Double> bounds = new ArrayList<>();
        double octave = lowest;
        for (int i = 0; i < octaves; i++) {
            for (int part = 0; part < parts; part++) {
                bounds.add(octave + octave * part / parts);
            }
            octave *= 2;
        }
        bounds.add(octave);
        return new Buckets(bounds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** How many buckets there are, the one beyond all bounds among them. */
    int count() {
        return bounds.length + 1;
    }

    /** The greatest value of each bucket but the last, ascending. */
    List<Double> bounds() {
        return listed;
    }

    /** No value in any of them. */
    Distribution empty() {
        return empty;
    }

    /** So many values in each of them, which have this sum. */
    Distribution with(long[] counts, double sum) {
        return new Distribution(listed, List.of(Arrays.stream(counts).boxed().toArray(Long[]::new)), sum);
    }

    /** Into which bucket {@code value}, 0 or more, falls: the first whose bound it does not exceed. */
    int indexOf(double value) {
        int found = Arrays.binarySearch(bounds, value);
        return found >= 0 ? found : -found - 1;
    }

    /** Whether a value can be measured at all: not negative, not infinite, and a number. */
    static boolean isMeasurable(double value) {
        return value >= 0 && value <= Double.MAX_VALUE;
    }
}
