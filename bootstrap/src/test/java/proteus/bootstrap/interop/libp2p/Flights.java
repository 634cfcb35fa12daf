package proteus.bootstrap.interop.libp2p;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Counts flights as bytes come by. */
final class Flights {

    private final LongSupplier nanos;
    private final List<Flight> flights = new ArrayList<>();
    private long first;

    /** With this clock, which only goes forward. */
    Flights(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Bytes came from one side; none count as nothing said. */
    synchronized void saw(boolean fromDialler, int bytes) {
        if (bytes == 0) {
            return;
        }
        long now = nanos.getAsLong();
        if (flights.isEmpty()) {
            first = now;
        }
        if (!flights.isEmpty() && flights.getLast().fromDialler() == fromDialler) {
            Flight last = flights.removeLast();
            flights.add(new Flight(fromDialler, last.began(), last.bytes() + bytes));
        } else {
            flights.add(new Flight(fromDialler, Duration.ofNanos(now - first), bytes));
        }
    }

    /** Those so far, in order; the last may not be over. */
    synchronized List<Flight> soFar() {
        return List.copyOf(flights);
    }
}
