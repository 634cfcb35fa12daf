package proteus.adapters.rpc.http;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.port.StoreException;

/** Lets few callers look through blocks at a time, so that the store is there for the rest. Safe for use by many threads. */
final class Turns {

    private static final System.Logger LOGGER = System.getLogger(Turns.class.getName());

    private final Semaphore free;
    private final Duration patience;

    /**
     * So many at a time.
     *
     * @param patience how long a further one waits before it is told that it cannot be answered
     */
    Turns(int count, Duration patience) {
        this.free = new Semaphore(count, true);
        this.patience = patience;
    }

    /** What looks through blocks. */
    @FunctionalInterface
    interface Search {
        JsonContent run() throws JsonRpcException, StoreException;
    }

    /** Waits for a turn, and searches. */
    JsonContent take(Search search) throws JsonRpcException, StoreException {
        if (!awaitTurn()) {
            LOGGER.log(Level.WARNING, "a JSON-RPC call was not answered: too many look through blocks");
            throw new JsonRpcException(JsonRpcError.INTERNAL);
        }
        try {
            return search.run();
        } finally {
            free.release();
        }
    }

    private boolean awaitTurn() {
        try {
            return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
