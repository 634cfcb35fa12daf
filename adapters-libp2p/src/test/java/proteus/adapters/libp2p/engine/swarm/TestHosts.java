package proteus.adapters.libp2p.engine.swarm;

import io.netty.util.concurrent.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.event.CountingListener;
import proteus.adapters.libp2p.engine.event.EngineEvent;
import proteus.adapters.libp2p.engine.event.EngineListener;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.multiaddr.MalformedMultiaddrException;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** Hosts on loopback that are closed together. */
public final class TestHosts implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<TestHost> hosts = new ArrayList<>();

    /** A host with what it tells. */
    public static final class TestHost {

        public final Host host;
        public final CountingListener counts = new CountingListener();
        private final List<EngineEvent> events = new ArrayList<>();

        private TestHost(UnaryOperator<HostSettings.Builder> with) {
            HostSettings.Builder builder = HostSettings.builder(Identity.generate(new SecureRandom()))
                    .sources(SourceLimitSettings.defaults().withLoopbackExempt())
                    .eventLoopThreads(2)
                    .listener(EngineListener.combined(List.of(counts, this::note)));
            host = Swarm.start(with.apply(builder).build());
        }

        private void note(EngineEvent event) {
            synchronized (events) {
                events.add(event);
                events.notifyAll();
            }
        }

        /** All events of one kind so far. */
        public <E extends EngineEvent> List<E> events(Class<E> kind) {
            synchronized (events) {
                return events.stream().filter(kind::isInstance).map(kind::cast).toList();
            }
        }

        /** The first event of one kind, waited for. */
        public <E extends EngineEvent> E await(Class<E> kind) throws InterruptedException {
            awaitThat(() -> !events(kind).isEmpty(), "an event " + kind.getSimpleName());
            return events(kind).getFirst();
        }

        public void awaitThat(BooleanSupplier condition, String what) throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            synchronized (events) {
                while (!condition.getAsBoolean()) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        throw new AssertionError("waited in vain for " + what + "; there were " + events);
                    }
                    // Conditions may depend on more than events, so look again now and then.
                    TimeUnit.NANOSECONDS.timedWait(events, Math.min(left, 20_000_000));
                }
            }
        }

        public Multiaddr listen(String address) throws Exception {
            return get(host.listen(address(address))).withPeerId(host.peerId());
        }
    }

    public TestHost start() {
        return start(builder -> builder);
    }

    public TestHost start(UnaryOperator<HostSettings.Builder> with) {
        TestHost host = new TestHost(with);
        hosts.add(host);
        return host;
    }

    public static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException wrong) {
            throw new AssertionError(wrong);
        }
    }

    public static Connection dial(TestHost from, Multiaddr... to) throws Exception {
        return get(from.host.dial(List.of(to)));
    }

    public static <T> T get(Future<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        hosts.forEach(each -> each.host.close());
    }
}
