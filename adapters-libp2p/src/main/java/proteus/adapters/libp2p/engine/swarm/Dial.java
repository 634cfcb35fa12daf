package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/**
 * Dials the addresses of one peer, some at a time, until one is through.
 *
 * <p>One event loop keeps the order of what happens. The attempts live on loops of their own; which of them wins is
 * decided by {@link Attempt#claim()}, which any of them may call.
 */
final class Dial {

    private final EventLoop loop;
    private final Promise<Connection> promise;
    private final Attempts attempts;
    private final Deque<Multiaddr> waiting;
    private final int concurrency;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final Set<Attempt> running = new HashSet<>();
    private final List<DialFailedException.Attempt> failures = new ArrayList<>();

    /** Begins one attempt. */
    interface Attempts {

        /** Dials {@code address}; tells {@code attempt} how it went, from any thread, exactly once. */
        Abort begin(Multiaddr address, Attempt attempt);
    }

    /** Gives one attempt up, with everything that it holds. Does nothing if it is over. */
    @FunctionalInterface
    interface Abort {

        void abort();
    }

    Dial(EventLoop loop, List<Multiaddr> addresses, int concurrency, Attempts attempts) {
        this.loop = loop;
        this.promise = loop.newPromise();
        this.attempts = attempts;
        this.waiting = new ArrayDeque<>(addresses);
        this.concurrency = concurrency;
    }

    Future<Connection> start() {
        promise.addListener(_ -> loop.execute(this::abortAll));
        loop.execute(this::beginMore);
        return promise;
    }

    private void beginMore() {
        while (!promise.isDone() && running.size() < concurrency && !waiting.isEmpty()) {
            Attempt attempt = new Attempt(waiting.remove());
            running.add(attempt);
            attempt.abort = attempts.begin(attempt.address, attempt);
        }
        if (running.isEmpty() && waiting.isEmpty()) {
            promise.tryFailure(new DialFailedException(failures));
        }
    }

    private void abortAll() {
        waiting.clear();
        running.stream().filter(attempt -> !attempt.wins).toList().forEach(attempt -> attempt.abort.abort());
        running.clear();
    }

    /** One address being dialled. */
    final class Attempt {

        private final Multiaddr address;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile boolean wins;
        private Abort abort = () -> {};

        private Attempt(Multiaddr address) {
            this.address = address;
        }

        /**
         * Whether this attempt wins, now that its connection is secured. If it does, {@link #won} must follow; if it does
         * not, because another has or nobody wants a connection any more, its channel is to be closed.
         */
        boolean claim() {
            wins = !promise.isDone() && promise.setUncancellable() && claimed.compareAndSet(false, true);
            return wins;
        }

        void won(Connection connection) {
            promise.trySuccess(connection);
        }

        /** It came to nothing; only the first cause counts. */
        void failed(Throwable cause) {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            loop.execute(() -> {
                failures.add(new DialFailedException.Attempt(address, ConnectionAccount.reason(cause), cause));
                running.remove(this);
                beginMore();
            });
        }
    }
}
