package proteus.application.contract;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.PeerConnection;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * One end of a connection within the process. The two ends share one lock; listeners are called on a virtual thread of
 * the end's own, one event at a time.
 */
public final class InMemoryPeerConnection implements PeerConnection {

    /** How the names of the threads begin that call listeners. */
    public static final String EVENT_LOOP = "in-memory-event-loop";

    private static final System.Logger LOG = System.getLogger(InMemoryPeerConnection.class.getName());

    private final Object lock;
    private final Description description;
    private final int outboundBytes;
    private final ExecutorService deliveries = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name(EVENT_LOOP).factory());
    private final Deque<byte[]> inbound = new ArrayDeque<>();
    private Runnable whenOver = () -> {};
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

    /**
     * Two ends, each with what it is to know of the other.
     *
     * @param outboundBytes how many bytes may wait at each end, but for a single larger frame
     */
    public static ConnectedPair pair(Description ofFar, Description ofNear, int outboundBytes) {
        InMemoryPeerConnection near = nearEnd(ofFar, outboundBytes, ofNear, outboundBytes);
        return new ConnectedPair(near, near.peer());
    }

    /** The near one of two ends, whose bounds may differ. */
    static InMemoryPeerConnection nearEnd(Description ofFar, int nearOutbound, Description ofNear, int farOutbound) {
        Object lock = new Object();
        InMemoryPeerConnection near = new InMemoryPeerConnection(lock, ofFar, nearOutbound);
        InMemoryPeerConnection far = new InMemoryPeerConnection(lock, ofNear, farOutbound);
        near.other = far;
        far.other = near;
        return near;
    }

    /** The other end. */
    InMemoryPeerConnection peer() {
        if (other == null) {
            throw new IllegalStateException("an end without its other end");
        }
        return other;
    }

    /** Runs {@code task} when this end is over, under the lock of both; at once if it is. */
    void whenOver(Runnable task) {
        synchronized (lock) {
            whenOver = task;
            if (closed != null) {
                task.run();
            }
        }
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public void open(Consumer<ConnectionEvent> events) {
        synchronized (lock) {
            if (listener != null) {
                throw new IllegalStateException("opened before: " + description.address());
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

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the message is longer than its kind allows: every peer would punish it
     */
    @Override
    public void send(PeerMessage message) throws ConnectionClosedException {
        byte[] payload = PeerMessageCodec.encode(message);
        int limit = FrameLimits.bincode(message.kind());
        if (payload.length > limit) {
            throw new IllegalArgumentException(message.kind() + " of " + payload.length + " bytes, limit " + limit
                    + ", for " + description.address());
        }
        sendFrame(payload);
    }

    /** Sends any bytes as one frame: what a peer does that is up to no good. */
    public void sendFrame(byte[] payload) throws ConnectionClosedException {
        synchronized (lock) {
            InMemoryPeerConnection peer = peer();
            if (closed != null || remoteClosed) {
                throw new ConnectionClosedException("closed: " + description.address());
            }
            if (peer.inboundBytes > 0 && peer.inboundBytes + (long) payload.length > outboundBytes) {
                finish(CloseCause.OUTBOUND_FULL);
                throw new ConnectionClosedException("outbound queue is full, closing " + description.address());
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
        finish(CloseCause.LOCAL);
    }

    /**
     * Waits until the listener has been told of the end, if there is one.
     *
     * @return whether that came within {@code patience}
     */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        synchronized (lock) {
            if (!toldClosed) {
                return listener == null;
            }
        }
        return deliveries.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void finish(CloseCause cause) {
        synchronized (lock) {
            if (closed != null) {
                return;
            }
            over(cause);
            peer().remoteClosed = true;
            peer().deliver();
            deliver();
        }
    }

    private void over(CloseCause cause) {
        closed = cause;
        whenOver.run();
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
            deliver(payload, to);
        }
        if (closed == null && remoteClosed && inbound.isEmpty()) {
            over(CloseCause.REMOTE);
        }
        if (closed != null && !toldClosed) {
            toldClosed = true;
            tell(to, new ConnectionEvent.Closed(closed));
            deliveries.shutdown();
        }
    }

    private void deliver(byte[] payload, Consumer<ConnectionEvent> to) {
        Optional<PeerMessageKind> kind = InMemoryFrame.kindOf(payload);
        if (kind.isEmpty()) {
            tell(to, new ConnectionEvent.FrameUnknown());
            finish(CloseCause.PROTOCOL);
            return;
        }
        if (payload.length > FrameLimits.bincode(kind.get())) {
            tell(to, new ConnectionEvent.FrameOversized(kind.get(), payload.length));
            finish(CloseCause.PROTOCOL);
            return;
        }
        framesIn++;
        bytesIn += payload.length;
        tell(to, new ConnectionEvent.FrameArrived(new InMemoryFrame(kind.get(), payload)));
    }

    private void tell(Consumer<ConnectionEvent> to, ConnectionEvent event) {
        deliveries.execute(() -> {
            try {
                to.accept(event);
            } catch (RuntimeException failure) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> "peer " + description.address() + ": the session failed on " + event,
                        failure);
                if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
                    frame.close();
                }
                finish(CloseCause.LOCAL);
            }
        });
    }
}
