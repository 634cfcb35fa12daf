package proteus.application.contract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * One end of a connection within the process. The two ends share one lock; listeners are called on a thread of the end's
 * own, one event at a time.
 */
public final class InMemoryPeerConnection implements PeerConnection {

    private final Object lock;
    private final Description description;
    private final int outboundBytes;
    private final ExecutorService deliveries =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final Deque<byte[]> inbound = new ArrayDeque<>();
    private @Nullable InMemoryPeerConnection other;
    private @Nullable Consumer<ConnectionEvent> listener;
    private @Nullable CloseCause closed;
    private boolean remoteClosed;
    private boolean toldClosed;
    private int inboundBytes;
    private long credit;
    private long framesIn;
    private long bytesIn;
    private long framesOut;
    private long bytesOut;

    private InMemoryPeerConnection(Object lock, Description description, int outboundBytes) {
        this.lock = lock;
        this.description = description;
        this.outboundBytes = outboundBytes;
    }

    /** Two ends, each with what it is to know of the other. */
    public static ConnectedPair pair(Description ofFar, Description ofNear, int outboundBytes) {
        Object lock = new Object();
        InMemoryPeerConnection near = new InMemoryPeerConnection(lock, ofFar, outboundBytes);
        InMemoryPeerConnection far = new InMemoryPeerConnection(lock, ofNear, outboundBytes);
        near.other = far;
        far.other = near;
        return new ConnectedPair(near, far);
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public void open(Consumer<ConnectionEvent> events) {
        synchronized (lock) {
            if (listener != null) {
                throw new IllegalStateException("opened before");
            }
            listener = events;
            deliver();
        }
    }

    @Override
    public void request() {
        synchronized (lock) {
            credit++;
            deliver();
        }
    }

    @Override
    public void send(PeerMessage message) throws ConnectionClosedException {
        sendFrame(PeerMessageCodec.encode(message));
    }

    /** Sends any bytes as one frame: what a peer does that is up to no good. */
    public void sendFrame(byte[] payload) throws ConnectionClosedException {
        synchronized (lock) {
            InMemoryPeerConnection peer = peer();
            if (closed != null || remoteClosed) {
                throw new ConnectionClosedException("closed");
            }
            if (peer.inboundBytes > 0 && peer.inboundBytes + payload.length > outboundBytes) {
                finish(CloseCause.OUTBOUND_FULL);
                throw new ConnectionClosedException("outbound queue is full");
            }
            framesOut++;
            bytesOut += payload.length;
            peer.inbound.add(payload);
            peer.inboundBytes += payload.length;
            peer.deliver();
        }
    }

    @Override
    public Traffic traffic() {
        synchronized (lock) {
            return new Traffic(framesIn, bytesIn, framesOut, bytesOut);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed == null) {
                finish(CloseCause.LOCAL);
            }
        }
    }

    private InMemoryPeerConnection peer() {
        if (other == null) {
            throw new IllegalStateException("an end without its other end");
        }
        return other;
    }

    private void finish(CloseCause cause) {
        closed = cause;
        peer().remoteClosed = true;
        peer().deliver();
        deliver();
    }

    private void deliver() {
        Consumer<ConnectionEvent> to = listener;
        if (to == null) {
            return;
        }
        while (closed == null && credit > 0 && !inbound.isEmpty()) {
            byte[] payload = inbound.remove();
            credit--;
            inboundBytes -= payload.length;
            framesIn++;
            bytesIn += payload.length;
            tell(to, new ConnectionEvent.FrameArrived(new Frame(payload)));
        }
        boolean over = closed != null || remoteClosed && inbound.isEmpty();
        if (over && !toldClosed) {
            toldClosed = true;
            CloseCause cause = closed != null ? closed : CloseCause.REMOTE;
            closed = cause;
            tell(to, new ConnectionEvent.Closed(cause));
            deliveries.shutdown();
        }
    }

    private void tell(Consumer<ConnectionEvent> to, ConnectionEvent event) {
        deliveries.execute(() -> to.accept(event));
    }

    private record Frame(byte[] payload) implements InboundFrame {

        @Override
        public PeerMessageKind kind() {
            return PeerMessageKind.fromIndex(payload[0]).orElseThrow();
        }

        @Override
        public int size() {
            return payload.length;
        }

        @Override
        public PeerMessage decode() throws MalformedMessageException {
            return PeerMessageCodec.decode(payload);
        }

        @Override
        public void close() {}
    }
}
