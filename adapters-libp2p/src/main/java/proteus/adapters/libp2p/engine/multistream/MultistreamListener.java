package proteus.adapters.libp2p.engine.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.Predicate;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException.Reason;

/**
 * Answers proposals until one is a protocol that is spoken here.
 *
 * <p>Then it fires {@link ProtocolNegotiated}, leaves, and lets what was read beyond flow to the handler behind it; the
 * answer goes out together with what that handler writes meanwhile. On failure it fires {@link
 * NegotiationFailedException} as caught exception, once, and lets no byte pass. For one channel, on its event loop.
 */
public final class MultistreamListener extends Negotiator {

    private final Predicate<String> spoken;
    private final int maxMessages;
    private int messages;

    /**
     * A listener on one channel.
     *
     * @param spoken whether a protocol is spoken here; asked on the event loop, with any text that begins with a slash
     */
    public MultistreamListener(Predicate<String> spoken, MultistreamSettings settings) {
        super(settings.maxMessageBytes());
        this.spoken = spoken;
        maxMessages = settings.maxMessages();
    }

    @Override
    void begin(ChannelHandlerContext ctx) {
        ask(ctx);
    }

    @Override
    void take(ChannelHandlerContext ctx, MultistreamMessage message) throws NegotiationFailedException {
        messages++;
        if (messages > maxMessages) {
            throw new NegotiationFailedException(
                    Reason.TOO_MANY_MESSAGES, "more than " + maxMessages + " messages and still no protocol");
        }
        boolean first = messages == 1;
        switch (message) {
            case MultistreamMessage.Header() when first -> answer(ctx, MultistreamMessage.HEADER_TEXT);
            case MultistreamMessage.ListRequest() when !first -> answer(ctx, MultistreamMessage.NOT_AVAILABLE_TEXT);
            case MultistreamMessage.Protocol(var name)
            when !first && spoken.test(name) -> {
                answer(ctx, name);
                agreed();
                ctx.fireUserEventTriggered(new ProtocolNegotiated(name));
            }
            case MultistreamMessage.Protocol _ when !first -> answer(ctx, MultistreamMessage.NOT_AVAILABLE_TEXT);
            case MultistreamMessage.Header _,
                    MultistreamMessage.NotAvailable _,
                    MultistreamMessage.ListRequest _,
                    MultistreamMessage.Protocol _ ->
                throw new NegotiationFailedException(
                        Reason.MALFORMED,
                        "message " + messages + " is " + message.getClass().getSimpleName());
        }
    }

    private void answer(ChannelHandlerContext ctx, String text) {
        ByteBuf answer = ctx.alloc().buffer(text.length() + 3);
        MultistreamMessage.write(answer, text);
        send(ctx, answer);
    }

    @Override
    String progress() {
        return "it had sent " + messages + " messages";
    }
}
