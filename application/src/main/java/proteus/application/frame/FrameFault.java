package proteus.application.frame;

import proteus.domain.peer.PeerMessageKind;

/** Why a {@link FrameChannel} gave up on what comes in; it reads nothing more. */
public sealed interface FrameFault {

    /**
     * The peer announced more than the kind may have.
     *
     * @param announced the announced payload length in bytes, unsigned 32 bits
     */
    record Oversized(PeerMessageKind kind, long announced) implements FrameFault {}

    /** The frame is of no known kind, or empty. */
    record UnknownKind() implements FrameFault {}

    /**
     * The frame could not be had in time.
     *
     * @param what for the log
     */
    record Starved(String what) implements FrameFault {}

    /** The connection ended within a frame. */
    record CutShort() implements FrameFault {}
}
