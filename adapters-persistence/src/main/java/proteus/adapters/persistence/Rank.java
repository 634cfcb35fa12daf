package proteus.adapters.persistence;

import java.time.Instant;
import java.util.Comparator;

/**
 * How much a record is worth keeping: the least makes room.
 *
 * @param weight compared first
 * @param time compared second, so that of equal records the older goes
 */
record Rank(long weight, Instant time) implements Comparable<Rank> {

    private static final Comparator<Rank> ORDER =
            Comparator.comparingLong(Rank::weight).thenComparing(Rank::time);

    /** By age alone. */
    static Rank ofAge(Instant time) {
        return new Rank(0, time);
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
