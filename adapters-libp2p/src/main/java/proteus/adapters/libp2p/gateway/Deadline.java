package proteus.adapters.libp2p.gateway;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * When a handshake must be done.
 *
 * @param nanos by the system's timer
 */
record Deadline(long nanos) {

    /** So long from now on. */
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Waits for {@code future}, but no longer. */
    <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
