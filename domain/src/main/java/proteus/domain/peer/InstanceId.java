package proteus.domain.peer;

import java.math.BigInteger;

/**
 * The random number that a node draws when it starts and sends in every handshake.
 *
 * <p>It tells sessions of one node run apart from those of another; being public, it authenticates nobody.
 *
 * @param high the upper 64 bits of an unsigned 128-bit integer
 * @param low the lower 64 bits
 */
public record InstanceId(long high, long low) {

    /** The 32 lower-case hex digits, most significant first. */
    public String toHex() {
        return "%016x%016x".formatted(high, low);
    }

    /** The decimal form, as upstream prints it. */
    public String toDecimal() {
        return new BigInteger(toHex(), 16).toString();
    }

    /** The hex form. */
    @Override
    public String toString() {
        return toHex();
    }
}
