package proteus.adapters.libp2p.measure;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.DirectionLimits;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.Swarm;

/**
 * What an idle libp2p connection costs a host: memory and processor time, with each security protocol in a process of
 * its own. The peers are in another process, so that only the host's side is counted. Identify has been asked and
 * answered both ways; both sides ping by yamux every ten seconds.
 */
public final class IdleConnections {

    private static final int CONNECTIONS = 1_000;
    private static final int WARM_UP = 100;
    private static final int PEERS = 50;
    private static final Duration IDLE = Duration.ofSeconds(20);

    private IdleConnections() {}

    /**
     * Measures one kind of connection, or with an address is the peers.
     *
     * @param args {@code NOISE} or {@code TLS} for TCP with that, or {@code QUIC}; and perhaps the address to dial and how
     *     many times
     */
    public static void main(String[] args) throws Exception {
        Link link = Link.valueOf(args[0]);
        if (args.length == 1) {
            measure(link);
        } else {
            bePeers(link.security, Multiaddr.parse(args[1]), Integer.parseInt(args[2]));
        }
    }

    private enum Link {
        NOISE("/ip4/127.0.0.1/tcp/0", Security.NOISE, 0),
        TLS("/ip4/127.0.0.1/tcp/0", Security.TLS, 0),
        /** Where each side keeps a stream for pings. */
        QUIC("/ip4/127.0.0.1/udp/0/quic-v1", Security.TLS, 2);

        private final String address;
        private final Security security;
        private final int streams;

        Link(String address, Security security, int streams) {
            this.address = address;
            this.security = security;
            this.streams = streams;
        }
    }

    private static void measure(Link link) throws Exception {
        try (Host host = host(link.security)) {
            Multiaddr address = host.listen(Multiaddr.parse(link.address)).get().withPeerId(host.peerId());
            Process first = peers(link, address, WARM_UP);
            await(host, WARM_UP, link.streams, first);
            first.destroy();
            first.waitFor();
            await(host, 0, 0, null);
            long heapBefore = heap();
            long buffersBefore = buffers();
            long residentBefore = resident();
            Process peers = peers(link, address, CONNECTIONS);
            try {
                await(host, CONNECTIONS, link.streams, peers);
                long heap = heap() - heapBefore;
                long buffers = buffers() - buffersBefore;
                long resident = resident() - residentBefore;
                long cpuBefore = processorTime();
                Thread.sleep(IDLE.toMillis());
                long cpu = processorTime() - cpuBefore;
                System.out.printf(
                        "%d idle connections with %s: heap %.1f KiB each, direct memory of buffers %.1f KiB each, "
                                + "process %.1f KiB each, %.1f %% of one core%n",
                        host.connections().size(),
                        link,
                        heap / 1024.0 / CONNECTIONS,
                        buffers / 1024.0 / CONNECTIONS,
                        resident / 1024.0 / CONNECTIONS,
                        100.0 * cpu / IDLE.toNanos());
            } finally {
                peers.destroy();
                peers.waitFor();
            }
        }
    }

    private static Host host(Security security) {
        HostLimits usual = HostLimits.defaults();
        DirectionLimits many = DirectionLimits.ofTotal(2 * CONNECTIONS);
        HostLimits limits = new HostLimits(
                usual.system().withConnections(many).withStreams(many),
                usual.pending().withConnections(many),
                usual.peer().withConnections(many).withStreams(many),
                usual.connection(),
                usual.stream());
        return Swarm.start(HostSettings.builder(Identity.generate(new SecureRandom()))
                .security(List.of(security))
                .limits(limits)
                .sources(SourceLimitSettings.defaults().withLoopbackExempt())
                .timeouts(HostSettings.Timeouts.STANDARD.withIdle(Duration.ZERO))
                .build());
    }

    private static Process peers(Link link, Multiaddr address, int connections) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleConnections.class.getName(),
                        link.name(),
                        address.toString(),
                        Integer.toString(connections))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Waits until there are so many connections, and of each is known who is at its end. */
    private static void await(Host host, int connections, int streams, @org.jspecify.annotations.Nullable Process alive)
            throws InterruptedException {
        while (host.connections().size() != connections
                || host.connections().stream()
                        .anyMatch(connection -> connection.remoteInfo().isEmpty())
                || host.usage().inboundStreams() + host.usage().outboundStreams() > streams * connections) {
            if (alive != null && !alive.isAlive()) {
                throw new IllegalStateException("the peers ended early");
            }
            Thread.sleep(10);
        }
    }

    private static void bePeers(Security security, Multiaddr address, int connections) throws Exception {
        List<Host> peers = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            peers.add(host(security));
        }
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(peers.get(i % PEERS).dial(List.of(address)).get());
        }
        Thread.sleep(Duration.ofMinutes(5));
        System.out.println(all.size() + " connections waited in vain for their end");
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long buffers() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    /** What the whole process has in memory: with what BoringSSL takes, and with all that was not given back. */
    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow()
                * 1024;
    }

    private static long processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
