package proteus.application.contract;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proteus.application.port.InboundFrame;
import proteus.application.wire.FrameKind;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** A frame whose bytes came from within the process. */
final class InMemoryFrame implements InboundFrame {

    private final PeerMessageKind kind;
    private final int size;
    private byte @Nullable [] payload;

    InMemoryFrame(PeerMessageKind kind, byte[] payload) {
        this.kind = kind;
        this.payload = payload;
        size = payload.length;
    }

    /** The kind of a whole payload; empty if there is none such. */
    static Optional<PeerMessageKind> kindOf(byte[] payload) {
        return switch (FrameKind.ofBincode(payload.length, ByteBuffer.wrap(payload))) {
            case FrameKind.Known(var known) -> Optional.of(known);
            case FrameKind.Unknown(), FrameKind.Undecided() -> Optional.empty();
        };
    }

    @Override
    public PeerMessageKind kind() {
        return kind;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public PeerMessage decode() throws MalformedMessageException {
        if (payload == null) {
            throw new IllegalStateException("decode of a closed frame: " + kind + " of " + size + " bytes");
        }
        return PeerMessageCodec.decode(payload);
    }

    @Override
    public void close() {
        payload = null;
    }
}
