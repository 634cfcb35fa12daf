package proteus.bootstrap.assembly;

import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns a signal that ends this process into an order to end, and holds the end up until the order is carried out.
 *
 * <p>Java's own exit code would then be that of a killed process; an orderly end has the code that it is given here.
 */
public final class EndOfProcess implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EndOfProcess.class.getName());

    /** How long an orderly end may take before the process ends without it. */
    private static final long END_SECONDS = 10;

    /** How a process ends that a signal ended before anything was done. */
    private static final int FAILED = 1;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile int exitCode = FAILED;

    private EndOfProcess(Shutdown shutdown) {
        hook = Thread.ofPlatform().name("end").unstarted(() -> {
            shutdown.order();
            if (isDoneInTime()) {
                Runtime.getRuntime().halt(exitCode);
            }
            LOG.log(Level.ERROR, "no orderly end within {0} s; ended by force", END_SECONDS);
        });
    }

    /** From now on a signal gives {@code shutdown} its order. */
    public static EndOfProcess watch(Shutdown shutdown) {
        EndOfProcess end = new EndOfProcess(shutdown);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    private boolean isDoneInTime() {
        try {
            return done.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Says how the process is to end if a signal ends it; as failed if nothing is said. */
    public void exitWith(int code) {
        exitCode = code;
    }

    /** All is done: a process that was held up ends, and another is no longer watched. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            LOG.log(Level.DEBUG, "a signal ended the process");
        }
    }
}
