package proteus.application.frame;

import java.nio.ByteBuffer;
import proteus.application.wire.FrameKind;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.application.wire.json.PeerMessageJson;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** What the payload of a frame is written in. Safe for use by many threads. */
public enum FrameEncoding {
    /** Bincode of variable width, see {@link PeerMessageCodec}. */
    BINCODE,
    /** JSON as serde writes it, see {@link PeerMessageJson}. */
    JSON;

    /**
     * The payload that says {@code message}.
     *
     * @throws IllegalArgumentException if it is longer than any message may be
     */
    public byte[] encode(PeerMessage message) {
        return switch (this) {
            case BINCODE -> PeerMessageCodec.encode(message);
            case JSON -> PeerMessageJson.encode(message);
        };
    }

    /**
     * The message that {@code payload} says.
     *
     * @throws MalformedMessageException if it says none, or more than one
     */
    public PeerMessage decode(byte[] payload) throws MalformedMessageException {
        return switch (this) {
            case BINCODE -> PeerMessageCodec.decode(payload);
            case JSON -> PeerMessageJson.decode(payload);
        };
    }

    /** The greatest payload with a message of {@code kind}, in bytes. */
    public int limit(PeerMessageKind kind) {
        return switch (this) {
            case BINCODE -> FrameLimits.bincode(kind);
            case JSON -> FrameLimits.json(kind);
        };
    }

    /**
     * What the first bytes of a payload tell about its kind.
     *
     * @param length bytes in the payload, as its prefix says, in {@code [0, 2^32)}
     * @param received what has come of it: the remaining bytes of the buffer, which stays as it is; more than the
     *     payload has may be there
     */
    public FrameKind kindOf(long length, ByteBuffer received) {
        return switch (this) {
            case BINCODE -> FrameKind.ofBincode(length, received);
            case JSON -> FrameKind.ofJson(length, received);
        };
    }
}
