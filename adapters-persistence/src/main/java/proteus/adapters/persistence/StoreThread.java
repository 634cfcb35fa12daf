package proteus.adapters.persistence;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import proteus.application.port.StoreException;

/**
 * One platform thread that runs a store's native calls, one after the other, for whoever waits for them.
 *
 * <p>A native call would pin a virtual thread's carrier, and with it every session that runs on it; waiting here parks
 * the caller only. Callers wait, so there are never more tasks than callers.
 */
final class StoreThread {

    /** Work that may find the store damaged. */
    interface Task<T> {
        T run() throws StoreException;
    }

    private final ThreadPoolExecutor executor;
    private final LongAdder calls = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();

    StoreThread(String name) {
        executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /**
     * Runs {@code task} and waits for it. An interrupt does not end the wait, since the effect is under way; the thread
     * is found interrupted afterwards.
     *
     * @throws StoreException what the task threw, or that the thread was shut down
     */
    <T> T call(Task<T> task) throws StoreException {
        FutureTask<T> future = new FutureTask<>(() -> timed(task));
        try {
            executor.execute(future);
        } catch (RejectedExecutionException shutDown) {
            throw StoreFailures.closed();
        }
        return await(future);
    }

    private <T> T timed(Task<T> task) throws StoreException {
        long began = System.nanoTime();
        try {
            return task.run();
        } finally {
            calls.increment();
            busyNanos.add(System.nanoTime() - began);
        }
    }

    /** How many tasks are done. For any thread, as the next two. */
    long calls() {
        return calls.sum();
    }

    /** How long they took together. */
    double busySeconds() {
        return busyNanos.sum() / 1e9;
    }

    /** How many tasks wait. */
    int waiting() {
        return executor.getQueue().size();
    }

    /** Takes no more tasks; what was given is still done. */
    void shutDown() {
        executor.shutdown();
    }

    private static <T> T await(FutureTask<T> future) throws StoreException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException failure) {
                    throw unwrapped(failure);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static StoreException unwrapped(ExecutionException failure) {
        return switch (failure.getCause()) {
            // A new one, so that its trace shows the caller.
            case StoreException known ->
                new StoreException(known.store(), known.reason(), String.valueOf(known.getMessage()), known);
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException("the store failed unexpectedly", failure.getCause());
        };
    }
}
