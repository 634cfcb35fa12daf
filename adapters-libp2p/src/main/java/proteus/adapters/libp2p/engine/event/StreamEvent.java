package proteus.adapters.libp2p.engine.event;

import java.util.Optional;
import proteus.adapters.libp2p.engine.limits.Direction;

/**
 * Something in the life of a stream.
 *
 * <p>A stream that is {@link Opened} ends in {@link Closed} or {@link Reset}; one that is not ends in {@link Refused} or
 * {@link NegotiationFailed}.
 */
public sealed interface StreamEvent extends EngineEvent {

    /** The number of the connection that the stream runs in. */
    long connection();

    /** Who opened the stream. */
    Direction direction();

    /** A stream's protocol is agreed on. */
    record Opened(long connection, String protocol, Direction direction) implements StreamEvent {}

    /**
     * A stream was not let in or not opened.
     *
     * @param protocol the protocol id, if that was known by then
     * @param reason whose refusal it was
     * @param text the values that explain it
     */
    record Refused(long connection, Optional<String> protocol, Direction direction, StreamRefusal reason, String text)
            implements StreamEvent {}

    /**
     * The two sides have not agreed on a protocol.
     *
     * @param text the protocols that were offered, or the rule that was broken
     */
    record NegotiationFailed(long connection, Direction direction, String text) implements StreamEvent {}

    /** Both directions of a stream have ended in order. */
    record Closed(long connection, String protocol, Direction direction) implements StreamEvent {}

    /**
     * A stream was cut off.
     *
     * @param byRemote whether the remote did it; otherwise this host did, or the connection ended
     */
    record Reset(long connection, String protocol, Direction direction, boolean byRemote) implements StreamEvent {}
}
