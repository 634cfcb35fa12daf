package proteus.adapters.legacytcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import proteus.domain.peer.IpAddress;

/**
 * Counts accepted sockets whose handshake is not done, and says whose turn it is.
 *
 * <p>Bounded in total and for each address. Permits go to the address with the fewest, so that one that opens many
 * sockets delays itself and not others; upstream lets everybody wait behind it. Safe for use by many threads.
 */
final class HalfOpenConnections {

    private final int permits;
    private final int total;
    private final int perIp;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // In the order of arrival; short, so it is searched and not indexed.
    private final List<Entry> entries = new ArrayList<>();
    private long dropped;

    /** Bounds as {@link LegacySettings} has them. */
    HalfOpenConnections(int permits, int total, int perIp) {
        this.permits = permits;
        this.total = total;
        this.perIp = perIp;
    }

    /**
     * Lets a socket in, if need be at the expense of the newest one of the address that has the most.
     *
     * @param drop closes the socket; called without the lock, at most once, on a caller's thread
     * @return empty if this is the one to be dropped; {@code drop} is not called then
     */
    Optional<Entry> enter(IpAddress ip, Runnable drop) {
        Entry entry = new Entry(ip, drop);
        Optional<Entry> victim = Optional.empty();
        lock.lock();
        try {
            if (count(ip, _ -> true) >= perIp) {
                dropped++;
                return Optional.empty();
            }
            entries.add(entry);
            if (entries.size() > total) {
                Entry newest = newestOfTheGreediest();
                remove(newest);
                dropped++;
                if (newest == entry) {
                    return Optional.empty();
                }
                victim = Optional.of(newest);
            }
        } finally {
            lock.unlock();
        }
        victim.ifPresent(out -> out.drop.run());
        return Optional.of(entry);
    }

    /**
     * Waits for a permit, which {@link #leave} gives back.
     *
     * @return whether there is one; false after {@code patience}, or when the socket was dropped meanwhile
     */
    boolean awaitPermit(Entry entry, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (entries.contains(entry)) {
                if (isNext(entry)) {
                    entry.permitted = true;
                    changed.signalAll();
                    return true;
                }
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The socket is gone, or its handshake is done. Does nothing the second time. */
    void leave(Entry entry) {
        lock.lock();
        try {
            remove(entry);
        } finally {
            lock.unlock();
        }
    }

    /** How many there are. */
    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many were dropped for these bounds so far. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Entry entry) {
        if (entries.remove(entry)) {
            changed.signalAll();
        }
    }

    private boolean isNext(Entry entry) {
        if (entries.stream().filter(Entry::isPermitted).count() >= permits) {
            return false;
        }
        // The first of several with the same number is the one that came first.
        return entries.stream()
                .filter(other -> !other.permitted)
                .min(Comparator.comparingLong(other -> count(other.ip, Entry::isPermitted)))
                .filter(first -> first == entry)
                .isPresent();
    }

    private Entry newestOfTheGreediest() {
        Map<IpAddress, Long> counts =
                entries.stream().collect(Collectors.groupingBy(entry -> entry.ip, Collectors.counting()));
        Entry found = entries.getLast();
        for (Entry entry : entries.reversed()) {
            if (counts.getOrDefault(entry.ip, 0L) > counts.getOrDefault(found.ip, 0L)) {
                found = entry;
            }
        }
        return found;
    }

    private long count(IpAddress ip, Predicate<Entry> which) {
        return entries.stream()
                .filter(entry -> entry.ip.equals(ip) && which.test(entry))
                .count();
    }

    /** One accepted socket. */
    static final class Entry {

        private final IpAddress ip;
        private final Runnable drop;
        private boolean permitted;

        private Entry(IpAddress ip, Runnable drop) {
            this.ip = ip;
            this.drop = drop;
        }

        private boolean isPermitted() {
            return permitted;
        }
    }
}
