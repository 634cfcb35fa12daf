package proteus.application.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import proteus.application.port.Instrument;
import proteus.application.port.Measurement;

/**
 * Bounds the bytes of inbound frames that a node holds at one time, over all connections of all stacks.
 *
 * <p>A connection reserves a frame's whole length when it has read it, before it takes memory. Who cannot reserve waits
 * its turn, first come first served, and reads nothing meanwhile; how long it waits is the connection's to bound. Safe
 * for use by many threads.
 */
public final class InboundBudget implements Instrument {

    private final long capacity;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private long reserved;

    /**
     * A budget of {@code capacity} bytes.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public InboundBudget(long capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("a budget must be positive: " + capacity);
        }
        this.capacity = capacity;
    }

    /** The bytes that may be held in all. */
    public long capacity() {
        return capacity;
    }

    /** The bytes reserved now. */
    public synchronized long reserved() {
        return reserved;
    }

    /** How many reservations wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    @Override
    public synchronized List<Measurement> measurements() {
        return List.of(
                Measurement.gauge(
                        "proteus_inbound_memory_bytes", "Bytes that are reserved for messages of peers.", reserved),
                Measurement.gauge(
                        "proteus_inbound_memory_limit_bytes",
                        "How many bytes may be reserved for messages of peers at one time.",
                        capacity),
                Measurement.gauge(
                        "proteus_inbound_memory_waiting",
                        "Messages that wait for other messages to be handled before they are read.",
                        waiting.size()));
    }

    /**
     * Reserves {@code bytes} for one frame.
     *
     * @param granted called once when the reservation is made: on the calling thread before this method returns if there
     *     is room now, otherwise on the thread that releases the room; must not block
     * @return the reservation, to cancel or to release; empty if {@code bytes} exceeds the whole budget and could never
     *     be granted
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    public Optional<Reservation> reserve(long bytes, Consumer<Reservation> granted) {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size: " + bytes);
        }
        if (bytes > capacity) {
            return Optional.empty();
        }
        Ticket ticket = new Ticket(bytes, granted);
        boolean now;
        synchronized (this) {
            now = waiting.isEmpty() && reserved + bytes <= capacity;
            if (now) {
                reserved += bytes;
                ticket.state = State.GRANTED;
            } else {
                waiting.add(ticket);
            }
        }
        if (now) {
            granted.accept(ticket);
        }
        return Optional.of(ticket);
    }

    private void giveBack(Ticket ticket) {
        List<Ticket> next = new ArrayList<>();
        synchronized (this) {
            switch (ticket.state) {
                case WAITING -> waiting.remove(ticket);
                case GRANTED -> reserved -= ticket.bytes;
                case RELEASED -> {
                    return;
                }
            }
            ticket.state = State.RELEASED;
            for (Ticket first = waiting.peek();
                    first != null && reserved + first.bytes <= capacity;
                    first = waiting.peek()) {
                waiting.remove();
                reserved += first.bytes;
                first.state = State.GRANTED;
                next.add(first);
            }
        }
        next.forEach(granted -> granted.granted.accept(granted));
    }

    /** A part of the budget, held or waited for. Safe for use by many threads. */
    public sealed interface Reservation extends AutoCloseable {

        /** How many bytes it is for. */
        long bytes();

        /** Gives the bytes back, or leaves the queue. Does nothing the second time. */
        @Override
        void close();
    }

    private enum State {
        WAITING,
        GRANTED,
        RELEASED
    }

    private final class Ticket implements Reservation {

        private final long bytes;
        private final Consumer<Reservation> granted;
        private State state = State.WAITING;

        private Ticket(long bytes, Consumer<Reservation> granted) {
            this.bytes = bytes;
            this.granted = granted;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }
}
