package proteus.domain.transaction;

import proteus.domain.field.BFieldElement;

/**
 * A time as consensus counts it.
 *
 * <p>Ordered as unsigned numbers; sums and differences are those of the field. Source: neptune-primitives 0.19.4, {@code timestamp.rs}.
 *
 * @param millis milliseconds since the Unix epoch; a canonical field element
 */
public record Timestamp(long millis) implements Comparable<Timestamp> {

    public Timestamp {
        BFieldElement.requireCanonical(millis);
    }

    /**
     * The time that many milliseconds later, modulo the field's order.
     *
     * @param later a canonical field element
     */
    public Timestamp plus(long later) {
        return new Timestamp(BFieldElement.add(millis, BFieldElement.requireCanonical(later)));
    }

    /**
     * The milliseconds from {@code earlier} to this time as a canonical field element; if {@code earlier} is in truth
     * later, a very large one.
     */
    public long since(Timestamp earlier) {
        return BFieldElement.subtract(millis, earlier.millis);
    }

    @Override
    public int compareTo(Timestamp other) {
        return Long.compareUnsigned(millis, other.millis);
    }
}
