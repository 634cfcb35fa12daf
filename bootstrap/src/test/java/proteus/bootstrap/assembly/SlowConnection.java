package proteus.bootstrap.assembly;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.Direction;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** A connection over which one frame comes, whose decoding computes until it is told to end. */
final class SlowConnection implements PeerConnection {

    private static final int SIZE = 20 << 20;

    private final Description description;
    private final CountDownLatch decoding;
    private final AtomicBoolean over;
    private @Nullable Consumer<ConnectionEvent> listener;
    private boolean delivered;

    /**
     * A connection with the {@code number}th peer.
     *
     * @param decoding counts the decodes that have begun
     * @param over ends them
     */
    SlowConnection(int number, CountDownLatch decoding, AtomicBoolean over) {
        PeerAddress address = new PeerAddress(new IpAddress.V4(0x7F000200 | number), 9798);
        description = new Description(
                Carrier.LEGACY_TCP,
                Direction.INBOUND,
                address,
                PeerId.ofLegacy(address),
                RawDialler.handshake(1000 + number),
                Instant.now(),
                Instant.now());
        this.decoding = decoding;
        this.over = over;
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public synchronized void open(Consumer<ConnectionEvent> events) {
        listener = events;
    }

    @Override
    public synchronized void request() {
        if (!delivered && listener != null) {
            delivered = true;
            listener.accept(new ConnectionEvent.FrameArrived(new Frame()));
        }
    }

    @Override
    public void send(PeerMessage message) {}

    @Override
    public Traffic traffic() {
        return new Traffic(0, 0, 0, 0);
    }

    @Override
    public synchronized void close() {
        Optional.ofNullable(listener)
                .ifPresent(events -> events.accept(new ConnectionEvent.Closed(ConnectionEvent.CloseCause.LOCAL)));
    }

    private final class Frame implements InboundFrame {

        @Override
        public PeerMessageKind kind() {
            return PeerMessageKind.BLOCK;
        }

        @Override
        public int size() {
            return SIZE;
        }

        @Override
        public PeerMessage decode() {
            decoding.countDown();
            while (!over.get()) {
                Thread.onSpinWait();
            }
            return new PeerMessage.Bye();
        }

        @Override
        public void close() {}
    }
}
