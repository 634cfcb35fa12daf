package proteus.adapters.libp2p.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.libp2p.engine.identity.PeerId;

/** Several threads at one tree. Each checks what must hold whatever the others do; the sums are checked at the end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ResourceScopeThreadsTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 4_000;
    private static final long SEED = 20;

    private final SystemScope system = new SystemScope(new HostLimits(
            new ScopeLimits(DirectionLimits.ofTotal(6), DirectionLimits.ofTotal(8), 500),
            ScopeLimits.UNLIMITED.withConnections(DirectionLimits.ofTotal(4)),
            ScopeLimits.UNLIMITED.withConnections(DirectionLimits.ofTotal(3)),
            ScopeLimits.UNLIMITED,
            ScopeLimits.UNLIMITED));
    private final List<PeerId> peers = TestPeers.peers(2);

    @Test
    void theSumsHoldWhateverTheThreadsDo() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Long> kept = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1)) {
            Future<Integer> watcher = threads.submit(() -> watch(done));
            List<Future<Long>> workers = new ArrayList<>();
            for (int worker = 0; worker < THREADS; worker++) {
                long seed = SEED + worker;
                workers.add(threads.submit(() -> work(new SplittableRandom(seed))));
            }
            try {
                for (Future<Long> worker : workers) {
                    kept.add(worker.get());
                }
            } finally {
                done.set(true);
            }
            assertThat(watcher.get()).isPositive();
        }

        // What the workers have kept is in the system and nowhere else.
        long sum = kept.stream().mapToLong(Long::longValue).sum();
        assertThat(sum).as("seed %d", SEED).isPositive();
        assertThat(system.usage()).as("seed %d", SEED).isEqualTo(ResourceUsage.bytes(sum));
        assertThat(system.pendingUsage()).isEqualTo(ResourceUsage.NONE);
        assertThat(system.peers()).isZero();
        system.releaseMemory(sum);
        assertThat(system.usage()).isEqualTo(ResourceUsage.NONE);
    }

    @Test
    void aScopeThatAllCloseAtOnceIsGivenBackOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < 500; round++) {
                ConnectionScope connection = opened(system.openConnection(Direction.INBOUND, "shared"));
                connection.secured(peers.getFirst());
                StreamScope stream = opened(connection.openStream(Direction.INBOUND));
                stream.reserveMemory(100);

                List<Future<?>> closers = new ArrayList<>();
                for (int closer = 0; closer < THREADS; closer++) {
                    AutoCloseable scope = closer % 2 == 0 ? connection : stream;
                    closers.add(threads.submit(() -> {
                        scope.close();
                        return scope;
                    }));
                }
                for (Future<?> closer : closers) {
                    closer.get();
                }

                assertThat(system.usage()).as("round %d", round).isEqualTo(ResourceUsage.NONE);
            }
        }
    }

    @Test
    void memoryThatManyReserveAndReleaseIsCountedToTheByte() throws Exception {
        int rounds = 50_000;
        SystemScope roomy = new SystemScope(HostLimits.defaults());
        ConnectionScope connection = opened(roomy.openConnection(Direction.INBOUND, "shared"));
        opened(connection.secured(peers.getFirst()));
        CountDownLatch ready = new CountDownLatch(THREADS);

        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < THREADS; worker++) {
                StreamScope stream = opened(connection.openStream(Direction.INBOUND));
                workers.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    for (int round = 0; round < rounds; round++) {
                        opened(stream.reserveMemory(3));
                        stream.releaseMemory(2);
                    }
                    return stream;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }

        assertThat(connection.usage().memory()).isEqualTo((long) THREADS * rounds);
        assertThat(roomy.usage().memory()).isEqualTo((long) THREADS * rounds);
    }

    /** Opens, moves, reserves and closes; returns the bytes that it has reserved in the system and kept. */
    private long work(SplittableRandom random) {
        long kept = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (system.openConnection(anyOf(Direction.values(), random), "worker")
                    instanceof Reservation.Granted<ConnectionScope>(ConnectionScope connection)) {
                try (connection) {
                    use(connection, random);
                }
                assertThat(connection.usage()).isEqualTo(ResourceUsage.NONE);
            }
            if (round % 400 == 0 && system.reserveMemory(1) instanceof Reservation.Granted<SystemScope>) {
                kept++;
            }
        }
        return kept;
    }

    private void use(ConnectionScope connection, SplittableRandom random) {
        PeerId peer = peers.get(random.nextInt(peers.size()));
        if (!(connection.secured(peer) instanceof Reservation.Granted<ConnectionScope>)) {
            return;
        }
        assertThat(system.peer(peer)).isPresent();
        long bytes = random.nextLong(200);
        if (connection.openStream(anyOf(Direction.values(), random))
                instanceof Reservation.Granted<StreamScope>(StreamScope stream)) {
            boolean reserved = stream.reserveMemory(bytes) instanceof Reservation.Granted<StreamScope>;
            assertThat(connection.usage().amount(Resource.STREAMS)).isEqualTo(1);
            assertThat(connection.usage().memory()).isEqualTo(reserved ? bytes : 0);
            if (random.nextBoolean()) {
                stream.close();
            }
        }
    }

    /** Looks at the limits all the time; returns how often. */
    private int watch(AtomicBoolean done) {
        int looks = 0;
        do {
            ResourceUsage usage = system.usage();
            assertThat(usage.amount(Resource.CONNECTIONS)).isLessThanOrEqualTo(6);
            assertThat(usage.amount(Resource.STREAMS)).isLessThanOrEqualTo(8);
            assertThat(usage.memory()).isLessThanOrEqualTo(500);
            assertThat(system.pendingUsage().amount(Resource.CONNECTIONS)).isLessThanOrEqualTo(4);
            looks++;
        } while (!done.get());
        return looks;
    }

    private static Direction anyOf(Direction[] choice, SplittableRandom random) {
        return choice[random.nextInt(choice.length)];
    }

    private static <S> S opened(Reservation<S> answer) {
        return switch (answer) {
            case Reservation.Granted<S>(S scope) -> scope;
            case Reservation.Refused<S>(ResourceRefusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }
}
