package proteus.adapters.libp2p.engine.yamux;

import io.netty.util.concurrent.Ticker;
import java.util.function.LongSupplier;

/**
 * What the remote may send on one stream.
 *
 * <p>Its size is always the sum of what the remote may still send, what has come and was not read, and what was read but
 * not given back yet. The rule by which it grows is that of rust-yamux and go-yamux.
 */
final class ReceiveWindow {

    private final int most;
    private final WindowBudget budget;
    private final Ticker ticker;
    private final LongSupplier roundTripNanos;
    private int size = YamuxSettings.INITIAL_WINDOW;
    private long credit = YamuxSettings.INITIAL_WINDOW;
    private long consumed;
    private long updatedAt;

    /** A window of the initial size that grows up to {@code most}, as far as {@code budget} lasts. */
    ReceiveWindow(int most, WindowBudget budget, Ticker ticker, LongSupplier roundTripNanos) {
        this.most = most;
        this.budget = budget;
        this.ticker = ticker;
        this.roundTripNanos = roundTripNanos;
        this.updatedAt = ticker.nanoTime();
    }

    int size() {
        return size;
    }

    long credit() {
        return credit;
    }

    /** Takes {@code bytes} that the remote announces off its credit, unless it has less. */
    boolean take(long bytes) {
        if (bytes > credit) {
            return false;
        }
        credit -= bytes;
        return true;
    }

    /** Notes that {@code bytes} have left, and gives the credit that is to be sent now, often none. */
    long consume(int bytes) {
        consumed += bytes;
        if (consumed < size / 2) {
            return 0;
        }
        long now = ticker.nanoTime();
        long update = consumed + (now - updatedAt < 2 * roundTripNanos.getAsLong() ? grow() : 0);
        consumed = 0;
        credit += update;
        updatedAt = now;
        return update;
    }

    private int grow() {
        int growth = budget.take(Math.min(size, most - size));
        size += growth;
        return growth;
    }

    /** Gives back to the budget what the window has taken. To be called once, at the end. */
    void close() {
        budget.giveBack(size - YamuxSettings.INITIAL_WINDOW);
    }
}
