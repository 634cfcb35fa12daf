package proteus.application.wire;

import java.lang.reflect.Method;

/** Counts the heap that the current thread takes, through the virtual machine's own counter. */
final class AllocatedBytes {

    private final Object threads;
    private final Method counter;

    AllocatedBytes() {
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
    long count() {
        try {
            return (long) counter.invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
