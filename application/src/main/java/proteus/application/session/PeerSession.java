package proteus.application.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
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

    private final PeerConnection connection;
    private final SessionStanding standing;
    private final SessionNode node;
    private final TaskScheduler scheduler;
    private final WorkPool workPool;
    private final Conversation conversation;
    private final MessageHandlers handlers;
    private final Mailbox mailbox = new Mailbox();

    /**
     * A session that has not begun.
     *
     * @param connection is opened, and closed at the end
     * @param standing of the peer; kept up to date
     */
    public PeerSession(
            PeerConnection connection,
            SessionStanding standing,
            SessionNode node,
            TaskScheduler scheduler,
            WorkPool workPool) {
        this.connection = connection;
        this.standing = standing;
        this.node = node;
        this.scheduler = scheduler;
        this.workPool = workPool;
        conversation = new Conversation(connection.description(), node, scheduler);
        handlers = new MessageHandlers(conversation, new SessionInSync(conversation, mailbox));
    }

    /** Tells the session something, or orders it; returns at once. Ignored when it is over. */
    public void post(NodeEvent event) {
        mailbox.post(event);
    }

    /** The connection that carries this session. */
    public PeerConnection connection() {
        return connection;
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
        try {
            connection.open(mailbox::post);
            Optional<SessionEnd> end = react(handlers.onStart());
            connection.request();
            while (end.isEmpty()) {
                SessionEvent event = mailbox.take();
                if (event instanceof SessionEvent.Tick) {
                    tick = scheduler.schedule(TICK, mailbox::tick);
                }
                end = handle(event);
            }
            return end.get();
        } catch (ConnectionClosedException closed) {
            return faultThatClosed()
                    .orElseGet(() -> new SessionEnd(Reason.CONNECTION_CLOSED, String.valueOf(closed.getMessage())));
        } catch (StoreException unreadable) {
            LOG.log(Level.DEBUG, "peer {0}: the chain store failed while its message was handled", address());
            node.chainFailed(unreadable);
            return new SessionEnd(Reason.FAILED, String.valueOf(unreadable.getMessage()));
        } catch (Mailbox.OverflownException behind) {
            return new SessionEnd(Reason.FELL_BEHIND, String.valueOf(behind.getMessage()));
        } finally {
            tick.cancel();
            handlers.onEnd();
            mailbox.close();
            connection.close();
        }
    }

    private Optional<SessionEnd> handle(SessionEvent event)
            throws ConnectionClosedException, StoreException, InterruptedException {
        return switch (event) {
            case SessionEvent.FromConnection(var fromConnection) -> handle(fromConnection);
            case SessionEvent.FromNode(var fromNode) -> handle(fromNode);
            case SessionEvent.Tick() -> react(handlers.onTick());
        };
    }

    private Optional<SessionEnd> handle(ConnectionEvent event)
            throws ConnectionClosedException, StoreException, InterruptedException {
        return switch (event) {
            case ConnectionEvent.FrameArrived(var frame) -> {
                connection.request();
                yield handle(frame);
            }
            case ConnectionEvent.FrameOversized _, ConnectionEvent.FrameUnknown _ -> punishFault(event);
            case ConnectionEvent.Closed(var cause) -> ended(Reason.CONNECTION_CLOSED, cause.toString());
        };
    }

    /**
     * Punishes the fault of framing that closed the connection while this session still answered what came before; empty
     * if there was none.
     */
    private Optional<SessionEnd> faultThatClosed() {
        for (ConnectionEvent event : mailbox.fromConnection()) {
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
        };
    }

    private Optional<SessionEnd> handle(InboundFrame frame)
            throws ConnectionClosedException, StoreException, InterruptedException {
        Optional<PeerMessage> message;
        try (frame) {
            Optional<MessageFilter> filter = MessageFilter.firstToDrop(frame.kind(), node.syncing(), node.frozen());
            if (filter.isPresent() && frame.size() > MAX_DECODED_HERE) {
                // Upstream decodes before it filters, which for a large frame costs more than the fault it may find.
                return drop(frame.kind(), filter.get());
            }
            message = decode(frame);
            if (message.isPresent() && filter.isPresent()) {
                return drop(frame.kind(), filter.get());
            }
        }
        return message.isPresent()
                ? react(handlers.on(message.get()))
                : punish(new NegativePeerSanction.InvalidMessage());
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
            connection.send(message);
        }
        return Optional.empty();
    }

    private void sendOnPool(PeerMessage message) throws ConnectionClosedException, InterruptedException {
        try {
            workPool.run(() -> {
                connection.send(message);
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
        node.banned(connection.description(), now);
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
        return connection.description().address();
    }
}
