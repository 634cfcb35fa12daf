package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.limits.DirectionLimits;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.adapters.libp2p.engine.limits.ResourceUsage;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;

/**
 * jvm-libp2p#490 and #481: dials that are cancelled at any moment leave no socket, no memory and no place behind.
 *
 * <p>There are {@code churn.dials} of them: four hundred, a thousand with the profile {@code heavy}, ten thousand with {@code
 * measurements}.
 */
class DialChurnTest {

    private static final int DIALS = Integer.getInteger("churn.dials", 400);
    private static final int AT_A_TIME = 3;
    private static final int FIRST_LATEST_MICROS = 20_000;
    private static final int STEP = 100;
    private static final long CHUNKS = 8 << 20;

    /** The last moment at which a dial is given up: it goes to where half of the dials are through, on any machine. */
    private final AtomicInteger latestMicros = new AtomicInteger(FIRST_LATEST_MICROS);

    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @CsvSource({"/ip4/127.0.0.1/tcp/0, NOISE", "/ip4/127.0.0.1/tcp/0, TLS", "/ip4/127.0.0.1/udp/0/quic-v1, TLS"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "counts the entries of /proc/self/fd")
    void cancelledDialsLeaveNothingBehind(String listen, Security security) throws Exception {
        long seed = new Random().nextLong();
        RandomGenerator random = new Random(seed);
        try (TestHosts hosts = new TestHosts()) {
            // The listener sees the end of a connection later than the dialler, so there may be more of them there.
            TestHost listener =
                    hosts.start(with -> with.security(List.of(security)).limits(placesForOnePeer(64)));
            TestHost dialler = hosts.start(with -> with.security(List.of(security)));
            Multiaddr address = listener.listen(listen);
            long files = openFiles();
            churn(dialler.host, address, DIALS / 10, random);
            awaitRest(listener, dialler, seed);
            long memory = usedMemory();

            churn(dialler.host, address, DIALS, random);

            awaitRest(listener, dialler, seed);
            dialler.awaitThat(() -> openFiles() == files, files + " open files, seed " + seed);
            assertThat(usedMemory()).as("seed %d", seed).isLessThan(memory + CHUNKS);
            assertThat(failures).as("seed %d", seed).isEmpty();
            assertThat(cancelled).as("seed %d", seed).hasValueGreaterThan(DIALS / 20);
            assertThat(connected).as("seed %d", seed).hasValueGreaterThan(DIALS / 20);
        }
    }

    private static HostLimits placesForOnePeer(int connections) {
        HostLimits usual = HostLimits.defaults();
        return new HostLimits(
                usual.system(),
                usual.pending(),
                usual.peer().withConnections(DirectionLimits.ofTotal(connections)),
                usual.connection(),
                usual.stream());
    }

    /** Dials, and gives each dial up at a random moment, as a dial or as a connection. */
    private void churn(Host dialler, Multiaddr address, int dials, RandomGenerator random) throws Exception {
        Semaphore places = new Semaphore(AT_A_TIME);
        DefaultEventExecutor timer = new DefaultEventExecutor();
        try {
            for (int i = 0; i < dials; i++) {
                take(places, 1);
                Future<Connection> dialling = dialler.dial(List.of(address));
                var _ = timer.schedule(
                        () -> giveUp(dialling, places), random.nextInt(latestMicros.get()), TimeUnit.MICROSECONDS);
            }
            take(places, AT_A_TIME);
        } finally {
            timer.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static void take(Semaphore places, int count) throws InterruptedException {
        if (!places.tryAcquire(count, TestHosts.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("dials that do not end");
        }
    }

    private void giveUp(Future<Connection> dialling, Semaphore places) {
        if (dialling.cancel(false)) {
            cancelled.incrementAndGet();
            latestMicros.updateAndGet(latest -> latest + latest / STEP);
            places.release();
            return;
        }
        // It was through, or about to be; that is no failure.
        dialling.addListener(done -> {
            if (done.isSuccess()) {
                connected.incrementAndGet();
                latestMicros.updateAndGet(latest -> Math.max(STEP, latest - latest / STEP));
                dialling.getNow().close().addListener(_ -> places.release());
            } else {
                failures.add(done.cause());
                places.release();
            }
        });
    }

    /** Waits until neither host holds anything, and every attempt has come to an end that was told. */
    private static void awaitRest(TestHost listener, TestHost dialler, long seed) throws Exception {
        for (TestHost each : List.of(listener, dialler)) {
            each.awaitThat(
                    () -> each.host.usage().equals(ResourceUsage.NONE)
                            && each.host.connections().isEmpty(),
                    "a host at rest, seed " + seed);
            each.awaitThat(
                    () -> each.counts.count(ConnectionEvent.AcceptBegun.class)
                                    + each.counts.count(ConnectionEvent.DialBegun.class)
                            == each.counts.count(ConnectionEvent.AcceptFailed.class)
                                    + each.counts.count(ConnectionEvent.DialFailed.class)
                                    + each.counts.count(ConnectionEvent.Closed.class),
                    "as many ends as beginnings, seed " + seed);
        }
    }

    /** Sockets, and what the event loops wait with; not the files of the class path. */
    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(file -> !target(file).startsWith("/")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException closedMeanwhile) {
            return "/";
        }
    }

    private static long usedMemory() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }
}
