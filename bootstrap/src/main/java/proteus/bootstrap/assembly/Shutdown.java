package proteus.bootstrap.assembly;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An order to end, which is given once, by whomever, and awaited by who can carry it out. Safe for use by many threads. */
public final class Shutdown {

    private final CountDownLatch ordered = new CountDownLatch(1);

    /** Gives the order. Returns at once; again, it does nothing. */
    public void order() {
        ordered.countDown();
    }

    /** Waits for the order. */
    public void await() throws InterruptedException {
        ordered.await();
    }

    /**
     * Waits for the order, at most {@code patience}.
     *
     * @return whether it was given
     */
    public boolean await(Duration patience) throws InterruptedException {
        return ordered.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
