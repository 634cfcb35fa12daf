package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;

final class StoreThreadTest {

    private final StoreThread thread = new StoreThread("test-store");

    @AfterEach
    void shutDown() {
        thread.shutDown();
    }

    @Test
    void everyTaskRunsOnTheOnePlatformThread() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Thread>> ranOn = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                ranOn.add(callers.submit(() -> thread.call(Thread::currentThread)));
            }

            Thread first = ranOn.getFirst().get();
            assertThat(first.isVirtual()).isFalse();
            assertThat(first.getName()).isEqualTo("test-store");
            for (Future<Thread> other : ranOn) {
                assertThat(other.get()).isSameAs(first);
            }
        }
    }

    @Test
    void theCallerGetsWhatTheTaskThrew() {
        StoreException failure = catchThrowableOfType(
                StoreException.class,
                () -> thread.call(() -> {
                    throw new StoreException(Reason.IO, "no ink");
                }));

        assertThat(failure.reason()).isEqualTo(Reason.IO);
        assertThat(failure).hasMessage("no ink");
    }

    @Test
    void aFaultInATaskIsNotMistakenForOneOfTheStore() {
        IllegalStateException failure = catchThrowableOfType(
                IllegalStateException.class,
                () -> thread.call(() -> {
                    throw new IllegalArgumentException("a fault");
                }));

        assertThat(failure).hasRootCauseMessage("a fault");
    }

    @Test
    void afterShutdownTheStoreIsClosed() {
        thread.shutDown();

        StoreException failure = catchThrowableOfType(StoreException.class, () -> thread.call(() -> 1));

        assertThat(failure.reason()).isEqualTo(Reason.CLOSED);
    }
}
