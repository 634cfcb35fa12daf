package proteus.domain.peer;

/**
 * A listener's answer to a handshake.
 *
 * <p>Source: neptune-p2p 0.19.4.
 */
public sealed interface TransferConnectionStatus {

    /**
     * The connection is refused, and closed next.
     *
     * @param reason why
     */
    record Refused(ConnectionRefusedReason reason) implements TransferConnectionStatus {}

    /** The connection is accepted. */
    record Accepted() implements TransferConnectionStatus {}
}
