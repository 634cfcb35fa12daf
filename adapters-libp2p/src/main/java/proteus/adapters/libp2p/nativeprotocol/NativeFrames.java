package proteus.adapters.libp2p.nativeprotocol;

import java.nio.ByteBuffer;
import proteus.application.bridge.MessageBridge;
import proteus.application.frame.FrameEncoding;
import proteus.application.wire.FrameKind;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * Peer messages in Protobuf, as frames carry them.
 *
 * <p>Decoding takes at most 64 times the bytes and 1 MiB of heap, whatever they are, as every other form does. A kind has
 * the limit that it has in bincode. Safe for use by many threads.
 */
public final class NativeFrames implements FrameEncoding {

    /** The form of frames. What it needs is loaded now: the first peer's handshake should not have to wait for that. */
    public NativeFrames() {
        try {
            decode(encode(new PeerMessage.Bye()));
        } catch (MalformedMessageException impossible) {
            throw new IllegalStateException("own encoding refused", impossible);
        }
    }

    @Override
    public byte[] encode(PeerMessage message) {
        return NativeMessage.of(MessageBridge.toLibp2p(message)).toBytes();
    }

    @Override
    public PeerMessage decode(byte[] payload) throws MalformedMessageException {
        return MessageBridge.toPeer(NativeMessage.parse(payload).message());
    }

    @Override
    public int limit(PeerMessageKind kind) {
        return FrameLimits.bincode(kind);
    }

    @Override
    public FrameKind kindOf(long length, ByteBuffer received) {
        return NativeKind.of(length, received);
    }

    @Override
    public String toString() {
        return "protobuf";
    }
}
