package proteus.application.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import proteus.application.comparison.Comparison;
import proteus.application.comparison.PeerMeter;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.application.port.TaskScheduler;
import proteus.application.port.WorkPool;
import proteus.application.session.SessionEnd.Reason;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.MessageFilter;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.PeerStanding;
import proteus.domain.peer.PositivePeerSanction;
import proteus.domain.peer.TransferConnectionStatus;

/**
 * A conversation with one peer, from the end of the handshake to the end of the connection.
 *
 * <p>{@link #run} is for a virtual thread of its own: it waits for events and handles them one at a time, in the order in
 * which they came. {@link #post} and the questions are for any thread. Source: behaviour of neptune-cash 0.19.4, {@code
 * peer_loop.rs}.
 */
public final class PeerSession {

    /** How often a session looks at what is due. */
    static final Duration TICK = Duration.ofMillis(1500);

    /** Frames above this size are decoded on the work pool: a virtual thread is not time-sliced. */
    static final int MAX_DECODED_HERE = 64 << 10;

    /** From this severity on a punishment is news for an operator. */
    private static final int NOTABLE_SEVERITY = -10;

    private static final System.Logger LOG = System.getLogger(PeerSession.class.getName());

    private final Lines lines;
    private final SessionStanding standing;
    private final SessionNode node;
    private final TaskScheduler scheduler;
    private final WorkPool workPool;
    private final Conversation conversation;
    private final MessageHandlers handlers;
    private final Mailbox mailbox = new Mailbox();
    /** How the connection ended that ended last. */
    private Optional<CloseCause> closed = Optional.empty();

    /**
     * A session that has not begun.
     *
     * @param connection is opened, and closed at the end
     * @param standing of the peer; kept up to date
     * @param comparison is told what is measured
     */
    public PeerSession(
            PeerConnection connection,
            SessionStanding standing,
            SessionNode node,
            TaskScheduler scheduler,
            WorkPool workPool,
            Comparison comparison) {
        this.lines = new Lines(connection, mailbox, comparison);
        this.standing = standing;
        this.node = node;
        this.scheduler = scheduler;
        this.workPool = workPool;
        conversation = new Conversation(connection.description(), node, scheduler);
        handlers = new MessageHandlers(conversation, new SessionInSync(conversation, mailbox));
    }

    /**
     * Tells the session something, or orders it; returns at once.
     *
     * @return false if it is over, so that nothing will come of it
     */
    public boolean post(NodeEvent event) {
        return mailbox.post(event);
    }

    /** The connection that carries this session; amid a move, that which did last. */
    public PeerConnection connection() {
        return lines.current();
    }

    /** What has gone each way over all connections that it has had. */
    public PeerConnection.Traffic traffic() {
        return lines.traffic().values().stream().reduce(PeerConnection.Traffic.NONE, PeerConnection.Traffic::plus);
    }

    /** The same by the stacks of the connections; a stack that had none may be missing. */
    public Map<Stack, PeerConnection.Traffic> trafficByStack() {
        return lines.traffic();
    }

    /** Measures this session. */
    public PeerMeter meter() {
        return lines.meter();
    }

    /** The standing of the peer. */
    public SessionStanding standing() {
        return standing;
    }

    /** The height of the best block that either side showed the other. */
    public BlockHeight highestSharedHeight() {
        return conversation.highestShared();
    }

    /**
     * Converses until the end. The connection is closed when this returns or throws.
     *
     * @return how it ended
     * @throws InterruptedException if the thread was interrupted
     */
    public SessionEnd run() throws InterruptedException {
        TaskScheduler.Timeout tick = scheduler.schedule(TICK, mailbox::tick);
        SessionEnd how = new SessionEnd(Reason.FAILED, "it was broken off");
        try {
            lines.open();
            Optional<SessionEnd> end = react(handlers.onStart());
            lines.request();
            while (end.isEmpty()) {
                SessionEvent event = mailbox.take();
                if (event instanceof SessionEvent.Tick) {
                    tick = scheduler.schedule(TICK, mailbox::tick);
                }
                end = handle(event);
            }
            how = end.get();
        } catch (ConnectionClosedException over) {
            how = faultThatClosed()
                    .orElseGet(() -> new SessionEnd(Reason.CONNECTION_CLOSED, String.valueOf(over.getMessage())));
        } catch (StoreException unreadable) {
            LOG.log(Level.DEBUG, "peer {0}: the chain store failed while its message was handled", address());
            node.chainFailed(unreadable);
            how = new SessionEnd(Reason.FAILED, String.valueOf(unreadable.getMessage()));
        } catch (Mailbox.OverflownException behind) {
            how = new SessionEnd(Reason.FELL_BEHIND, String.valueOf(behind.getMessage()));
        } finally {
            tick.cancel();
            handlers.onEnd();
            dropUnhandled(mailbox.close(), how);
            lines.meter().ended(Ends.cause(how, closed));
            lines.close(how);
        }
        return how;
    }

    /** Connections that came to carry a session which is over by then. */
    private static void dropUnhandled(List<NodeEvent> orders, SessionEnd end) {
        for (NodeEvent order : orders) {
            switch (order) {
                case NodeEvent.Depart(var relocation) -> relocation.ended(end);
                case NodeEvent.Expect(var _, var relocation) -> relocation.ended(end);
                case NodeEvent.Arrive(var late, var relocation) -> {
                    late.close();
                    relocation.ended(end);
                }
                case NodeEvent.Switch(var late, boolean _, var _, var relocation) -> {
                    late.close();
                    relocation.ended(end);
                }
                case NodeEvent.TipChanged _,
                        NodeEvent.NewProposal _,
                        NodeEvent.RequestBlockNotification _,
                        NodeEvent.Send _,
                        NodeEvent.Punish _,
                        NodeEvent.RequestPeerList _,
                        NodeEvent.Disconnect _,
                        NodeEvent.Expel _,
                        NodeEvent.HangUp _,
                        NodeEvent.Withdraw _,
                        NodeEvent.GiveUp _ -> {}
            }
        }
    }

    private Optional<SessionEnd> handle(SessionEvent event)
            throws ConnectionClosedException, StoreException, InterruptedException {
        return switch (event) {
            case SessionEvent.FromConnection(int line, var fromConnection) -> handle(line, fromConnection);
            case SessionEvent.FromNode(var fromNode) -> handle(fromNode);
            case SessionEvent.Tick() -> onTick();
        };
    }

    private Optional<SessionEnd> onTick() throws ConnectionClosedException, StoreException, InterruptedException {
        Optional<String> stuck = lines.onTick();
        if (stuck.isPresent()) {
            return ended(Reason.CONNECTION_CLOSED, stuck.get());
        }
        Optional<SessionEnd> end = react(handlers.onTick());
        return end.isEmpty() && lines.still() && lines.meter().isToProbe(lines.readingNumber()) ? probe() : end;
    }

    /** Asks only to see how long the answer takes, for which this is harmless: it is answered always, and costs nothing. */
    private Optional<SessionEnd> probe() throws ConnectionClosedException, InterruptedException {
        lines.meter().probes();
        return send(new PeerMessage.PeerListRequest());
    }

    private Optional<SessionEnd> handle(int line, ConnectionEvent event)
            throws ConnectionClosedException, StoreException, InterruptedException {
        if (event instanceof ConnectionEvent.Closed(var cause)) {
            if (lines.survives(line, cause)) {
                return Optional.empty();
            }
            closed = Optional.of(cause);
            return ended(Reason.CONNECTION_CLOSED, cause.toString());
        }
        if (!lines.reads(line)) {
            // Of a connection that was left.
            Mailbox.closeFrame(event);
            return Optional.empty();
        }
        return switch (event) {
            case ConnectionEvent.FrameArrived(var frame) -> {
                lines.request();
                yield handle(line, frame);
            }
            case ConnectionEvent.FrameOversized _, ConnectionEvent.FrameUnknown _ -> punishFault(event);
            case ConnectionEvent.Closed _ -> Optional.empty();
        };
    }

    /**
     * Punishes the fault of framing that closed the connection while this session still answered what came before; empty
     * if there was none.
     */
    private Optional<SessionEnd> faultThatClosed() {
        for (ConnectionEvent event : mailbox.fromConnection(lines.readingNumber())) {
            if (event instanceof ConnectionEvent.Closed(var cause)) {
                closed = Optional.of(cause);
            }
            Optional<SessionEnd> fault = punishFault(event);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private Optional<SessionEnd> punishFault(ConnectionEvent event) {
        return switch (event) {
            case ConnectionEvent.FrameOversized(var kind, long announced) -> {
                Optional<SessionEnd> banned = punish(new NegativePeerSanction.OversizedBlock());
                yield banned.or(() -> ended(Reason.FRAMING, "it announced " + kind + " of " + announced + " bytes"));
            }
            case ConnectionEvent.FrameUnknown() -> {
                Optional<SessionEnd> banned = punish(new NegativePeerSanction.InvalidMessage());
                yield banned.or(() -> ended(Reason.FRAMING, "it sent a frame of no known kind"));
            }
            case ConnectionEvent.FrameArrived _ -> Optional.empty();
            case ConnectionEvent.Closed _ -> Optional.empty();
        };
    }

    private Optional<SessionEnd> handle(NodeEvent event)
            throws ConnectionClosedException, StoreException, InterruptedException {
        return switch (event) {
            case NodeEvent.TipChanged(var tip) ->
                node.frozen()
                        ? Optional.empty()
                        : react(handlers.announcements().onTipChanged(tip));
            case NodeEvent.NewProposal(var proposal) -> node.frozen() ? Optional.empty() : send(proposal);
            case NodeEvent.RequestBlockNotification() -> send(new PeerMessage.BlockNotificationRequest());
            case NodeEvent.Send(var message) -> send(message);
            case NodeEvent.Punish(var sanction) -> punish(sanction);
            case NodeEvent.RequestPeerList() -> send(new PeerMessage.PeerListRequest());
            case NodeEvent.Disconnect(var reason) -> {
                send(new PeerMessage.Bye());
                yield ended(Reason.ORDERED, reason);
            }
            case NodeEvent.Expel(var reason) -> ended(Reason.EXPELLED, reason);
            case NodeEvent.Depart(var relocation) -> {
                if (isFreeFor(relocation)) {
                    lines.depart(relocation);
                }
                yield Optional.empty();
            }
            case NodeEvent.HangUp() -> {
                lines.hangUp();
                yield Optional.empty();
            }
            case NodeEvent.Arrive(var next, var relocation) ->
                lines.arrive(next, relocation) ? react(handlers.announcements().onArrivalAfterGap()) : Optional.empty();
            case NodeEvent.Expect(var word, var relocation) -> {
                if (isFreeFor(relocation)) {
                    lines.expect(word, relocation);
                }
                yield Optional.empty();
            }
            case NodeEvent.Withdraw() -> lines.withdraw() ? Optional.empty() : ended(Reason.PEER_LEFT, "it said Bye");
            case NodeEvent.Switch(var next, boolean peerFirst, var word, var relocation) -> {
                if (!lines.expects() && !isFreeFor(relocation)) {
                    next.close();
                    yield Optional.empty();
                }
                lines.switchTo(next, peerFirst, word, relocation);
                // Whether or not anything was missed, it costs little to know.
                yield send(new PeerMessage.BlockNotificationRequest());
            }
            case NodeEvent.GiveUp(var reason) ->
                lines.carriesNothing() ? ended(Reason.CONNECTION_CLOSED, reason) : Optional.empty();
        };
    }

    private boolean isFreeFor(Relocation relocation) {
        Optional<String> business = lines.still() ? handlers.business() : Optional.of("another move");
        business.ifPresent(relocation::busy);
        return business.isEmpty();
    }

    private Optional<SessionEnd> handle(int line, InboundFrame frame)
            throws ConnectionClosedException, StoreException, InterruptedException {
        long came = scheduler.nanos();
        int bytes = frame.size();
        if (frame.kind() == PeerMessageKind.BYE && lines.tookBye()) {
            frame.close();
            return Optional.empty();
        }
        if (frame.kind() != PeerMessageKind.CONNECTION_STATUS) {
            lines.heard();
        }
        Optional<PeerMessage> message;
        try (frame) {
            Optional<MessageFilter> filter = MessageFilter.firstToDrop(frame.kind(), node.syncing(), node.frozen());
            if (filter.isPresent() && frame.size() > MAX_DECODED_HERE) {
                // Upstream decodes before it filters, which for a large frame costs more than the fault it may find.
                return drop(frame.kind(), filter.get());
            }
            message = decode(frame);
            if (message.isPresent()
                    && message.get() instanceof PeerMessage.BlockRequestByHeight(var height)
                    && lines.tookWord(height)) {
                return Optional.empty();
            }
            if (message.isPresent() && filter.isPresent()) {
                return drop(frame.kind(), filter.get());
            }
        }
        if (message.isEmpty()) {
            return punish(new NegativePeerSanction.InvalidMessage());
        }
        if (lines.answersProbe(line, message.get(), bytes, came)) {
            return Optional.empty();
        }
        if (message.get() instanceof PeerMessage.ConnectionStatus(TransferConnectionStatus.Refused(var reason))
                && lines.tookRefusal(reason)) {
            return Optional.empty();
        }
        return react(handlers.on(message.get()));
    }

    private Optional<SessionEnd> drop(PeerMessageKind kind, MessageFilter filter) {
        LOG.log(Level.DEBUG, "peer {0}: {1} dropped: {2}", address(), kind, filter);
        return Optional.empty();
    }

    private Optional<PeerMessage> decode(InboundFrame frame) throws InterruptedException {
        try {
            return Optional.of(frame.size() > MAX_DECODED_HERE ? decodeOnPool(frame) : frame.decode());
        } catch (MalformedMessageException malformed) {
            LOG.log(Level.DEBUG, "peer {0}: {1} does not decode: {2}", address(), frame.kind(), malformed.getMessage());
            return Optional.empty();
        }
    }

    private PeerMessage decodeOnPool(InboundFrame frame) throws MalformedMessageException, InterruptedException {
        try {
            return workPool.run(frame::decode);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof MalformedMessageException malformed) {
                throw malformed;
            }
            throw new IllegalStateException("decoding " + frame.kind() + " failed", failed.getCause());
        }
    }

    private Optional<SessionEnd> react(List<Reaction> reactions)
            throws ConnectionClosedException, StoreException, InterruptedException {
        for (Reaction reaction : reactions) {
            Optional<SessionEnd> end = switch (reaction) {
                case Reaction.Punish(var sanction) -> punish(sanction);
                case Reaction.Reward(var sanction) -> reward(sanction);
                case Reaction.Send(var message) -> send(message);
                case Reaction.Leave(var how) -> Optional.of(how);
                case Reaction.Then(var work) -> react(work.reactions());
                case Reaction.Note(var text) -> {
                    LOG.log(Level.DEBUG, "peer {0}: {1}", address(), text);
                    yield Optional.empty();
                }
            };
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    /** What takes long to write is written on the work pool: a virtual thread is not time-sliced. */
    private Optional<SessionEnd> send(PeerMessage message) throws ConnectionClosedException, InterruptedException {
        if (LargeMessage.is(message)) {
            sendOnPool(message);
        } else {
            lines.send(message);
        }
        return Optional.empty();
    }

    private void sendOnPool(PeerMessage message) throws ConnectionClosedException, InterruptedException {
        try {
            workPool.run(() -> {
                lines.send(message);
                return message.kind();
            });
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ConnectionClosedException closed) {
                throw closed;
            }
            throw new IllegalStateException("sending " + message.kind() + " failed", failed.getCause());
        }
    }

    private Optional<SessionEnd> punish(NegativePeerSanction sanction) {
        PeerStanding now = standing.apply(sanction, scheduler.instant());
        LOG.log(
                sanction.severity() <= NOTABLE_SEVERITY ? Level.INFO : Level.DEBUG,
                "peer {0}: punished for {1} ({2}), standing {3}",
                address(),
                sanction.getClass().getSimpleName(),
                sanction.severity(),
                Integer.toString(now.score()));
        if (!now.isBadAt(scheduler.instant())) {
            return Optional.empty();
        }
        node.banned(lines.current().description(), now);
        return ended(
                Reason.BANNED,
                "standing " + now.score() + " after " + sanction.getClass().getSimpleName());
    }

    private Optional<SessionEnd> reward(PositivePeerSanction sanction) {
        PeerStanding now = standing.apply(sanction, scheduler.instant());
        LOG.log(
                Level.DEBUG,
                "peer {0}: rewarded for {1} ({2}), standing {3}",
                address(),
                sanction.getClass().getSimpleName(),
                sanction.severity(),
                Integer.toString(now.score()));
        return Optional.empty();
    }

    private static Optional<SessionEnd> ended(Reason reason, String detail) {
        return Optional.of(new SessionEnd(reason, detail));
    }

    private PeerAddress address() {
        return lines.current().description().address();
    }
}
