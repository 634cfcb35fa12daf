package proteus.adapters.rpc.metrics;

import static proteus.adapters.rpc.metrics.Families.one;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import proteus.adapters.rpc.metrics.Families.Values;

/**
 * The Java process, under the names that Prometheus' own clients give it, so that common dashboards find it. Nodes that
 * share a process show the same. Safe for use by many threads.
 */
final class ProcessMetrics {

    void addTo(Families families) {
        addMemoryTo(families);
        addCollectionsTo(families);
        families.gauge(
                "jvm_threads_current",
                "Platform threads of the process; virtual ones are not counted.",
                one(ManagementFactory.getThreadMXBean().getThreadCount()));
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        families.gauge(
                        "process_start_time_seconds",
                        "When the process started, in seconds since 1970.",
                        one(runtime.getStartTime() / 1e3))
                .gauge(
                        "process_uptime_seconds",
                        "For how long the process has been running.",
                        one(runtime.getUptime() / 1e3));
        addSystemTo(families);
    }

    private static void addMemoryTo(Families families) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        MemoryUsage other = memory.getNonHeapMemoryUsage();
        families.gauge("jvm_memory_used_bytes", "Memory that the JVM uses.", byArea(heap.getUsed(), other.getUsed()))
                .gauge(
                        "jvm_memory_committed_bytes",
                        "Memory that the JVM has from the system.",
                        byArea(heap.getCommitted(), other.getCommitted()))
                .gauge(
                        "jvm_memory_max_bytes",
                        "Memory that the JVM may use; -1 if there is no limit.",
                        byArea(heap.getMax(), other.getMax()));
        Values used = new Values();
        Values count = new Values();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            used.with(pool.getMemoryUsed(), "pool", pool.getName());
            count.with(pool.getCount(), "pool", pool.getName());
        }
        families.gauge(
                        "jvm_buffer_pool_used_bytes",
                        "Memory outside the heap in buffers that the JVM counts; direct is what sockets work with.",
                        used)
                .gauge("jvm_buffer_pool_used_buffers", "How many such buffers there are.", count);
    }

    private static Values byArea(long heap, long other) {
        return new Values().with(heap, "area", "heap").with(other, "area", "nonheap");
    }

    private static void addCollectionsTo(Families families) {
        SummarySnapshot.Builder collections = SummarySnapshot.builder()
                .name("jvm_gc_collection_seconds")
                .help("Garbage collections, and the time that they took.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections.dataPoint(SummaryDataPointSnapshot.builder()
                    .labels(Labels.of("gc", collector.getName()))
                    .count(Math.max(0, collector.getCollectionCount()))
                    .sum(Math.max(0, collector.getCollectionTime()) / 1e3)
                    .build());
        }
        families.add(collections.build());
    }

    private static void addSystemTo(Families families) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                && system.getProcessCpuTime() >= 0) {
            families.counter(
                    "process_cpu_seconds",
                    "Processor time that the process has used, over all cores.",
                    one(system.getProcessCpuTime() / 1e9));
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            families.gauge(
                            "process_open_fds",
                            "Open file descriptors: files, sockets and pipes.",
                            one(unix.getOpenFileDescriptorCount()))
                    .gauge(
                            "process_max_fds",
                            "How many file descriptors the process may have open.",
                            one(unix.getMaxFileDescriptorCount()));
        }
    }
}
