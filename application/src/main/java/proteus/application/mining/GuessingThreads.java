package proteus.application.mining;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.port.Randomness;
import proteus.domain.block.Block;
import proteus.domain.consensus.Guesser;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;

/**
 * Threads that look for nonces, of a priority below all others. They are not those of the work pool, which they would keep
 * busy for good, and are not there while nothing is looked for. Safe for use by many threads.
 */
final class GuessingThreads implements AutoCloseable {

    /** So many nonces are tried before a thread looks whether it should stop: a tenth of a second, or less. */
    static final int BATCH = 1000;

    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;
    private static final System.Logger LOG = System.getLogger(GuessingThreads.class.getName());

    private final int count;
    private final Randomness randomness;
    private final ThreadPoolExecutor executor;

    @SuppressWarnings(
            "ThreadPriorityCheck") // Nothing relies on it: where it has no effect, guessing is no more than a bad
    // neighbour.
    GuessingThreads(int count, Randomness randomness) {
        this.count = count;
        this.randomness = randomness;
        executor = new ThreadPoolExecutor(
                count,
                count,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .name("guess-", 0)
                        .priority(Thread.MIN_PRIORITY)
                        .daemon(true)
                        .factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** A search for one nonce, which goes on until it is found or {@link #stop} is called. */
    final class Search {

        private final Block block;
        private final Consumer<Block> found;
        private final AtomicReference<@Nullable Block> solution = new AtomicReference<>();
        private volatile boolean stopped;

        private Search(Block block, Consumer<Block> found) {
            this.block = block;
            this.found = found;
        }

        private void run() {
            try {
                while (!stopped) {
                    Optional<Block> solved = Guesser.guess(block, randomNonce(), BATCH);
                    if (solved.isPresent() && !stopped && solution.compareAndSet(null, solved.get())) {
                        stopped = true;
                        found.accept(solved.get());
                    }
                }
            } catch (RuntimeException | Error defect) {
                LOG.log(Level.ERROR, "guessing failed", defect);
            }
        }

        /** Lets the threads stop after their batch. Nothing is found afterwards. */
        void stop() {
            stopped = true;
        }

        /** The block with its nonce, once it is found. */
        Optional<Block> solution() {
            return Optional.ofNullable(solution.get());
        }
    }

    /**
     * Begins to look for the nonce of {@code block} with all threads.
     *
     * @param found gets the solved block, once, on one of the threads; must return soon
     * @throws IllegalStateException if this is closed
     */
    Search search(Block block, Consumer<Block> found) {
        Search search = new Search(block, found);
        try {
            for (int i = 0; i < count; i++) {
                executor.execute(search::run);
            }
        } catch (RejectedExecutionException closed) {
            search.stop();
            throw new IllegalStateException("the guessing threads are closed", closed);
        }
        return search;
    }

    /** Looks for the nonce of {@code block} and waits for it; empty if it takes longer than {@code patience}. */
    Optional<Block> solve(Block block, Duration patience) throws InterruptedException {
        CountDownLatch found = new CountDownLatch(1);
        Search search = search(block, _ -> found.countDown());
        try {
            boolean _ = found.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            search.stop();
        }
        return search.solution();
    }

    private Digest randomNonce() {
        return new Digest(element(), element(), element(), element(), element());
    }

    private long element() {
        return Long.remainderUnsigned(randomness.nextLong(), BFieldElement.P);
    }

    /** Ends the threads, and waits a little until they are gone. Searches must have been stopped. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "threads that guess did not end in time");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
