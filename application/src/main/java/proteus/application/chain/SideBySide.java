package proteus.application.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import proteus.application.port.WorkPool;

/**
 * Runs pieces of work on the pool at once and waits for all. Safe for use by many threads.
 *
 * @param pool computes; how much runs at once is its affair
 */
record SideBySide(WorkPool pool) {

    /**
     * What the pieces gave, in their order.
     *
     * @throws InterruptedException if the waiting thread was interrupted; the work is then cancelled
     * @throws IllegalStateException if a piece threw, or the pool is closed
     */
    <T> List<T> all(List<Callable<T>> pieces) throws InterruptedException {
        List<Callable<T>> waiting = new ArrayList<>();
        pieces.forEach(piece -> waiting.add(() -> pool.run(piece)));
        return waitForAll(waiting);
    }

    /** The same for pieces that wait more than they compute, and use the pool themselves. */
    <T> List<T> waitForAll(List<Callable<T>> pieces) throws InterruptedException {
        // The threads wait for the pool, which may be slow to take work.
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : waiting.invokeAll(pieces)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a piece of work failed", failure.getCause());
        }
    }
}
