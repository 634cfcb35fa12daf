package proteus.adapters.libp2p.engine.limits;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import proteus.adapters.libp2p.engine.limits.SourceRefusal.Reason;

/**
 * Bounds what one network address may take of this host, before any cryptography is spent on it.
 *
 * <p>It counts inbound connections by where they come from: those open from one address and from one prefix, and the
 * attempts within a sliding minute, for which a refused attempt counts as another. An IPv4 address that comes mapped into
 * IPv6 is the IPv4 address. Connections that are relayed have no source of their own and are not for this class.
 *
 * <p>Memory is bounded by {@link SourceLimitSettings#sources()}, whatever comes. No count is ever dropped to make room
 * for another. When the table of attempts is full, sources that it does not know share the limit of their /16 (IPv4)
 * or /32 (IPv6); when connections are open from as many addresses as the table holds, other addresses are refused.
 *
 * <p>Safe for use by many threads.
 */
public final class SourceLimits {

    private final SourceLimitSettings settings;
    private final InstantSource clock;
    private final Optional<AttemptTable> attempts;
    private final OpenConnections open;
    private long lastReading;
    private long lostMillis;

    /**
     * Limits with nothing counted yet.
     *
     * @param clock read once for each attempt; if it is set back, time stands still for that reading and then goes on
     * @param random asked once, for the secret by which networks are hashed: remotes must not be able to guess it
     */
    public SourceLimits(SourceLimitSettings settings, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.attempts = settings.attemptsPerMinute() == 0
                ? Optional.empty()
                : Optional.of(new AttemptTable(settings.attemptsPerMinute(), settings.sources(), random.nextLong()));
        this.open = new OpenConnections(settings);
        this.lastReading = clock.millis();
    }

    /**
     * Judges and counts an attempt to connect from {@code source}.
     *
     * @return a permit to close when the connection has ended; or why it may not come in
     */
    public SourceAdmission admit(InetAddress source) {
        return admit(source, true);
    }

    /**
     * The same for a server that judges for itself how many connections one address may have: here they only count.
     *
     * @return a permit to close when the connection has ended; or why it may not come in
     */
    public SourceAdmission admitWhateverItHas(InetAddress source) {
        return admit(source, false);
    }

    private SourceAdmission admit(InetAddress source, boolean addressIsLimited) {
        SourceKey address = SourceKey.of(source);
        if (settings.loopbackExempt() && address.isLoopback()) {
            return new SourceAdmission.Admitted(() -> {});
        }
        synchronized (this) {
            long now = now();
            Optional<Reason> refusal = attempts.flatMap(table -> table.attempt(address, now))
                    .or(() -> open.refusal(address, addressIsLimited));
            if (refusal.isPresent()) {
                Reason reason = refusal.get();
                return new SourceAdmission.Refused(new SourceRefusal(source, reason, limit(reason)));
            }
            open.add(address);
        }
        return new SourceAdmission.Admitted(new Place(address));
    }

    private int limit(Reason reason) {
        return switch (reason) {
            case TOO_MANY_ATTEMPTS, TOO_MANY_ATTEMPTS_OF_NETWORK -> settings.attemptsPerMinute();
            case TOO_MANY_OPEN_FROM_ADDRESS -> settings.openPerAddress();
            case TOO_MANY_OPEN_FROM_PREFIX -> settings.openPerPrefix();
            case TOO_MANY_SOURCES -> settings.sources();
        };
    }

    /** The clock's time, but never earlier than before: a clock set back must not keep sources out for as long. */
    private long now() {
        long reading = clock.millis();
        lostMillis += Math.max(0, lastReading - reading);
        lastReading = reading;
        return reading + lostMillis;
    }

    /** How many addresses have a connection open; at most {@link SourceLimitSettings#sources()}. */
    public synchronized int openAddresses() {
        return open.size();
    }

    /** How many sources are in the table of attempts; at most {@link SourceLimitSettings#sources()}. */
    public synchronized int rememberedSources() {
        return attempts.map(AttemptTable::size).orElse(0);
    }

    private synchronized void leave(SourceKey address) {
        open.remove(address);
    }

    private final class Place implements SourcePermit {

        private final SourceKey address;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Place(SourceKey address) {
            this.address = address;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                leave(address);
            }
        }
    }
}
