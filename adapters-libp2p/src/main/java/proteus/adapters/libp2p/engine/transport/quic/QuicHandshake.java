package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.security.tls.PeerTrust.PeerCheck;
import proteus.adapters.libp2p.engine.security.tls.TlsProtocol;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;

/** The handler of one QUIC channel: makes a {@link QuicConnection} of it when its remote is proven, and its streams. */
final class QuicHandshake extends ChannelInboundHandlerAdapter {

    private final Role role;
    private final InetSocketAddress remote;
    private final int maxResets;
    private final Outcome outcome;
    private @Nullable PeerCheck check;
    private @Nullable QuicConnection connection;
    private @Nullable ChannelHandler streams;
    private @Nullable Throwable trouble;
    private boolean ended;

    /** Told once how it went. */
    interface Outcome {

        /** Takes over the connection; returns what fills the pipelines of the remote's streams. */
        ChannelHandler secured(QuicConnection connection);

        /** There will be no connection. */
        void failed(Throwable why);

        /** An outcome of functions. */
        static Outcome of(
                Function<QuicConnection, ChannelHandler> secured, java.util.function.Consumer<Throwable> failed) {
            return new Outcome() {
                @Override
                public ChannelHandler secured(QuicConnection connection) {
                    return secured.apply(connection);
                }

                @Override
                public void failed(Throwable why) {
                    failed.accept(why);
                }
            };
        }
    }

    QuicHandshake(Role role, InetSocketAddress remote, int maxResets, Outcome outcome) {
        this.role = role;
        this.remote = remote;
        this.maxResets = maxResets;
        this.outcome = outcome;
    }

    /** To be called before the handshake begins. */
    void watchedBy(PeerCheck peerCheck) {
        check = peerCheck;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent shaken) {
            if (shaken.isSuccess()) {
                secured(ctx);
            } else {
                fail(ctx, shaken.cause());
            }
        } else if (event instanceof QuicConnectionCloseEvent closed) {
            trouble = QuicFailures.closedByRemote(closed);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void secured(ChannelHandlerContext ctx) {
        if (connection != null || ended) {
            return;
        }
        Optional<PublicKey> key = check == null ? Optional.empty() : check.accepted();
        if (key.isEmpty()) {
            fail(ctx, QuicFailures.noCertificate());
            return;
        }
        SecureSession session = new SecureSession(TlsProtocol.ID, key.get(), PeerId.of(key.get()), Optional.empty());
        QuicConnection made = new QuicConnection(
                (QuicChannel) ctx.channel(),
                role,
                remote,
                session,
                maxResets,
                ctx.channel().parent().pipeline().get(ReadBatches.class));
        connection = made;
        streams = outcome.secured(made);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof QuicStreamChannel stream && connection != null && streams != null) {
            stream.pipeline().addLast(new QuicStreamBridge(connection, streams, _ -> {}));
            var _ = ctx.channel().eventLoop().register(stream);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (connection == null) {
            fail(ctx, cause);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        failed(QuicFailures.closed());
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        failed(QuicFailures.closed());
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (failed(cause)) {
            // Not at once: Netty is in the midst of sending the alert that says why.
            ctx.channel().eventLoop().execute(() -> {
                var _ = ctx.close();
            });
        }
    }

    /** Ends a handshake that is under way; returns whether it was. The channel is the caller's to close. */
    boolean failed(Throwable cause) {
        if (connection != null || ended) {
            return false;
        }
        ended = true;
        outcome.failed(QuicFailures.explain(trouble == null ? cause : trouble, Optional.ofNullable(check)));
        return true;
    }
}
