package proteus.adapters.libp2p.gateway;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The addresses of this host's interfaces, as of a minute ago at most, or as of the question before.
 *
 * <p>Safe for use by many threads. To ask never blocks: what is old is read anew on a virtual thread, for the next question.
 */
final class HostInterfaces implements Supplier<List<InetAddress>> {

    private static final System.Logger LOG = System.getLogger(HostInterfaces.class.getName());
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Supplier<Optional<List<InetAddress>>> source;
    private final Executor readers;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Snapshot snapshot;

    private record Snapshot(Instant at, List<InetAddress> addresses) {}

    /**
     * Those that {@code source} has now, which may block, or not know.
     *
     * @param clock tells what is old
     * @param readers ask the source again
     */
    HostInterfaces(InstantSource clock, Supplier<Optional<List<InetAddress>>> source, Executor readers) {
        this.clock = clock;
        this.source = source;
        this.readers = readers;
        snapshot = read(List.of());
    }

    /** Those of this host; blocks for a moment. */
    static HostInterfaces ofThisHost(InstantSource clock) {
        return new HostInterfaces(
                clock,
                HostInterfaces::enumerated,
                task -> Thread.ofVirtual().name("interfaces").start(task));
    }

    private Snapshot read(List<InetAddress> before) {
        return new Snapshot(clock.instant(), source.get().orElse(before));
    }

    @Override
    public List<InetAddress> get() {
        Snapshot latest = snapshot;
        if (clock.instant().isAfter(latest.at().plus(FRESH)) && reading.compareAndSet(false, true)) {
            readers.execute(() -> {
                try {
                    snapshot = read(latest.addresses());
                } finally {
                    reading.set(false);
                }
            });
        }
        return latest.addresses();
    }

    private static Optional<List<InetAddress>> enumerated() {
        try {
            return Optional.of(NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(ip -> !ip.isLinkLocalAddress())
                    .toList());
        } catch (SocketException unknown) {
            LOG.log(
                    Level.WARNING,
                    "the interfaces of this host are not known; peers are told of those before",
                    unknown);
            return Optional.empty();
        }
    }
}
