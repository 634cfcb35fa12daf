package proteus.adapters.legacytcp;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.InboundFrame;
import proteus.application.wire.MalformedMessageException;

/** Keeps each frame that came as text, whether it decodes or not. */
final class RecordedFrames implements Consumer<ConnectionEvent> {

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @Override
    public void accept(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
            try (frame) {
                seen.add(text(frame));
            }
        }
    }

    private static String text(InboundFrame frame) {
        try {
            return frame.decode().toString();
        } catch (MalformedMessageException e) {
            return frame.kind().upstreamName() + " does not decode";
        }
    }

    /** The next frame, which must come soon. */
    String next() throws InterruptedException {
        String next = seen.poll(RawPeer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no frame came");
        }
        return next;
    }
}
