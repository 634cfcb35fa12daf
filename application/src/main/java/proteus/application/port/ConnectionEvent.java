package proteus.application.port;

import proteus.domain.peer.PeerMessageKind;

/** What a {@link PeerConnection} tells its session. */
public sealed interface ConnectionEvent {

    /** A frame came. The receiver must close it. */
    record FrameArrived(InboundFrame frame) implements ConnectionEvent {}

    /**
     * The peer announced a frame longer than its kind allows; the connection closes now.
     *
     * @param announced the announced payload length in bytes, unsigned 32 bits
     */
    record FrameOversized(PeerMessageKind kind, long announced) implements ConnectionEvent {}

    /** The peer sent a frame of no known kind, or an empty one; the connection closes now. */
    record FrameUnknown() implements ConnectionEvent {}

    /** The connection is over. Nothing follows. */
    record Closed(CloseCause cause) implements ConnectionEvent {}

    /** Why a connection ended. */
    enum CloseCause {
        /** This side closed it. */
        LOCAL,
        /** The peer closed it between two frames. */
        REMOTE,
        /** The network broke it, or the peer closed it within a frame. */
        LOST,
        /** The peer did not read, and its bounded outbound queue was full. */
        OUTBOUND_FULL,
        /** Memory for an announced frame did not become free within its deadline, or the frame took too long. */
        STARVED,
        /** The peer broke the framing: see the event before. */
        PROTOCOL
    }
}
