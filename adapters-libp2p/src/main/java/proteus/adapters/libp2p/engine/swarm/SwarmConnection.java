package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.StreamHandler;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.event.ConnectionInfo;
import proteus.adapters.libp2p.engine.identify.IdentifyInfo;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.GateRefusal;
import proteus.adapters.libp2p.engine.limits.StreamScope;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.StreamMuxer;
import proteus.adapters.libp2p.engine.upgrade.StreamRefusedException;

/** An established connection. Its counts are touched on the event loop of its channel only. */
final class SwarmConnection implements Connection {

    private static final System.Logger LOG = System.getLogger(SwarmConnection.class.getName());

    private final ConnectionAccount account;
    private final ConnectionInfo info;
    private final SecureSession session;
    private final Multiaddr localAddress;
    private final Channel channel;
    private final StreamMuxer muxer;
    private final StreamSettings settings;
    private final Promise<IdentifyInfo> identified;
    private final Promise<Void> closed;
    private int keepingAlive;
    private int negotiating;
    private volatile Optional<IdentifyInfo> remoteInfo = Optional.empty();
    private @Nullable Future<?> idle;
    private @Nullable CloseCause cause;
    private String causeText = "";

    SwarmConnection(
            ConnectionAccount account,
            ConnectionInfo info,
            SecureSession session,
            Multiaddr localAddress,
            Channel channel,
            StreamMuxer muxer,
            StreamSettings settings) {
        this.account = account;
        this.info = info;
        this.session = session;
        this.localAddress = localAddress;
        this.channel = channel;
        this.muxer = muxer;
        this.settings = settings;
        this.identified = channel.eventLoop().newPromise();
        this.closed = channel.eventLoop().newPromise();
    }

    /**
     * Tells that it is there, and begins to watch for its end and for idleness. On the event loop, once.
     *
     * @param forget is run when the connection has ended, before that is told
     */
    void start(Runnable forget) {
        account.established(info);
        channel.closeFuture().addListener(_ -> {
            forget.run();
            ended();
        });
        watchIdle();
    }

    /** Fills the pipeline of a stream that the remote has opened. */
    void accept(Channel stream, ProtocolTable protocols) {
        if (negotiating >= settings.maxNegotiating()) {
            account.refusedNegotiation(settings.maxNegotiating());
            muxer.reset((DuplexChannel) stream);
            return;
        }
        Optional<StreamScope> scope = account.openStream(Direction.INBOUND);
        if (scope.isEmpty()) {
            muxer.reset((DuplexChannel) stream);
            return;
        }
        negotiating++;
        StreamWatch watch = new StreamWatch(account, scope.get(), () -> negotiating--);
        InboundStream.accept(stream, this, protocols, watch);
    }

    StreamMuxer muxerOfStreams() {
        return muxer;
    }

    StreamSettings streamSettings() {
        return settings;
    }

    ConnectionAccount account() {
        return account;
    }

    <T> Promise<T> newPromise() {
        return channel.eventLoop().newPromise();
    }

    /** What came of asking the remote who it is, after {@link #heard}. */
    void identified(Future<IdentifyInfo> outcome) {
        if (outcome.isSuccess()) {
            identified.trySuccess(outcome.getNow());
        } else {
            identified.tryFailure(outcome.cause());
        }
    }

    /** Why the gate does not let a stream of {@code protocol} be opened. */
    Optional<GateRefusal> refusal(String protocol, Direction opener) {
        return account.refusal(remotePeer(), protocol, opener);
    }

    /** A stream has its protocol. On the event loop. */
    void streamOpened(SwarmStream stream, KeepAlive keepAlive) {
        switch (keepAlive) {
            case NO -> {}
            case YES -> {
                keepingAlive++;
                stream.channel().closeFuture().addListener(_ -> {
                    keepingAlive--;
                    watchIdle();
                });
            }
        }
    }

    private void watchIdle() {
        if (keepingAlive > 0 || settings.idleTimeout().isZero()) {
            return;
        }
        if (idle != null) {
            var _ = idle.cancel(false);
        }
        idle = channel.eventLoop()
                .schedule(this::closeIdle, settings.idleTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void closeIdle() {
        if (keepingAlive == 0) {
            close(CloseCause.IDLE, "no stream for " + settings.idleTimeout());
        }
    }

    @Override
    public Future<Stream> open(List<String> protocols, StreamHandler handler) {
        return open(protocols, handler, KeepAlive.YES);
    }

    Future<Stream> open(List<String> protocols, StreamHandler handler, KeepAlive keepAlive) {
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("no protocol to open a stream for");
        }
        Promise<Stream> promise = channel.eventLoop().newPromise();
        Optional<StreamScope> scope = account.openStream(Direction.OUTBOUND);
        if (scope.isEmpty()) {
            promise.setFailure(new StreamRefusedException("no room for another stream to " + remotePeer()));
            return promise;
        }
        StreamWatch watch = new StreamWatch(account, scope.get(), () -> {});
        OutboundStream stream = new OutboundStream(this, protocols, handler, keepAlive, promise, watch);
        Future<DuplexChannel> opening = muxer.openStream(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel opened) {
                stream.open(opened);
            }
        });
        opening.addListener(opened -> {
            if (!opened.isSuccess()) {
                watch.refusedByMuxer(opened.cause());
                promise.tryFailure(opened.cause());
            }
        });
        promise.addListener(done -> {
            if (done.isCancelled() && !opening.cancel(false) && opening.isSuccess()) {
                muxer.reset(opening.getNow());
            }
        });
        return promise;
    }

    @Override
    public Future<Void> close() {
        close(CloseCause.LOCAL, "");
        return closed;
    }

    /** Closes the connection for {@code why}, unless it is closing already. Any thread. */
    void close(CloseCause why, String text) {
        if (channel.eventLoop().inEventLoop()) {
            note(why, text);
            var _ = channel.close();
        } else {
            try {
                channel.eventLoop().execute(() -> close(why, text));
            } catch (RejectedExecutionException loopIsGone) {
                LOG.log(System.Logger.Level.DEBUG, "connection {0} has ended with its host", Long.toString(id()));
            }
        }
    }

    /** Takes note of why it is about to end. The first that is noted counts. On the event loop. */
    void note(CloseCause why, String text) {
        if (cause == null) {
            cause = why;
            causeText = text;
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "connection " + id() + " with " + remotePeer() + " at " + remoteAddress() + " ends: " + why
                            + (text.isEmpty() ? "" : ", " + text));
        }
    }

    private void ended() {
        if (idle != null) {
            var _ = idle.cancel(false);
        }
        note(CloseCause.REMOTE, "");
        account.closed(info, cause == null ? CloseCause.REMOTE : cause, causeText);
        identified.tryFailure(new ClosedChannelException());
        closed.trySuccess(null);
    }

    @Override
    public Future<Void> closed() {
        return closed;
    }

    @Override
    public Future<IdentifyInfo> identified() {
        return identified;
    }

    /** The remote has said something of itself; returns what is known now. On the event loop. */
    IdentifyInfo heard(IdentifyInfo info) {
        IdentifyInfo known = remoteInfo.map(before -> before.updatedBy(info)).orElse(info);
        remoteInfo = Optional.of(known);
        return known;
    }

    @Override
    public Optional<IdentifyInfo> remoteInfo() {
        return remoteInfo;
    }

    @Override
    public int openStreams() {
        return muxer.openStreams();
    }

    @Override
    public long id() {
        return info.id();
    }

    @Override
    public PeerId remotePeer() {
        return session.remotePeer();
    }

    @Override
    public PublicKey remoteKey() {
        return session.remoteKey();
    }

    @Override
    public Multiaddr remoteAddress() {
        return account.address();
    }

    @Override
    public Multiaddr localAddress() {
        return localAddress;
    }

    @Override
    public Role role() {
        return info.role();
    }

    @Override
    public String transport() {
        return info.transport();
    }

    @Override
    public String security() {
        return info.security();
    }

    @Override
    public String muxer() {
        return info.muxer();
    }

    @Override
    public String toString() {
        return "connection " + id() + " with " + remotePeer() + " at " + remoteAddress();
    }
}
