package proteus.adapters.libp2p.engine.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException.Reason;
import proteus.adapters.libp2p.engine.upgrade.HeldEnd;

/**
 * Proposes one protocol after the other until the remote agrees to one.
 *
 * <p>Then it fires {@link ProtocolNegotiated}, leaves, and lets what was read beyond flow to the handler behind it. On
 * failure it fires {@link NegotiationFailedException} as caught exception, once, and lets no byte pass. For one channel,
 * on its event loop.
 *
 * <p>An optimistic dialler does not wait for the answer to its last proposal: the event comes at once, or at the end of
 * the loop's turn if no handler stands behind this one yet. What is written in that turn goes out with the proposal. The
 * dialler stays and takes the answer out of what comes in, and holds the end of the stream back until then ({@link
 * HeldEnd}); a refusal is a failure after the event. Only for protocols that the remote is known or supposed to speak.
 */
public final class MultistreamDialler extends Negotiator {

    private final List<String> protocols;
    private final boolean optimistic;
    private int proposed;
    private boolean headerSeen;
    private boolean announced;

    /**
     * A dialler on one channel.
     *
     * @param protocols what to propose, the preferred first; at least one, each beginning with a slash, without newline,
     *     and no longer than a message may be
     * @param optimistic whether not to wait for the answer when only one is left
     */
    public MultistreamDialler(List<String> protocols, boolean optimistic, MultistreamSettings settings) {
        super(settings.maxMessageBytes());
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("no protocol to propose");
        }
        for (String protocol : protocols) {
            if (!protocol.startsWith("/")
                    || protocol.indexOf('\n') >= 0
                    || ByteBufUtil.utf8Bytes(protocol) >= settings.maxMessageBytes()) {
                throw new IllegalArgumentException("no protocol name: " + protocol);
            }
        }
        this.protocols = List.copyOf(protocols);
        this.optimistic = optimistic;
    }

    @Override
    void begin(ChannelHandlerContext ctx) {
        ByteBuf opening = ctx.alloc().buffer();
        MultistreamMessage.write(opening, MultistreamMessage.HEADER_TEXT);
        propose(ctx, opening);
    }

    private void propose(ChannelHandlerContext ctx, ByteBuf out) {
        MultistreamMessage.write(out, proposal());
        if (!lazy()) {
            send(ctx, out);
            ask(ctx);
            return;
        }
        var _ = ctx.write(out);
        holdEnd(ctx, true);
        // Whoever flushes first sends all; this is for the case that nobody writes anything.
        ctx.executor().execute(ctx::flush);
        if (ctx.equals(ctx.pipeline().lastContext())) {
            ctx.executor().execute(() -> announce(ctx));
        } else {
            announce(ctx);
        }
    }

    private static void holdEnd(ChannelHandlerContext ctx, boolean held) {
        if (ctx.channel() instanceof HeldEnd stream) {
            stream.holdEnd(held);
        }
    }

    private String proposal() {
        return protocols.get(proposed);
    }

    private boolean lazy() {
        return optimistic && proposed == protocols.size() - 1;
    }

    private void announce(ChannelHandlerContext ctx) {
        if (!announced && !failed()) {
            announced = true;
            ctx.fireUserEventTriggered(new ProtocolNegotiated(proposal()));
        }
    }

    @Override
    void take(ChannelHandlerContext ctx, MultistreamMessage message) throws NegotiationFailedException {
        switch (message) {
            case MultistreamMessage.Header() when !headerSeen -> headerSeen = true;
            case MultistreamMessage.Protocol(var name)
            when headerSeen && name.equals(proposal()) -> {
                agreed();
                holdEnd(ctx, false);
                announce(ctx);
            }
            case MultistreamMessage.NotAvailable() when headerSeen -> proposeNext(ctx);
            case MultistreamMessage.Header _,
                    MultistreamMessage.NotAvailable _,
                    MultistreamMessage.ListRequest _,
                    MultistreamMessage.Protocol _ ->
                throw new NegotiationFailedException(
                        Reason.MALFORMED,
                        proposal() + " was answered with " + message.getClass().getSimpleName());
        }
    }

    private void proposeNext(ChannelHandlerContext ctx) throws NegotiationFailedException {
        if (proposed == protocols.size() - 1) {
            throw new NegotiationFailedException(Reason.NO_COMMON_PROTOCOL, "the remote speaks none of " + protocols);
        }
        proposed++;
        propose(ctx, ctx.alloc().buffer());
    }

    @Override
    String progress() {
        return "it had not answered to " + proposal();
    }
}
