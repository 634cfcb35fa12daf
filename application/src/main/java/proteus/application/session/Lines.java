package proteus.application.session;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import proteus.application.comparison.Comparison;
import proteus.application.comparison.PeerMeter;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;
import proteus.application.session.LineState.Line;
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

    private static final System.Logger LOG = System.getLogger(Lines.class.getName());

    private final Mailbox mailbox;
    private final PeerMeter meter;
    private final Unsaid unsaid = new Unsaid();

    private int made;
    private LineState state;
    private Optional<BlockHeight> word = Optional.empty();
    private boolean wordCame = true;
    /** Ticks and not times: a clock may be set. */
    private int ticks;

    private volatile Carried carried;

    /** Carried by {@code connection}; what is sent is measured. */
    Lines(PeerConnection connection, Mailbox mailbox, Comparison comparison) {
        this.mailbox = mailbox;
        meter = comparison.meter(() -> current().description(), this::traffic);
        carried = Carried.firstBy(connection);
        state = new LineState.Still(new Line(made, connection));
    }

    /** Measures the session. */
    PeerMeter meter() {
        return meter;
    }

    /** The connection that carries the session, or did last. */
    PeerConnection current() {
        return carried.current();
    }

    /** What has gone each way over all connections of each stack; a stack that had none may be missing. */
    Map<Stack, Traffic> traffic() {
        return carried.traffic();
    }

    /** Begins to listen to the first connection, and asks for a frame. */
    void open() {
        if (state instanceof LineState.Still(Line on)) {
            meter.began(on.connection().description());
            open(on);
        }
    }

    private void open(Line line) {
        line.connection().open(event -> mailbox.post(line.number(), event));
    }

    private Optional<Line> reading() {
        return switch (state) {
            case LineState.Still(Line on) -> Optional.of(on);
            case LineState.Expecting(Line on, Relocation _) -> Optional.of(on);
            case LineState.Expected(Line on, Relocation _) -> Optional.of(on);
            case LineState.Awaiting(Line on, Line _, Relocation _) -> Optional.of(on);
            case LineState.Following(Line reading, Line _, Relocation _) -> Optional.of(reading);
            case LineState.Leaving(Line reading, Relocation _) -> Optional.of(reading);
            case LineState.Between _ -> Optional.empty();
            case LineState.Arriving(Line on, Relocation _) -> Optional.of(on);
        };
    }

    /** Whether what this connection has is to be handled now. */
    boolean reads(int line) {
        return reading().filter(on -> on.number() == line).isPresent();
    }

    /** The number of the connection that is read, or was last. */
    int readingNumber() {
        return reading().map(Line::number).orElse(made);
    }

    /**
     * A message came over the connection that is read.
     *
     * @param bytes its length
     * @param came when
     * @return whether that is nothing but the answer to a question that was asked to measure
     */
    boolean answersProbe(int line, PeerMessage message, long bytes, long came) {
        return reading()
                .filter(on -> meter.received(line, stackOf(on), message, bytes, came))
                .isPresent();
    }

    private static Stack stackOf(Line line) {
        return line.connection().description().stack();
    }

    /** Asks for one more frame. */
    void request() {
        reading().ifPresent(line -> line.connection().request());
    }

    /**
     * Sends, or keeps for later what is said in a gap.
     *
     * @throws ConnectionClosedException if nothing will come of it, and the session is to end
     */
    void send(PeerMessage message) throws ConnectionClosedException {
        switch (state) {
            case LineState.Still(Line on) -> send(on, message);
            case LineState.Expecting(Line on, Relocation _) -> send(on, message);
            case LineState.Expected(Line on, Relocation _) -> sendIfOpen(on, message);
            case LineState.Following(Line _, Line on, Relocation _) -> send(on, message);
            case LineState.Awaiting(Line on, Line _, Relocation _) -> sendIfOpen(on, message);
            case LineState.Arriving(Line on, Relocation _) -> sayFirst(on, message);
            case LineState.Leaving _ -> unsaid.keep(message);
            case LineState.Between _ -> unsaid.keep(message);
        }
    }

    private void send(Line line, PeerMessage message) throws ConnectionClosedException {
        meter.sent(line.number(), message);
        line.connection().send(message);
    }

    /** What becomes of the session is known when the end of this connection is handled. */
    private void sendIfOpen(Line line, PeerMessage message) {
        try {
            send(line, message);
        } catch (ConnectionClosedException over) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "peer {0}: {1} not sent amid a move: {2}",
                    line.connection().description().address(),
                    message.kind(),
                    over.getMessage());
        }
    }

    private void sayFirst(Line on, PeerMessage message) {
        sendIfOpen(on, message);
        unsaid.said(message);
    }

    private void unanswered(Relocation by) {
        enter(new LineState.Between(by));
        unsaid.inVain();
    }

    /** Whether nothing moves. */
    boolean still() {
        return state instanceof LineState.Still;
    }

    private void enter(LineState next) {
        state = next;
        ticks = 0;
    }

    /** The last word over the connection, which the peer is to end. Only while {@link #still}. */
    void depart(Relocation by) {
        if (state instanceof LineState.Still(Line on)) {
            sendIfOpen(on, new PeerMessage.Bye());
            enter(new LineState.Leaving(on, by));
        }
    }

    /** Ends the connection that is being left. */
    void hangUp() {
        if (state instanceof LineState.Leaving(Line reading, Relocation _)) {
            reading.connection().close();
        }
    }

    /**
     * Goes on over {@code connection}; what waits is sent.
     *
     * @return false if the session has a connection, so that this one was closed
     */
    boolean arrive(PeerConnection connection, Relocation by) {
        if (!(state instanceof LineState.Between)) {
            connection.close();
            return false;
        }
        Line next = add(connection);
        enter(new LineState.Arriving(next, by));
        carriedBy(next);
        for (Optional<PeerMessage> message = unsaid.next(); message.isPresent(); message = unsaid.next()) {
            sayFirst(next, message.get());
        }
        next.connection().request();
        return true;
    }

    /**
     * Another connection may come. Only while {@link #still}.
     *
     * @param said what the peer says before its {@code Bye}; empty if it says nothing
     */
    void expect(Optional<BlockHeight> said, Relocation by) {
        if (state instanceof LineState.Still(Line on)) {
            awaitWord(said);
            enter(new LineState.Expecting(on, by));
            by.ready();
        }
    }

    /** Whether another connection may come. */
    boolean expects() {
        return state instanceof LineState.Expecting || state instanceof LineState.Expected;
    }

    /**
     * No other connection comes.
     *
     * @return whether the session goes on; if not, the peer has said {@code Bye}
     */
    boolean withdraw() {
        if (state instanceof LineState.Expecting(Line on, Relocation _)) {
            enter(new LineState.Still(on));
        }
        return !(state instanceof LineState.Expected);
    }

    private void awaitWord(Optional<BlockHeight> said) {
        word = said;
        wordCame = said.isEmpty();
    }

    /** Whether a request for the block of this height is the word that shows that the peer's {@code Bye} is no leave. */
    boolean tookWord(BlockHeight height) {
        boolean awaited = state instanceof LineState.Expecting || state instanceof LineState.Awaiting;
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
        if (state instanceof LineState.Expected) {
            bothLeave(on, next, by);
        } else if (peerFirst) {
            enter(new LineState.Awaiting(on, next, by));
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
        enter(new LineState.Following(on, next, by));
    }

    private void carriedBy(Line line) {
        carried = carried.by(line.connection());
        meter.carriedBy(line.connection().description());
    }

    /**
     * The peer said {@code Bye} over the connection that is read.
     *
     * @return whether it belongs to a move; if not, the peer leaves
     */
    boolean tookBye() {
        return switch (state) {
            case LineState.Expecting(Line on, Relocation by) -> {
                if (wordCame) {
                    enter(new LineState.Expected(on, by));
                }
                yield wordCame;
            }
            case LineState.Awaiting(Line on, Line next, Relocation by) -> {
                if (wordCame) {
                    bothLeave(on, next, by);
                }
                yield wordCame;
            }
            case LineState.Following(Line reading, Line on, Relocation by) -> {
                settle(reading, on, by);
                yield true;
            }
            case LineState.Leaving(Line reading, Relocation _) -> {
                reading.connection().close();
                yield true;
            }
            case LineState.Still _, LineState.Expected _, LineState.Between _, LineState.Arriving _ -> false;
        };
    }

    private void settle(Line old, Line on, Relocation by) {
        old.connection().close();
        enter(new LineState.Still(on));
        on.connection().request();
        by.arrived();
    }

    /** The peer said something over the connection that is read. */
    void heard() {
        if (state instanceof LineState.Arriving(Line on, Relocation by)) {
            enter(new LineState.Still(on));
            unsaid.arrived();
            by.arrived();
        }
    }

    /**
     * The peer refuses this node.
     *
     * @return whether that belongs to a move, which goes on otherwise; if not, the session ends
     */
    boolean tookRefusal(ConnectionRefusedReason reason) {
        if (state instanceof LineState.Arriving(Line on, Relocation by)) {
            on.connection().close();
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
            case LineState.Still(Line on) -> on.number() != line;
            case LineState.Expecting(Line on, Relocation _) -> on.number() != line;
            case LineState.Expected _ -> true;
            case LineState.Awaiting(Line on, Line next, Relocation by) -> {
                if (on.number() == line && next.connection().description().stack() == Stack.LEGACY) {
                    // Without a Bye nothing shows that it is the peer that is there over the other.
                    yield false;
                }
                if (on.number() == line) {
                    // Without a Bye, and yet the peer may be there over the other.
                    carriedBy(next);
                    settle(on, next, by);
                } else if (next.number() == line) {
                    enter(new LineState.Still(on));
                    by.dropped(cause);
                }
                yield true;
            }
            case LineState.Following(Line reading, Line on, Relocation by) -> {
                if (reading.number() == line) {
                    settle(reading, on, by);
                }
                yield on.number() != line;
            }
            case LineState.Leaving(Line reading, Relocation by) -> {
                if (reading.number() == line) {
                    enter(new LineState.Between(by));
                    by.left();
                }
                yield true;
            }
            case LineState.Between _ -> true;
            case LineState.Arriving(Line on, Relocation by) -> {
                if (on.number() == line) {
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
            case LineState.Awaiting(Line on, Line next, Relocation by)
            when isOver(FOLLOW_PATIENCE) -> {
                next.connection().close();
                enter(new LineState.Still(on));
                by.dropped(CloseCause.LOCAL);
            }
            case LineState.Following(Line reading, Line on, Relocation by)
            when isOver(FOLLOW_PATIENCE) -> settle(reading, on, by);
            case LineState.Leaving _ when isOver(LEAVE_PATIENCE) -> hangUp();
            case LineState.Between _
            when isOver(BETWEEN_PATIENCE) -> {
                return Optional.of("nothing came to carry it on");
            }
            case LineState.Arriving _ when isOver(ARRIVAL_PATIENCE) -> heard();
            case LineState.Expecting(Line on, Relocation _)
            when isOver(EXPECT_PATIENCE) -> enter(new LineState.Still(on));
            case LineState.Expected _
            when isOver(EXPECT_PATIENCE) -> {
                return Optional.of("the peer said Bye, and nothing came to carry it on");
            }
            case LineState.Still _,
                    LineState.Expecting _,
                    LineState.Expected _,
                    LineState.Awaiting _,
                    LineState.Following _,
                    LineState.Leaving _,
                    LineState.Between _,
                    LineState.Arriving _ -> {}
        }
        return Optional.empty();
    }

    private boolean isOver(Duration patience) {
        return PeerSession.TICK.multipliedBy(ticks).compareTo(patience) >= 0;
    }

    /** Whether nothing carries the session. */
    boolean carriesNothing() {
        return state instanceof LineState.Between || state instanceof LineState.Leaving;
    }

    /** Closes all that is open; who moves the session is told how it ended. */
    void close(SessionEnd end) {
        LineState last = state;
        switch (last) {
            case LineState.Still(Line on) -> on.connection().close();
            case LineState.Expecting(Line on, Relocation by) -> {
                on.connection().close();
                by.ended(end);
            }
            case LineState.Expected(Line on, Relocation by) -> {
                on.connection().close();
                by.ended(end);
            }
            case LineState.Awaiting(Line on, Line next, Relocation by) -> {
                on.connection().close();
                next.connection().close();
                by.ended(end);
            }
            case LineState.Following(Line reading, Line on, Relocation by) -> {
                reading.connection().close();
                on.connection().close();
                by.ended(end);
            }
            case LineState.Leaving(Line reading, Relocation by) -> {
                reading.connection().close();
                by.ended(end);
            }
            case LineState.Between(Relocation by) -> by.ended(end);
            case LineState.Arriving(Line on, Relocation by) -> {
                on.connection().close();
                by.ended(end);
            }
        }
    }
}
