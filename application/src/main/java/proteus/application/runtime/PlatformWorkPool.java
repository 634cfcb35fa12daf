package proteus.application.runtime;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import proteus.application.port.Instrument;
import proteus.application.port.Measurement;
import proteus.application.port.WorkPool;

/** A fixed number of platform threads with a bounded queue before them. Safe for use by many threads. */
public final class PlatformWorkPool implements WorkPool, Instrument {

    private static final long CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor executor;
    private final Semaphore places;

    /**
     * A pool of {@code threads} threads whose names begin with {@code name}.
     *
     * @param queued how many pieces of work may wait, besides those that run
     * @throws IllegalArgumentException if {@code threads} is not positive or {@code queued} is negative
     */
    public PlatformWorkPool(String name, int threads, int queued) {
        if (queued < 0) {
            throw new IllegalArgumentException("negative queue length: " + queued);
        }
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name, 0).daemon(true).factory());
        places = new Semaphore(threads + queued);
    }

    @Override
    public <T> T run(Callable<T> work) throws ExecutionException, InterruptedException {
        places.acquire();
        FutureTask<T> task = new FutureTask<>(work) {
            @Override
            protected void done() {
                // Also called for a task that was cancelled before it ran.
                places.release();
            }
        };
        try {
            executor.execute(task);
        } catch (RejectedExecutionException closed) {
            task.cancel(false);
            throw new IllegalStateException("the work pool is closed", closed);
        }
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            throw e;
        }
    }

    @Override
    public List<Measurement> measurements() {
        return List.of(
                Measurement.gauge(
                        "proteus_work_pool_threads",
                        "Threads for what computes long, such as judging blocks.",
                        executor.getMaximumPoolSize()),
                Measurement.gauge(
                        "proteus_work_pool_busy_threads",
                        "How many of these threads are at work.",
                        executor.getActiveCount()),
                Measurement.gauge(
                        "proteus_work_pool_waiting",
                        "Pieces of work that wait for a thread.",
                        executor.getQueue().size()),
                Measurement.counter(
                        "proteus_work_pool_tasks", "Pieces of work that are done.", executor.getCompletedTaskCount()));
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
