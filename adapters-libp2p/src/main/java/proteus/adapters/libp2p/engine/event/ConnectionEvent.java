package proteus.adapters.libp2p.engine.event;

import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;

/**
 * Something in the life of a connection.
 *
 * <p>An attempt ends in one of {@link DialFailed} (outbound), {@link AcceptFailed} (inbound) and {@link Established}; what is
 * established ends in {@link Closed}. What is {@link RefusedAtAccept} has begun no attempt.
 */
public sealed interface ConnectionEvent extends EngineEvent {

    /** The number of the connection, which its attempt begins with. */
    long connection();

    /**
     * This host begins to dial one address.
     *
     * @param address what is dialled
     */
    record DialBegun(long connection, String address) implements ConnectionEvent {}

    /**
     * This host does not get a connection to one address.
     *
     * @param address what was dialled
     * @param reason what failed
     * @param text the values that explain it
     */
    record DialFailed(long connection, String address, FailureReason reason, String text) implements ConnectionEvent {}

    /**
     * A remote has connected and is about to be asked who it is.
     *
     * @param remoteAddress where it comes from
     */
    record AcceptBegun(long connection, String remoteAddress) implements ConnectionEvent {}

    /**
     * A remote was turned away before a byte was read.
     *
     * @param remoteAddress where it came from
     * @param reason whose refusal it was
     * @param text the values that explain it
     */
    record RefusedAtAccept(long connection, String remoteAddress, AcceptRefusal reason, String text)
            implements ConnectionEvent {}

    /**
     * A remote that had connected has not come to an established connection.
     *
     * @param remoteAddress where it came from
     * @param reason what failed
     * @param text the values that explain it
     */
    record AcceptFailed(long connection, String remoteAddress, FailureReason reason, String text)
            implements ConnectionEvent {}

    /**
     * The remote has proven who it is.
     *
     * @param direction who opened the connection
     * @param protocol the id of the security protocol
     * @param remotePeer who the remote is
     */
    record SecuritySucceeded(long connection, Direction direction, String protocol, PeerId remotePeer)
            implements ConnectionEvent {}

    /**
     * The handshake of a security protocol has failed; the failure of the attempt follows.
     *
     * @param direction who opened the connection
     * @param protocol the id of the security protocol
     * @param reason what was wrong
     * @param text the values that explain it
     */
    record SecurityFailed(
            long connection, Direction direction, String protocol, SecurityFailedException.Reason reason, String text)
            implements ConnectionEvent {}

    /**
     * A connection is ready for streams.
     *
     * @param info what is known of it
     */
    record Established(ConnectionInfo info) implements ConnectionEvent {
        @Override
        public long connection() {
            return info.id();
        }
    }

    /**
     * An established connection has ended.
     *
     * @param info what is known of it
     * @param cause who or what ended it
     * @param text the values that explain it; may be empty
     */
    record Closed(ConnectionInfo info, CloseCause cause, String text) implements ConnectionEvent {
        @Override
        public long connection() {
            return info.id();
        }
    }
}
