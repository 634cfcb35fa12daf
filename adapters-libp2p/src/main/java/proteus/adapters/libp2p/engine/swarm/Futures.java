package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Futures of several events, or of what comes after one. */
final class Futures {

    private Futures() {}

    /** Done, with success, when all of {@code ends} are done, whatever came of them. */
    static Future<Void> whenAll(List<? extends Future<?>> ends) {
        Promise<Void> promise = GlobalEventExecutor.INSTANCE.newPromise();
        AtomicInteger left = new AtomicInteger(ends.size() + 1);
        Runnable oneDone = () -> {
            if (left.decrementAndGet() == 0) {
                promise.trySuccess(null);
            }
        };
        ends.forEach(end -> end.addListener(_ -> oneDone.run()));
        oneDone.run();
        return promise;
    }

    /**
     * Closes a listening channel; done when the system has its port back. That is later than the channel's own close: the
     * JDK gives up a socket that a selector knows only when it is selected from the next time.
     */
    static Future<Void> freed(Channel listener) {
        Promise<Void> promise = GlobalEventExecutor.INSTANCE.newPromise();
        // A task that the loop itself schedules runs in its next turn, which begins with selecting.
        listener.close().addListener(_ -> {
            try {
                var _ = listener.eventLoop().schedule(() -> promise.trySuccess(null), 1, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException loopHasEnded) {
                promise.trySuccess(null);
            }
        });
        return promise;
    }
}
