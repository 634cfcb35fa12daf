package proteus.domain.transaction;

import proteus.domain.field.BFieldElement;

/**
 * A time as consensus counts it.
 *
 * <p>Source: neptune-primitives 0.19.4, {@code timestamp.rs}.
 *
 * @param millis milliseconds since the Unix epoch; a canonical field element
 */
public record Timestamp(long millis) {
    public Timestamp {
        BFieldElement.requireCanonical(millis);
    }
}
