package proteus.application.samples;

import java.lang.reflect.Method;

/** Counts the heap that the current thread takes, through the virtual machine's own counter. */
public final class AllocatedBytes {

    private final Object threads;
    private final Method counter;

    /** A counter, for the thread that asks it. */
    public AllocatedBytes() {
        try {
            // By reflection, because the module under test has no business reading the management modules.
            threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            counter = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this virtual machine does not count allocations", e);
        }
    }

    /** Bytes that this thread has taken from the heap since it started. */
    public long count() {
        try {
            return (long) counter.invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Bytes that {@code work} takes. Work that takes more than {@code expected} is done a second time, and that time
     * counts: the first time, the virtual machine takes memory for the classes that it meets.
     */
    public long takenBy(Runnable work, long expected) {
        long taken = takenBy(work);
        return taken > expected ? takenBy(work) : taken;
    }

    private long takenBy(Runnable work) {
        long before = count();
        work.run();
        return count() - before;
    }
}
