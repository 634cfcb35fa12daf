package proteus.application.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.PeerMessage;

/**
 * What carries a session: one connection, and for the time of a move a second one or none.
 *
 * <p>For the session's thread, but for {@link #current} and {@link #traffic}. Nobody else sends over its connections, so
 * that {@code Bye} is the last word over one that is left. In a move without a gap a message is sent over one connection
 * only, and the new one is not read before the peer's {@code Bye} was read from the old one: so none is lost, doubled or
 * out of turn. Where there is a gap, what is said in it waits.
 */
final class Lines {

    /** How long a connection may take to come that was to be expected. */
    static final Duration EXPECT_PATIENCE = Duration.ofSeconds(10);

    /** How long the peer may take to take part in a move without a gap. */
    static final Duration FOLLOW_PATIENCE = Duration.ofSeconds(5);

    /** How long a peer that heard {@code Bye} may take to end the connection. */
    static final Duration LEAVE_PATIENCE = Duration.ofSeconds(1);

    /** How long a session goes on that nothing carries; whoever moves it should give up long before. */
    static final Duration BETWEEN_PATIENCE = Duration.ofSeconds(30);

    /** How long a peer may be silent after a gap until it counts as content. */
    static final Duration ARRIVAL_PATIENCE = Duration.ofSeconds(3);

    /** What may wait to be said in a gap; a session that has more to say has lost its peer. */
    static final int MOST_WAITING = 256;

    private final Mailbox mailbox;
    private final Deque<PeerMessage> waiting = new ArrayDeque<>();
    /** What was said over a connection over which the peer has said nothing yet: lost, should it close at once. */
    private final Deque<PeerMessage> unanswered = new ArrayDeque<>();

    private int made;
    private State state;
    private Optional<BlockHeight> word = Optional.empty();
    private boolean wordCame = true;
    /** Ticks and not times: a clock may be set. */
    private int ticks;

    private volatile Carried carried;

    private record Line(int number, PeerConnection connection) {}

    /**
     * What carried the session until now.
     *
     * @param earlier what went over connections of each stack that are over
     * @param before the connection that carried it last, of which something may still be read
     * @param current the one that carries it
     */
    private record Carried(Map<Stack, Traffic> earlier, Optional<PeerConnection> before, PeerConnection current) {

        Map<Stack, Traffic> traffic() {
            return with(withoutCurrent(), current);
        }

        private Map<Stack, Traffic> withoutCurrent() {
            return before.map(last -> with(earlier, last)).orElse(earlier);
        }

        private static Map<Stack, Traffic> with(Map<Stack, Traffic> sums, PeerConnection connection) {
            Map<Stack, Traffic> more = new EnumMap<>(Stack.class);
            more.putAll(sums);
            more.merge(connection.description().stack(), connection.traffic(), Traffic::plus);
            return more;
        }

        Carried by(PeerConnection next) {
            return new Carried(withoutCurrent(), Optional.of(current), next);
        }
    }

    /** Where a session is between two connections. */
    private sealed interface State {

        /** On one, and nothing moves. */
        record Still(Line on) implements State {}

        /** On one; another may come, and the peer may say {@code Bye} before. */
        record Expecting(Line on, Relocation by) implements State {}

        /** The peer has said {@code Bye} over the one, and the other has not come yet. */
        record Expected(Line on, Relocation by) implements State {}

        /** On one; goes on over the next when the peer has said {@code Bye}. */
        record Awaiting(Line on, Line next, Relocation by) implements State {}

        /** Writes over one already, and reads the other until the peer's {@code Bye}. */
        record Following(Line reading, Line on, Relocation by) implements State {}

        /** Has said {@code Bye}; reads what comes until the end. */
        record Leaving(Line reading, Relocation by) implements State {}

        /** On none. */
        record Between(Relocation by) implements State {}

        /** On one, over which the peer has said nothing yet. */
        record Arriving(Line on, Relocation by) implements State {}
    }

    /** Carried by {@code connection}. */
    Lines(PeerConnection connection, Mailbox mailbox) {
        this.mailbox = mailbox;
        carried = new Carried(Map.of(), Optional.empty(), connection);
        state = new State.Still(new Line(made, connection));
    }

    /** The connection that carries the session, or did last. */
    PeerConnection current() {
        return carried.current;
    }

    /** What has gone each way over all connections of each stack; a stack that had none may be missing. */
    Map<Stack, Traffic> traffic() {
        return carried.traffic();
    }

    /** Begins to listen to the first connection, and asks for a frame. */
    void open() {
        if (state instanceof State.Still(Line on)) {
            open(on);
        }
    }

    private void open(Line line) {
        line.connection.open(event -> mailbox.post(line.number, event));
    }

    private Optional<Line> reading() {
        return switch (state) {
            case State.Still(Line on) -> Optional.of(on);
            case State.Expecting(Line on, Relocation _) -> Optional.of(on);
            case State.Expected(Line on, Relocation _) -> Optional.of(on);
            case State.Awaiting(Line on, Line _, Relocation _) -> Optional.of(on);
            case State.Following(Line reading, Line _, Relocation _) -> Optional.of(reading);
            case State.Leaving(Line reading, Relocation _) -> Optional.of(reading);
            case State.Between _ -> Optional.empty();
            case State.Arriving(Line on, Relocation _) -> Optional.of(on);
        };
    }

    /** Whether what this connection has is to be handled now. */
    boolean reads(int line) {
        return reading().filter(on -> on.number == line).isPresent();
    }

    /** The number of the connection that is read, or was last. */
    int readingNumber() {
        return reading().map(Line::number).orElse(made);
    }

    /** Asks for one more frame. */
    void request() {
        reading().ifPresent(line -> line.connection.request());
    }

    /**
     * Sends, or keeps for later what is said in a gap.
     *
     * @throws ConnectionClosedException if nothing will come of it, and the session is to end
     */
    void send(PeerMessage message) throws ConnectionClosedException {
        switch (state) {
            case State.Still(Line on) -> on.connection.send(message);
            case State.Expecting(Line on, Relocation _) -> on.connection.send(message);
            case State.Expected(Line on, Relocation _) -> sendIfOpen(on, message);
            case State.Following(Line _, Line on, Relocation _) -> on.connection.send(message);
            case State.Awaiting(Line on, Line _, Relocation _) -> sendIfOpen(on, message);
            case State.Arriving(Line on, Relocation _) -> sayFirst(on, message);
            case State.Leaving _ -> keep(message);
            case State.Between _ -> keep(message);
        }
    }

    /** What becomes of the session is known when the end of this connection is handled. */
    private static void sendIfOpen(Line line, PeerMessage message) {
        try {
            line.connection.send(message);
        } catch (ConnectionClosedException over) {
            System.getLogger(Lines.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "peer {0}: {1} not sent amid a move: {2}",
                            line.connection.description().address(),
                            message.kind(),
                            over.getMessage());
        }
    }

    /** The question for the tip is asked anew on each arrival. */
    private void sayFirst(Line on, PeerMessage message) {
        sendIfOpen(on, message);
        if (unanswered.size() < MOST_WAITING && !(message instanceof PeerMessage.BlockNotificationRequest)) {
            unanswered.add(message);
        }
    }

    private void unanswered(Relocation by) {
        enter(new State.Between(by));
        while (!unanswered.isEmpty()) {
            waiting.addFirst(unanswered.removeLast());
        }
    }

    private void keep(PeerMessage message) throws ConnectionClosedException {
        if (waiting.size() >= MOST_WAITING) {
            throw new ConnectionClosedException("more than " + MOST_WAITING + " messages wait for a connection");
        }
        waiting.add(message);
    }

    /** Whether nothing moves. */
    boolean still() {
        return state instanceof State.Still;
    }

    private void enter(State next) {
        state = next;
        ticks = 0;
    }

    /** The last word over the connection, which the peer is to end. Only while {@link #still}. */
    void depart(Relocation by) {
        if (state instanceof State.Still(Line on)) {
            sendIfOpen(on, new PeerMessage.Bye());
            enter(new State.Leaving(on, by));
        }
    }

    /** Ends the connection that is being left. */
    void hangUp() {
        if (state instanceof State.Leaving(Line reading, Relocation _)) {
            reading.connection.close();
        }
    }

    /**
     * Goes on over {@code connection}; what waits is sent.
     *
     * @return false if the session has a connection, so that this one was closed
     */
    boolean arrive(PeerConnection connection, Relocation by) {
        if (!(state instanceof State.Between)) {
            connection.close();
            return false;
        }
        Line next = add(connection);
        enter(new State.Arriving(next, by));
        carriedBy(next);
        for (PeerMessage message = waiting.poll(); message != null; message = waiting.poll()) {
            sayFirst(next, message);
        }
        next.connection.request();
        return true;
    }

    /**
     * Another connection may come. Only while {@link #still}.
     *
     * @param said what the peer says before its {@code Bye}; empty if it says nothing
     */
    void expect(Optional<BlockHeight> said, Relocation by) {
        if (state instanceof State.Still(Line on)) {
            awaitWord(said);
            enter(new State.Expecting(on, by));
            by.ready();
        }
    }

    /** Whether another connection may come. */
    boolean expects() {
        return state instanceof State.Expecting || state instanceof State.Expected;
    }

    /**
     * No other connection comes.
     *
     * @return whether the session goes on; if not, the peer has said {@code Bye}
     */
    boolean withdraw() {
        if (state instanceof State.Expecting(Line on, Relocation _)) {
            enter(new State.Still(on));
        }
        return !(state instanceof State.Expected);
    }

    private void awaitWord(Optional<BlockHeight> said) {
        word = said;
        wordCame = said.isEmpty();
    }

    /** Whether a request for the block of this height is the word that shows that the peer's {@code Bye} is no leave. */
    boolean tookWord(BlockHeight height) {
        boolean awaited = state instanceof State.Expecting || state instanceof State.Awaiting;
        boolean isIt = awaited && word.equals(Optional.of(height));
        wordCame |= isIt;
        return isIt;
    }

    /** Begins a move without a gap. Only while {@link #still}, or it {@link #expects}. */
    void switchTo(PeerConnection connection, boolean peerFirst, Optional<BlockHeight> said, Relocation by) {
        if (!expects()) {
            awaitWord(said);
        }
        Optional<Line> carrying = reading();
        if (carrying.isEmpty()) {
            connection.close();
            return;
        }
        Line on = carrying.get();
        Line next = add(connection);
        if (state instanceof State.Expected) {
            bothLeave(on, next, by);
        } else if (peerFirst) {
            enter(new State.Awaiting(on, next, by));
        } else {
            said.ifPresent(height -> sendIfOpen(on, new PeerMessage.BlockRequestByHeight(height)));
            follow(on, next, by);
        }
    }

    /** The peer has said {@code Bye}; so does this side. */
    private void bothLeave(Line on, Line next, Relocation by) {
        sendIfOpen(on, new PeerMessage.Bye());
        carriedBy(next);
        settle(on, next, by);
    }

    private Line add(PeerConnection connection) {
        made++;
        Line line = new Line(made, connection);
        open(line);
        return line;
    }

    private void follow(Line on, Line next, Relocation by) {
        sendIfOpen(on, new PeerMessage.Bye());
        carriedBy(next);
        enter(new State.Following(on, next, by));
    }

    private void carriedBy(Line line) {
        carried = carried.by(line.connection);
    }

    /**
     * The peer said {@code Bye} over the connection that is read.
     *
     * @return whether it belongs to a move; if not, the peer leaves
     */
    boolean tookBye() {
        return switch (state) {
            case State.Expecting(Line on, Relocation by) -> {
                if (wordCame) {
                    enter(new State.Expected(on, by));
                }
                yield wordCame;
            }
            case State.Awaiting(Line on, Line next, Relocation by) -> {
                if (wordCame) {
                    bothLeave(on, next, by);
                }
                yield wordCame;
            }
            case State.Following(Line reading, Line on, Relocation by) -> {
                settle(reading, on, by);
                yield true;
            }
            case State.Leaving(Line reading, Relocation _) -> {
                reading.connection.close();
                yield true;
            }
            case State.Still _, State.Expected _, State.Between _, State.Arriving _ -> false;
        };
    }

    private void settle(Line old, Line on, Relocation by) {
        old.connection.close();
        enter(new State.Still(on));
        on.connection.request();
        by.arrived();
    }

    /** The peer said something over the connection that is read. */
    void heard() {
        if (state instanceof State.Arriving(Line on, Relocation by)) {
            enter(new State.Still(on));
            unanswered.clear();
            by.arrived();
        }
    }

    /**
     * The peer refuses this node.
     *
     * @return whether that belongs to a move, which goes on otherwise; if not, the session ends
     */
    boolean tookRefusal(ConnectionRefusedReason reason) {
        if (state instanceof State.Arriving(Line on, Relocation by)) {
            on.connection.close();
            unanswered(by);
            by.refused(reason);
            return true;
        }
        return false;
    }

    /**
     * A connection is over.
     *
     * @return whether the session goes on all the same
     */
    boolean survives(int line, CloseCause cause) {
        return switch (state) {
            case State.Still(Line on) -> on.number != line;
            case State.Expecting(Line on, Relocation _) -> on.number != line;
            case State.Expected _ -> true;
            case State.Awaiting(Line on, Line next, Relocation by) -> {
                if (on.number == line && next.connection.description().stack() == Stack.LEGACY) {
                    // Without a Bye nothing shows that it is the peer that is there over the other.
                    yield false;
                }
                if (on.number == line) {
                    // Without a Bye, and yet the peer may be there over the other.
                    carriedBy(next);
                    settle(on, next, by);
                } else if (next.number == line) {
                    enter(new State.Still(on));
                    by.dropped(cause);
                }
                yield true;
            }
            case State.Following(Line reading, Line on, Relocation by) -> {
                if (reading.number == line) {
                    settle(reading, on, by);
                }
                yield on.number != line;
            }
            case State.Leaving(Line reading, Relocation by) -> {
                if (reading.number == line) {
                    enter(new State.Between(by));
                    by.left();
                }
                yield true;
            }
            case State.Between _ -> true;
            case State.Arriving(Line on, Relocation by) -> {
                if (on.number == line) {
                    unanswered(by);
                    by.dropped(cause);
                }
                yield true;
            }
        };
    }

    /**
     * Sees to that no move lasts for ever.
     *
     * @return why the session is to end; empty if it is not
     */
    Optional<String> onTick() {
        ticks++;
        switch (state) {
            case State.Awaiting(Line on, Line next, Relocation by)
            when isOver(FOLLOW_PATIENCE) -> {
                next.connection.close();
                enter(new State.Still(on));
                by.dropped(CloseCause.LOCAL);
            }
            case State.Following(Line reading, Line on, Relocation by)
            when isOver(FOLLOW_PATIENCE) -> settle(reading, on, by);
            case State.Leaving _ when isOver(LEAVE_PATIENCE) -> hangUp();
            case State.Between _
            when isOver(BETWEEN_PATIENCE) -> {
                return Optional.of("nothing came to carry it on");
            }
            case State.Arriving _ when isOver(ARRIVAL_PATIENCE) -> heard();
            case State.Expecting(Line on, Relocation _) when isOver(EXPECT_PATIENCE) -> enter(new State.Still(on));
            case State.Expected _
            when isOver(EXPECT_PATIENCE) -> {
                return Optional.of("the peer said Bye, and nothing came to carry it on");
            }
            case State.Still _,
                    State.Expecting _,
                    State.Expected _,
                    State.Awaiting _,
                    State.Following _,
                    State.Leaving _,
                    State.Between _,
                    State.Arriving _ -> {}
        }
        return Optional.empty();
    }

    private boolean isOver(Duration patience) {
        return PeerSession.TICK.multipliedBy(ticks).compareTo(patience) >= 0;
    }

    /** Whether nothing carries the session. */
    boolean carriesNothing() {
        return state instanceof State.Between || state instanceof State.Leaving;
    }

    /** Closes all that is open; who moves the session is told how it ended. */
    void close(SessionEnd end) {
        State last = state;
        switch (last) {
            case State.Still(Line on) -> on.connection.close();
            case State.Expecting(Line on, Relocation by) -> {
                on.connection.close();
                by.ended(end);
            }
            case State.Expected(Line on, Relocation by) -> {
                on.connection.close();
                by.ended(end);
            }
            case State.Awaiting(Line on, Line next, Relocation by) -> {
                on.connection.close();
                next.connection.close();
                by.ended(end);
            }
            case State.Following(Line reading, Line on, Relocation by) -> {
                reading.connection.close();
                on.connection.close();
                by.ended(end);
            }
            case State.Leaving(Line reading, Relocation by) -> {
                reading.connection.close();
                by.ended(end);
            }
            case State.Between(Relocation by) -> by.ended(end);
            case State.Arriving(Line on, Relocation by) -> {
                on.connection.close();
                by.ended(end);
            }
        }
    }
}
