package proteus.adapters.legacytcp;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.DialFailedException;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;

/** Two nodes on loopback: the far one decodes what comes and sends it back. */
final class LegacyEcho implements AutoCloseable {

    private final TestNode nearNode = new TestNode(TestNode.PATIENT, Handshakes.of(1));
    private final TestNode farNode = new TestNode(TestNode.PATIENT, Handshakes.of(2));
    private final Inbox near;
    private final Thread echo;

    LegacyEcho() throws IOException, DialFailedException, InterruptedException {
        near = new Inbox(nearNode.transport().dial(TestNode.endpoint(farNode.address())));
        Inbox far = new Inbox(farNode.gate().awaitConnection());
        echo = Thread.ofVirtual().start(() -> echo(far));
    }

    private static void echo(Inbox far) {
        try {
            while (true) {
                far.connection.send(far.take());
            }
        } catch (InterruptedException | MalformedMessageException | ConnectionClosedException over) {
            // The benchmark is over.
        }
    }

    /** Sends a message. */
    void send(PeerMessage message) throws ConnectionClosedException {
        near.connection.send(message);
    }

    /** Waits for the next one that comes back. */
    PeerMessage await() throws InterruptedException, MalformedMessageException {
        return near.take();
    }

    @Override
    public void close() {
        echo.interrupt();
        nearNode.close();
        farNode.close();
    }

    /** What a session does: asks for one frame, takes it, asks for the next. */
    private static final class Inbox {

        private final PeerConnection connection;
        private final BlockingQueue<InboundFrame> frames = new LinkedBlockingQueue<>();

        private Inbox(PeerConnection connection) {
            this.connection = connection;
            connection.open(event -> {
                if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
                    frames.add(frame);
                }
            });
            connection.request();
        }

        private PeerMessage take() throws InterruptedException, MalformedMessageException {
            try (InboundFrame frame = frames.take()) {
                connection.request();
                return frame.decode();
            }
        }
    }
}
