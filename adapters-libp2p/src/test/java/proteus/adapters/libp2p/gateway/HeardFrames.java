package proteus.adapters.libp2p.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
import proteus.application.wire.MalformedMessageException;

/** A session that asks for one frame at a time, decodes it on the test's thread, and says what it was. */
final class HeardFrames {

    private static final int PATIENCE_SECONDS = 20;

    private final PeerConnection connection;
    private final BlockingQueue<InboundFrame> frames = new LinkedBlockingQueue<>();
    private final List<ConnectionEvent> faults = new CopyOnWriteArrayList<>();
    private final CompletableFuture<CloseCause> closed = new CompletableFuture<>();
    private Duration slowestDecode = Duration.ZERO;

    private HeardFrames(PeerConnection connection) {
        this.connection = connection;
    }

    /** The session of {@code connection}, which nobody has opened. */
    static HeardFrames of(PeerConnection connection) {
        HeardFrames heard = new HeardFrames(connection);
        connection.open(heard::on);
        connection.request();
        return heard;
    }

    private void on(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.FrameArrived(var frame) -> frames.add(frame);
            case ConnectionEvent.FrameOversized _, ConnectionEvent.FrameUnknown _ -> faults.add(event);
            case ConnectionEvent.Closed(var cause) -> closed.complete(cause);
        }
    }

    /** The next message as text, or {@code malformed}. */
    String next() throws InterruptedException {
        InboundFrame next = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no frame came; closed: " + closed + ", faults: " + faults);
        }
        long began = System.nanoTime();
        try (next) {
            return next.decode().toString();
        } catch (MalformedMessageException malformed) {
            return "malformed";
        } finally {
            Duration taken = Duration.ofNanos(System.nanoTime() - began);
            slowestDecode = taken.compareTo(slowestDecode) > 0 ? taken : slowestDecode;
            connection.request();
        }
    }

    /** How long the slowest of them took to decode. */
    Duration slowestDecode() {
        return slowestDecode;
    }

    /** What the peer did that ends a connection. */
    List<ConnectionEvent> faults() {
        return List.copyOf(faults);
    }

    /** Waits for the end. */
    CloseCause awaitClosed() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
