package proteus.application.frame;

import java.nio.ByteBuffer;
import proteus.application.wire.FrameKind;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.json.PeerMessageJson;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** JSON as serde writes it. */
final class JsonFrames implements FrameEncoding {

    @Override
    public byte[] encode(PeerMessage message) {
        return PeerMessageJson.encode(message);
    }

    @Override
    public PeerMessage decode(byte[] payload) throws MalformedMessageException {
        return PeerMessageJson.decode(payload);
    }

    @Override
    public int limit(PeerMessageKind kind) {
        return FrameLimits.json(kind);
    }

    @Override
    public FrameKind kindOf(long length, ByteBuffer received) {
        return FrameKind.ofJson(length, received);
    }

    @Override
    public String toString() {
        return "json";
    }
}
