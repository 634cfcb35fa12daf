package proteus.domain.peer;

/**
 * Why a listener refuses a connection.
 *
 * <p>Source: neptune-p2p 0.19.4.
 */
public sealed interface ConnectionRefusedReason {

    /** A connected peer has the same instance id or address. */
    record AlreadyConnected() implements ConnectionRefusedReason {}

    /** The peer is banned or its standing is bad. */
    record BadStanding() implements ConnectionRefusedReason {}

    /** The two versions cannot work together. */
    record IncompatibleVersion() implements ConnectionRefusedReason {}

    /** The listener has as many peers as it wants, overall or from this address. */
    record MaxPeerNumberExceeded() implements ConnectionRefusedReason {}

    /** The dialler reached itself. */
    record SelfConnect() implements ConnectionRefusedReason {}

    /**
     * Another reason.
     *
     * @param code in {@code [0, 255]}; 0 says that the clocks differ too much, others are unknown
     */
    record Other(int code) implements ConnectionRefusedReason {

        /** The clocks differ too much. */
        public static final Other BAD_TIMESTAMP = new Other(0);

        public Other {
            if (code < 0 || code > 255) {
                throw new IllegalArgumentException("reason code outside 0 to 255: " + code);
            }
        }
    }
}
