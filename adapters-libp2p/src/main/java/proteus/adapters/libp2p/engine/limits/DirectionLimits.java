package proteus.adapters.libp2p.engine.limits;

/**
 * How many of one thing a scope may hold. Zero allows none; {@link Integer#MAX_VALUE} is no limit.
 *
 * @param inbound begun by remotes
 * @param outbound begun by this host
 * @param total of both directions together
 */
public record DirectionLimits(int inbound, int outbound, int total) {

    /** No limit in either direction. */
    public static final DirectionLimits UNLIMITED =
            new DirectionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public DirectionLimits {
        if (inbound < 0 || outbound < 0 || total < 0) {
            throw new IllegalArgumentException(
                    "negative limit: " + inbound + " in, " + outbound + " out, " + total + " in all");
        }
    }

    /** The same limit in each direction and for both together. */
    public static DirectionLimits ofTotal(int total) {
        return new DirectionLimits(total, total, total);
    }
}
