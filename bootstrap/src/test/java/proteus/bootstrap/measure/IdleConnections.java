package proteus.bootstrap.measure;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import proteus.application.wire.MalformedMessageException;
import proteus.bootstrap.assembly.RawDialler;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.TestNodes;
import proteus.domain.peer.PeerAddress;

/**
 * What an idle legacy connection costs a node: heap, direct memory, and processor time. The peers are in a process of
 * their own, so that only the node's side is counted.
 */
public final class IdleConnections {

    private static final int CONNECTIONS = 2000;
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final long INBOUND_MEMORY = 64L << 20;

    private IdleConnections() {}

    /**
     * Measures, or with an address is the peers.
     *
     * @param args none, or the address to dial
     */
    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            measure();
        } else {
            bePeers(PeerAddress.parse(args[0]).orElseThrow());
        }
    }

    private static void measure() throws Exception {
        Path directory = Files.createTempDirectory("proteus-idle-");
        try (RunningNode running = TestNodes.start(directory, TestNodes.places(CONNECTIONS + 10), INBOUND_MEMORY)) {
            PeerAddress address = running.node().ownListenAddress().orElseThrow();
            warmUp(running, address);
            long heapBefore = heap();
            long directBefore = direct();
            Process peers = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            IdleConnections.class.getName(),
                            address.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                await(running, CONNECTIONS, peers);
                long heap = heap() - heapBefore;
                long direct = direct() - directBefore;
                long cpuBefore = processorTime();
                Thread.sleep(IDLE.toMillis());
                long cpu = processorTime() - cpuBefore;
                System.out.printf(
                        "%d idle connections: heap %.1f KiB each, direct memory %.1f KiB each, %.1f %% of one core%n",
                        running.node().peers().size(),
                        heap / 1024.0 / CONNECTIONS,
                        direct / 1024.0 / CONNECTIONS,
                        100.0 * cpu / IDLE.toNanos());
            } finally {
                peers.destroy();
                peers.waitFor();
            }
        }
    }

    /** Loads every class that a session needs. */
    private static void warmUp(RunningNode running, PeerAddress address) throws Exception {
        for (int i = 0; i < 50; i++) {
            try (RawDialler peer = RawDialler.dial("127.0.0.1", address)) {
                peer.shakeHands(RawDialler.handshake(1));
                await(running, 1, null);
            }
            await(running, 0, null);
        }
    }

    private static void await(RunningNode running, int peers, @org.jspecify.annotations.Nullable Process alive)
            throws InterruptedException {
        while (running.node().peers().size() != peers) {
            if (alive != null && !alive.isAlive()) {
                throw new IllegalStateException("the peers ended early");
            }
            Thread.sleep(10);
        }
    }

    private static void bePeers(PeerAddress address)
            throws IOException, MalformedMessageException, InterruptedException {
        List<RawDialler> peers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            // A network may have a thousand connections, and an address dial as often a minute.
            String source = "127." + (1 + i / 500) + ".0.1";
            peers.add(RawDialler.dial(source, address).shakeHands(RawDialler.handshake(2 + i)));
        }
        Thread.sleep(Duration.ofMinutes(5));
        System.out.println(peers.size() + " peers waited in vain for their end");
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
