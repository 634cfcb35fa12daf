package proteus.adapters.libp2p.engine.limits;

/**
 * Who began a connection or a stream.
 *
 * <p>It is not the role: when two hosts punch a hole, both dial, and yet one of them has to play the listener.
 */
public enum Direction {
    /** The remote did. */
    INBOUND,
    /** This host did. */
    OUTBOUND
}
