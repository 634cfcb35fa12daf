package proteus.application.frame;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proteus.application.memory.InboundBudget.Reservation;
import proteus.application.port.InboundFrame;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** One whole frame off a link, and the memory reserved for it. */
final class WireFrame implements InboundFrame {

    private final FrameEncoding encoding;
    private final PeerMessageKind kind;
    private final int size;
    private final Optional<Reservation> reservation;
    private byte @Nullable [] payload;

    /**
     * Takes over the array and the reservation.
     *
     * @param reservation empty for a handshake's frames, which other limits bound
     */
    WireFrame(FrameEncoding encoding, PeerMessageKind kind, byte[] payload, Optional<Reservation> reservation) {
        this.encoding = encoding;
        this.kind = kind;
        this.size = payload.length;
        this.payload = payload;
        this.reservation = reservation;
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
        byte[] bytes = payload;
        if (bytes == null) {
            throw new IllegalStateException("the frame is closed");
        }
        return encoding.decode(bytes);
    }

    @Override
    public void close() {
        payload = null;
        reservation.ifPresent(Reservation::close);
    }
}
