package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.port.WorkPool;

/** What every {@link WorkPool} does. */
@Timeout(30)
public abstract class WorkPoolContract {

    private final WorkPool pool = create();

    /** A pool with one thread and no queue. */
    protected abstract WorkPool create();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void theResultComesBack() throws Exception {
        assertThat(pool.run(() -> 6 * 7)).isEqualTo(42);
    }

    @Test
    void whatTheWorkThrewIsTheCause() {
        IllegalStateException failure = new IllegalStateException("on purpose");

        assertThatThrownBy(() -> pool.run(() -> {
                    throw failure;
                }))
                .isInstanceOf(ExecutionException.class)
                .hasCause(failure);
    }

    @Test
    void anInterruptedCallerGetsAwayAndItsPlaceBecomesFree() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                pool.run(() -> {
                    started.countDown();
                    new CountDownLatch(1).await();
                    return null;
                });
            } catch (InterruptedException | ExecutionException e) {
                seen.set(e);
            }
        });
        started.await();

        caller.interrupt();
        caller.join();

        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        assertThat(pool.run(() -> "free again")).isEqualTo("free again");
    }

    @Test
    void aClosedPoolTakesNoWork() {
        pool.close();
        pool.close();

        assertThatThrownBy(() -> pool.run(() -> 1)).isInstanceOf(IllegalStateException.class);
    }
}
