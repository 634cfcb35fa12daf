package proteus.application.frame;

import java.nio.ByteBuffer;
import proteus.application.wire.FrameKind;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.application.wire.json.PeerMessageJson;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * What the payload of a frame is written in. Safe for use by many threads.
 *
 * <p>The forms that neptune-core knows are here; an adapter may bring another.
 */
public interface FrameEncoding {

    /** Bincode of variable width, see {@link PeerMessageCodec}. */
    FrameEncoding BINCODE = new BincodeFrames();

    /** JSON as serde writes it, see {@link PeerMessageJson}. */
    FrameEncoding JSON = new JsonFrames();

    /**
     * The payload that says {@code message}.
     *
     * @throws IllegalArgumentException if it is longer than any message may be
     */
    byte[] encode(PeerMessage message);

    /**
     * The message that {@code payload} says.
     *
     * @throws MalformedMessageException if it says none, or more than one
     */
    PeerMessage decode(byte[] payload) throws MalformedMessageException;

    /** The greatest payload with a message of {@code kind}, in bytes. */
    int limit(PeerMessageKind kind);

    /**
     * What the first bytes of a payload tell about its kind.
     *
     * @param length bytes in the payload, as its prefix says, in {@code [0, 2^32)}
     * @param received what has come of it: the remaining bytes of the buffer, which stays as it is; more than the
     *     payload has may be there
     */
    FrameKind kindOf(long length, ByteBuffer received);
}
