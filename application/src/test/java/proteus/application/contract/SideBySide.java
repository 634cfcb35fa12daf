package proteus.application.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Ends at one time what is joined by connections: an end that was closed waits for the other one, for all of its patience if
 * that is closed later.
 */
public final class SideBySide {

    private SideBySide() {}

    /** Closes all of them, and fails when all are closed if one of them did. */
    public static void close(Collection<? extends AutoCloseable> all) throws InterruptedException {
        List<FutureTask<Void>> closing = new ArrayList<>();
        for (AutoCloseable one : all) {
            FutureTask<Void> task = new FutureTask<>(() -> {
                one.close();
                return null;
            });
            Thread.ofPlatform().name("closing").start(task);
            closing.add(task);
        }
        AssertionError failures = new AssertionError("not closed in an orderly way");
        for (FutureTask<Void> task : closing) {
            try {
                task.get();
            } catch (ExecutionException failure) {
                failures.addSuppressed(failure.getCause());
            }
        }
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }
}
