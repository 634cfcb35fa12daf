package proteus.application.port;

import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * One whole frame from a peer, not decoded yet; its kind is known and its size is within the kind's limit.
 *
 * <p>Holds a part of the node-wide inbound memory budget until it is closed. For one thread at a time.
 */
public interface InboundFrame extends AutoCloseable {

    /** What the first payload bytes say it is. */
    PeerMessageKind kind();

    /** The payload's length in bytes, without the length prefix. */
    int size();

    /**
     * Decodes the payload. Takes time in proportion to {@link #size}: above 64 KiB call it on the {@link WorkPool}.
     *
     * @throws MalformedMessageException if the payload is no message of this kind
     * @throws IllegalStateException if the frame is closed
     */
    PeerMessage decode() throws MalformedMessageException;

    /** Gives the memory back. Does nothing the second time. */
    @Override
    void close();
}
