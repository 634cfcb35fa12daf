package proteus.application.port;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * A bounded pool of platform threads for work that computes long: big decodes, hashing, checks.
 *
 * <p>Virtual threads are not time-sliced, so such work on one of them would hold up every other session of its carrier.
 * Safe for use by many threads.
 */
public interface WorkPool extends AutoCloseable {

    /**
     * Runs {@code work} on a thread of the pool and waits for it; waits first while the pool and its queue are full.
     *
     * @return what {@code work} returned
     * @throws ExecutionException if {@code work} threw; the cause is what it threw
     * @throws InterruptedException if the waiting thread was interrupted; the work is then cancelled
     * @throws IllegalStateException if the pool is closed
     */
    <T> T run(Callable<T> work) throws ExecutionException, InterruptedException;

    /** Stops taking work and waits for what runs, at most some seconds. Does nothing the second time. */
    @Override
    void close();
}
