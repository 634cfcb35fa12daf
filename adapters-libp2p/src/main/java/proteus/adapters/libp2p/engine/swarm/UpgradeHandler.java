package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.multistream.MultistreamDialler;
import proteus.adapters.libp2p.engine.multistream.MultistreamListener;
import proteus.adapters.libp2p.engine.multistream.MultistreamSettings;
import proteus.adapters.libp2p.engine.multistream.ProtocolNegotiated;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityProtocol;

/**
 * Makes a secured connection with a multiplexer out of a raw channel, step by step: negotiate security, secure, negotiate
 * the multiplexer unless the handshake did.
 *
 * <p>It is the last handler of the channel until then, and puts what each step needs before itself. The outcome is told
 * exactly once.
 */
final class UpgradeHandler extends ChannelInboundHandlerAdapter {

    private static final String BROKEN_WRITES = "broken-writes";

    private final Role role;
    private final Optional<PeerId> expected;
    private final Means means;
    private final Outcome outcome;
    private Step step = Step.WAITING;
    private @Nullable SecureSession session;
    private @Nullable Future<?> timeout;

    /**
     * What connections of this host are upgraded with.
     *
     * @param security by protocol id, in the order of preference
     * @param muxers protocol ids, in the order of preference
     * @param timeout for the whole upgrade
     */
    record Means(
            Map<String, SecurityProtocol> security,
            List<String> muxers,
            MultistreamSettings multistream,
            Duration timeout) {}

    /** Who is told how it went, on the event loop. */
    interface Outcome {

        /** The handshake of {@code protocol} begins. */
        void securing(String protocol);

        /** The remote is known now. Whoever throws here ends the upgrade with that as its failure. */
        void secured(ChannelHandlerContext ctx, SecureSession session) throws RefusedException;

        /** The multiplexer's handler: it is added to the pipeline, and this one leaves. */
        ChannelHandler established(ChannelHandlerContext ctx, SecureSession session, String muxer)
                throws RefusedException;

        /** The pipeline is whole, and no byte has reached the multiplexer yet. */
        void upgraded();

        /** It failed; the channel is closed already or will be at once. */
        void failed(Throwable cause);
    }

    private enum Step {
        WAITING,
        NEGOTIATING_SECURITY,
        SECURING,
        NEGOTIATING_MUXER,
        OVER
    }

    UpgradeHandler(Role role, Optional<PeerId> expected, Means means, Outcome outcome) {
        this.role = role;
        this.expected = expected;
        this.means = means;
        this.outcome = outcome;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timeout = ctx.executor()
                .schedule(
                        () -> fail(
                                ctx, new TimeoutException("not upgraded within " + means.timeout() + ", was " + step)),
                        means.timeout().toNanos(),
                        TimeUnit.NANOSECONDS);
        ctx.pipeline().addBefore(ctx.name(), BROKEN_WRITES, new BrokenWrites());
        if (ctx.channel().isActive()) {
            begin(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin(ctx);
        ctx.fireChannelActive();
    }

    private void begin(ChannelHandlerContext ctx) {
        if (step != Step.WAITING) {
            return;
        }
        step = Step.NEGOTIATING_SECURITY;
        negotiate(ctx, List.copyOf(means.security().keySet()));
    }

    private void negotiate(ChannelHandlerContext ctx, List<String> protocols) {
        ctx.pipeline()
                .addBefore(
                        ctx.name(),
                        null,
                        switch (role) {
                            case DIALLER -> new MultistreamDialler(protocols, true, means.multistream());
                            case LISTENER -> new MultistreamListener(protocols::contains, means.multistream());
                        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws RefusedException {
        switch (event) {
            case ProtocolNegotiated(String protocol)
            when step == Step.NEGOTIATING_SECURITY -> {
                step = Step.SECURING;
                SecurityProtocol security = means.security().get(protocol);
                if (security == null) {
                    throw new IllegalStateException("negotiated " + protocol + ", which was not offered");
                }
                outcome.securing(protocol);
                security.secure(ctx, role, expected);
            }
            case SecureSession secured when step == Step.SECURING -> secured(ctx, secured);
            case ProtocolNegotiated(String protocol) when step == Step.NEGOTIATING_MUXER -> establish(ctx, protocol);
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void secured(ChannelHandlerContext ctx, SecureSession secured) throws RefusedException {
        session = secured;
        outcome.secured(ctx, secured);
        step = Step.NEGOTIATING_MUXER;
        if (secured.earlyMuxer().isPresent()) {
            establish(ctx, secured.earlyMuxer().get());
        } else {
            negotiate(ctx, means.muxers());
        }
    }

    private void establish(ChannelHandlerContext ctx, String muxer) throws RefusedException {
        if (session == null) {
            throw new IllegalStateException("a multiplexer without security");
        }
        ChannelHandler handler = outcome.established(ctx, session, muxer);
        over();
        ctx.pipeline().addBefore(ctx.name(), null, handler);
        ctx.pipeline().remove(BROKEN_WRITES);
        ctx.pipeline().remove(this);
        outcome.upgraded();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(
                ctx,
                new SecurityFailedException(
                        SecurityFailedException.Reason.CLOSED, "the remote closed the connection, it was " + step));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause);
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (step != Step.OVER) {
            over();
            outcome.failed(cause);
        }
        var _ = ctx.close();
    }

    private void over() {
        step = Step.OVER;
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (step == Step.WAITING && role == Role.DIALLER) {
            // It was never connected; who has dialled it knows why, and may be told of it later than this.
            over();
            return;
        }
        if (step != Step.OVER) {
            fail(
                    ctx,
                    new SecurityFailedException(
                            SecurityFailedException.Reason.CLOSED, "the connection was closed, it was " + step));
        }
    }
}
