package proteus.application.contract;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * Any connection, with a look at whether its session keeps the rules of the port.
 *
 * <p>A broken rule is kept for {@link #violations} and thrown at the caller, who may be on a thread that no test sees.
 * Frames that are not closed are seen only at the end: tests ask for {@link #unclosedFrames}.
 */
public final class AssertingPeerConnection implements PeerConnection {

    private final PeerConnection connection;
    private final BrokenRules broken;
    private final Set<AssertingFrame> unclosed = ConcurrentHashMap.newKeySet();
    private boolean opened;
    private boolean closedByCaller;
    private boolean requested;
    private boolean over;
    private volatile @Nullable Thread delivering;

    private AssertingPeerConnection(PeerConnection connection, boolean loud) {
        this.connection = connection;
        broken = new BrokenRules(loud);
    }

    /** Throws at whoever breaks a rule, before {@code connection} sees the call. */
    public static AssertingPeerConnection over(PeerConnection connection) {
        return new AssertingPeerConnection(connection, true);
    }

    /** Only keeps what rules were broken; {@code connection} sees every call. */
    public static AssertingPeerConnection recording(PeerConnection connection) {
        return new AssertingPeerConnection(connection, false);
    }

    /** The rules that were broken so far. */
    public List<BrokenRuleError> violations() {
        return broken.all();
    }

    /** What kinds of frames have arrived and are not closed yet. */
    public List<PeerMessageKind> unclosedFrames() {
        return unclosed.stream().map(AssertingFrame::kind).toList();
    }

    @Override
    public Description description() {
        return connection.description();
    }

    @Override
    public void open(Consumer<ConnectionEvent> listener) {
        synchronized (this) {
            if (opened) {
                broken.add(PortRule.OPEN_ONCE, peer());
            }
            opened = true;
        }
        connection.open(event -> deliver(event, listener));
    }

    private void deliver(ConnectionEvent event, Consumer<ConnectionEvent> listener) {
        delivering = Thread.currentThread();
        try {
            listener.accept(
                    switch (event) {
                        case ConnectionEvent.FrameArrived(var frame) -> new ConnectionEvent.FrameArrived(taken(frame));
                        case ConnectionEvent.FrameOversized _, ConnectionEvent.FrameUnknown _ -> event;
                        case ConnectionEvent.Closed _ -> ended(event);
                    });
        } finally {
            delivering = null;
        }
    }

    private AssertingFrame taken(InboundFrame frame) {
        synchronized (this) {
            requested = false;
        }
        AssertingFrame asserting = new AssertingFrame(frame, broken, this::isDelivering, unclosed::remove);
        unclosed.add(asserting);
        return asserting;
    }

    private synchronized ConnectionEvent ended(ConnectionEvent event) {
        over = true;
        return event;
    }

    private boolean isDelivering() {
        return Thread.currentThread() == delivering;
    }

    @Override
    public void request() {
        synchronized (this) {
            if (!opened) {
                broken.add(PortRule.OPEN_BEFORE_REQUEST, peer());
            }
            if (requested && !over && !closedByCaller) {
                broken.add(PortRule.ONE_OUTSTANDING_REQUEST, peer());
            }
            requested = true;
        }
        connection.request();
    }

    @Override
    public void send(PeerMessage message) throws ConnectionClosedException {
        synchronized (this) {
            if (closedByCaller) {
                broken.add(PortRule.SEND_BEFORE_CLOSE, message.kind() + " to " + peer());
            }
        }
        if (message instanceof PeerMessage.Handshake) {
            broken.add(PortRule.NO_SECOND_HANDSHAKE, "to " + peer());
        }
        connection.send(message);
    }

    @Override
    public Traffic traffic() {
        return connection.traffic();
    }

    @Override
    public void close() {
        synchronized (this) {
            closedByCaller = true;
        }
        connection.close();
    }

    private String peer() {
        return description().address().toString();
    }
}
