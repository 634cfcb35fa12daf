package proteus.adapters.libp2p.engine.security.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.security.tls.PeerTrust.PeerCheck;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/** Tells the upgrader behind it how the handshake of the {@link SslHandler} before it went, once, and hides the rest. */
final class TlsOutcome extends ChannelInboundHandlerAdapter {

    private enum State {
        SHAKING,
        SECURED,
        FAILED
    }

    private final SslHandler tls;
    private final PeerCheck check;
    private final List<String> muxers;
    private State state = State.SHAKING;

    TlsOutcome(SslHandler tls, PeerCheck check, List<String> muxers) {
        this.tls = tls;
        this.check = check;
        this.muxers = muxers;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent shaken) {
            finish(ctx, shaken);
        } else if (event instanceof SslCloseCompletionEvent closed) {
            if (closed.isSuccess()) {
                // The remote will send no more; TLS for libp2p knows no half-closed connection.
                var _ = ctx.close();
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (state == State.SECURED) {
            ctx.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (isOfTls(cause) || (state == State.SHAKING && cause instanceof IOException)) {
            fail(ctx, TlsFailures.explain(cause, check));
        } else if (state == State.SHAKING) {
            // Of a handler in front, such as a negotiation whose last proposal was refused after all.
            state = State.FAILED;
            ctx.fireExceptionCaught(cause);
        } else if (state == State.SECURED) {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void finish(ChannelHandlerContext ctx, SslHandshakeCompletionEvent shaken) {
        if (state != State.SHAKING) {
            return;
        }
        if (!shaken.isSuccess()) {
            fail(ctx, TlsFailures.explain(shaken.cause(), check));
            return;
        }
        Optional<PublicKey> key = check.accepted();
        if (key.isEmpty()) {
            fail(ctx, new SecurityFailedException(Reason.UNAUTHENTIC, "the remote showed no certificate"));
            return;
        }
        state = State.SECURED;
        @Nullable String chosen = tls.applicationProtocol();
        ctx.fireUserEventTriggered(new SecureSession(
                TlsProtocol.ID,
                key.get(),
                PeerId.of(key.get()),
                Optional.ofNullable(chosen).filter(muxers::contains)));
    }

    private void fail(ChannelHandlerContext ctx, SecurityFailedException failure) {
        if (state != State.FAILED) {
            state = State.FAILED;
            ctx.fireExceptionCaught(failure);
        }
    }

    private static boolean isOfTls(Throwable cause) {
        for (@Nullable Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SSLException) {
                return true;
            }
        }
        return false;
    }
}
