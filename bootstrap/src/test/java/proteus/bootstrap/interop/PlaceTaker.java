package proteus.bootstrap.interop;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import proteus.domain.peer.PeerAddress;

/**
 * A peer that wants the place of another: dials without end, and when it is let in at last, stays for a moment and is gone.
 *
 * @param node whose place it wants
 * @param over ends it
 */
record PlaceTaker(PeerAddress node, AtomicBoolean over) implements Runnable {

    private static final long STAY_MILLIS = 3000;
    private static final long BETWEEN_DIALS_MILLIS = 10;

    @Override
    public void run() {
        boolean had = false;
        while (!over.get() && !had) {
            try (TestPeer peer = TestPeer.dialFrom("127.0.0.2", node)) {
                peer.shakeHands(Handshakes.fresh());
                had = true;
                pause(STAY_MILLIS);
            } catch (IOException | AssertionError | IllegalStateException refused) {
                pause(BETWEEN_DIALS_MILLIS);
            }
        }
    }

    private static void pause(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
