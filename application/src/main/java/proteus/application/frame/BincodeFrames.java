package proteus.application.frame;

import java.nio.ByteBuffer;
import proteus.application.wire.FrameKind;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** Bincode of variable width. */
final class BincodeFrames implements FrameEncoding {

    @Override
    public byte[] encode(PeerMessage message) {
        return PeerMessageCodec.encode(message);
    }

    @Override
    public PeerMessage decode(byte[] payload) throws MalformedMessageException {
        return PeerMessageCodec.decode(payload);
    }

    @Override
    public int limit(PeerMessageKind kind) {
        return FrameLimits.bincode(kind);
    }

    @Override
    public FrameKind kindOf(long length, ByteBuffer received) {
        return FrameKind.ofBincode(length, received);
    }

    @Override
    public String toString() {
        return "bincode";
    }
}
