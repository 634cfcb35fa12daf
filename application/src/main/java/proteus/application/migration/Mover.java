package proteus.application.migration;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import proteus.application.migration.CutoverEvent.Refusal;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;
import proteus.application.port.TaskScheduler;
import proteus.application.session.NodeEvent;
import proteus.application.session.Relocation;
import proteus.application.session.SessionEnd;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.PeerAddress;

/**
 * Moves one session, found on the other stack, there: does what {@link CutoverMachine} says and tells it what happens.
 *
 * <p>Used once. {@link #run} blocks: for a virtual thread.
 */
final class Mover implements Relocation {

    /** How long a peer has to forget the old connection, after its end. */
    static final Duration LINGER = Duration.ofMillis(50);

    /** When this node ends a libp2p connection over which it said {@code Bye}: a real node takes its time to end it. */
    static final Duration HANG_UP = Duration.ofMillis(100);

    /** The peer waits for 4 s until it knows who this node is: a session that is at something else for long stays. */
    static final Duration BEGIN_PATIENCE = Duration.ofSeconds(2);

    private static final Duration STEP_PATIENCE = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(Mover.class.getName());

    private final MovableSession session;
    private final MoveGate gate;
    private final PeerTransport there;
    private final Search.Result.Found found;
    private final Optional<Way> back;
    private final boolean takesPart;
    private final TaskScheduler scheduler;
    private final BlockingQueue<CutoverEvent> events = new LinkedBlockingQueue<>();
    private final PeerAddress peer;
    private Optional<PeerConnection> made = Optional.empty();
    private volatile Optional<Instant> began = Optional.empty();
    private volatile Optional<Instant> ended = Optional.empty();
    private volatile String detail = "";
    private final Instant created;
    private volatile boolean over;

    /** How to reach the peer on a stack. */
    record Way(PeerTransport transport, PeerEndpoint endpoint) {}

    /** How it went: what became of the session, for how long nothing carried it if it was given up, and what to say. */
    record Report(MoveOutcome outcome, Optional<Duration> gap, String detail) {}

    /**
     * For {@code session}, which is found.
     *
     * @param there the stack on which it is found
     * @param back how to reach the peer on the stack where it is, if that is known
     * @param takesPart whether the peer knows how to move without a gap
     */
    Mover(
            MovableSession session,
            MoveGate gate,
            PeerTransport there,
            Search.Result.Found found,
            Optional<Way> back,
            boolean takesPart,
            TaskScheduler scheduler) {
        this.session = session;
        this.gate = gate;
        this.there = there;
        this.found = found;
        this.back = back;
        this.takesPart = takesPart;
        this.scheduler = scheduler;
        peer = session.current().address();
        created = scheduler.instant();
    }

    /** Moves it. */
    Report run() throws InterruptedException {
        CutoverMachine.Step step = CutoverMachine.start(takesPart);
        try {
            while (true) {
                for (CutoverAction action : step.actions()) {
                    perform(action, step.state());
                }
                if (step.state() instanceof CutoverState.Over(var outcome)) {
                    return report(outcome);
                }
                CutoverEvent event = next();
                CutoverMachine.Step following = CutoverMachine.on(step.state(), event);
                LOG.log(Level.DEBUG, "peer {0}: cutover: {1}, {2}: {3}", peer, step.state(), event, following);
                step = following;
            }
        } finally {
            over = true;
            found.held().close();
        }
    }

    private Report report(MoveOutcome outcome) {
        if (back.isEmpty() && (outcome == MoveOutcome.WENT_BACK || outcome == MoveOutcome.SLOT_LOST)) {
            return report(MoveOutcome.SETTLED);
        }
        boolean gapless = takesPart && outcome == MoveOutcome.SETTLED;
        Optional<Duration> gap = gapless
                ? Optional.of(Duration.ZERO)
                : began.map(from -> notNegative(Duration.between(from, ended.orElseGet(scheduler::instant))));
        return new Report(outcome, gap, detail);
    }

    /** A clock may be set back. */
    private static Duration notNegative(Duration gap) {
        return gap.isNegative() ? Duration.ZERO : gap;
    }

    private CutoverEvent next() throws InterruptedException {
        @Nullable CutoverEvent already = events.poll();
        if (already != null) {
            return already;
        }
        TaskScheduler.Timeout timer = scheduler.schedule(STEP_PATIENCE, () -> events.add(new CutoverEvent.TooLate()));
        try {
            CutoverEvent event = events.take();
            if (!(event instanceof CutoverEvent.TooLate)) {
                // One that came in the same moment would be taken for that of the next step.
                events.removeIf(CutoverEvent.TooLate.class::isInstance);
            }
            return event;
        } finally {
            timer.cancel();
        }
    }

    private void perform(CutoverAction action, CutoverState state) throws InterruptedException {
        switch (action) {
            case EXPECT -> post(new NodeEvent.Expect(this));
            case WITHDRAW -> session.post(new NodeEvent.Withdraw());
            case SWITCH -> changeOver();
            case DEPART -> {
                began = Optional.of(scheduler.instant());
                post(new NodeEvent.Depart(this));
                if (there.stack() == Stack.LEGACY) {
                    scheduler.schedule(HANG_UP, () -> session.post(new NodeEvent.HangUp()));
                }
            }
            case LINGER -> scheduler.schedule(LINGER, () -> events.add(new CutoverEvent.LingerOver()));
            case PRESENT -> present(found.held());
            case PRESENT_ANEW -> presentAnew(new Way(there, found.endpoint()));
            case RETURN -> {
                pause(state);
                // Where a stack is not used any more, there is only the way that was begun.
                presentAnew(back.orElseGet(() -> new Way(there, found.endpoint())));
            }
            case HAND_OVER -> handOver();
            case DROP -> found.held().close();
            case GIVE_UP -> session.post(new NodeEvent.GiveUp("the peer could not be reached again: " + detail));
        }
    }

    /** The first way back is tried at once, the others after some time: the peer may not have forgotten this node. */
    private void pause(CutoverState state) throws InterruptedException {
        if (state instanceof CutoverState.Returning(int attempt, var _) && attempt > 1) {
            Pause.of(LINGER.multipliedBy(1L << (2 * attempt)), scheduler);
        }
    }

    private void changeOver() throws InterruptedException {
        try {
            PeerConnection connection = found.held().complete();
            made = Optional.of(connection);
            if (!post(new NodeEvent.Switch(connection, there.stack() == Stack.LIBP2P, gate.word(), this))) {
                connection.close();
            }
        } catch (DialFailedException failed) {
            notPresented(failed);
        }
    }

    private void present(HeldDial held) throws InterruptedException {
        try {
            made = Optional.of(held.complete());
            events.add(new CutoverEvent.Presented());
        } catch (DialFailedException failed) {
            notPresented(failed);
        }
    }

    private void presentAnew(Way way) throws InterruptedException {
        try (HeldDial held = way.transport.hold(way.endpoint, gate)) {
            present(held);
        } catch (DialFailedException failed) {
            notPresented(failed);
        }
    }

    private void notPresented(DialFailedException failed) {
        detail = String.valueOf(failed.getMessage());
        LOG.log(Level.DEBUG, "peer {0}: not taken at the other connection: {1}", peer, detail);
        Refusal how = gate.metSomeoneElse() ? Refusal.SOMEONE_ELSE : refusal(failed.reason());
        events.add(new CutoverEvent.NotPresented(how));
    }

    private static Refusal refusal(Cause cause) {
        return switch (cause) {
            case Cause.ClosedByPeer _, Cause.AlreadyConnected _ -> Refusal.CLOSED;
            case Cause.RefusedByPeer(var reason) ->
                switch (reason) {
                    case ConnectionRefusedReason.AlreadyConnected() -> Refusal.CLOSED;
                    case ConnectionRefusedReason.MaxPeerNumberExceeded() -> Refusal.PLACE_LOST;
                    case ConnectionRefusedReason.BadStanding _,
                            ConnectionRefusedReason.IncompatibleVersion _,
                            ConnectionRefusedReason.SelfConnect _,
                            ConnectionRefusedReason.Other _ -> Refusal.FAILED;
                };
            case Cause.AnotherPeer _ -> Refusal.SOMEONE_ELSE;
            case Cause.NotThisProtocol _,
                    Cause.PortClosed _,
                    Cause.Unreachable _,
                    Cause.TimedOut _,
                    Cause.RefusedByUs _,
                    Cause.Stopped _ -> Refusal.FAILED;
        };
    }

    private void handOver() {
        made.ifPresent(connection -> {
            session.carriedBy(connection.description());
            if (!post(new NodeEvent.Arrive(connection, this))) {
                connection.close();
            }
        });
    }

    private boolean post(NodeEvent order) {
        boolean taken = session.post(order);
        if (!taken) {
            events.add(new CutoverEvent.Ended());
        }
        return taken;
    }

    @Override
    public boolean isWanted() {
        return !over && scheduler.instant().isBefore(created.plus(BEGIN_PATIENCE));
    }

    @Override
    public void busy(String with) {
        detail = with + " goes on";
        // Nothing was given up, which the peer would bear a few times a day only.
        began = Optional.empty();
        events.add(new CutoverEvent.Busy());
    }

    @Override
    public void ready() {
        events.add(new CutoverEvent.Ready());
    }

    @Override
    public void left() {
        events.add(new CutoverEvent.Left());
    }

    @Override
    public void arrived() {
        ended = Optional.of(scheduler.instant());
        made.ifPresent(connection -> session.carriedBy(connection.description()));
        events.add(new CutoverEvent.Arrived());
    }

    @Override
    public void refused(ConnectionRefusedReason reason) {
        events.add(
                reason instanceof ConnectionRefusedReason.MaxPeerNumberExceeded
                        ? new CutoverEvent.PlaceLost()
                        : new CutoverEvent.Dropped());
    }

    @Override
    public void dropped(CloseCause cause) {
        events.add(new CutoverEvent.Dropped());
    }

    @Override
    public void ended(SessionEnd end) {
        detail = end.toString();
        events.add(new CutoverEvent.Ended());
    }
}
