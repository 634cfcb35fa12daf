package proteus.adapters.libp2p.engine.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException.Reason;

/** Stands where the handler of a protocol would, and notes what it is told, in order. */
final class Receiver extends ChannelInboundHandlerAdapter {

    private final StringBuilder heard = new StringBuilder();
    private final List<NegotiationFailedException> failures = new ArrayList<>();

    /** What to write, and flush, on the event. */
    private String onNegotiated = "";

    /** What was heard so far: {@code [protocol]}, {@code !REASON} and the bytes that flowed. */
    String heard() {
        return heard.toString();
    }

    Reason reason() {
        return failures.getFirst().reason();
    }

    /** Writes {@code text} without flush as soon as a protocol is negotiated. */
    Receiver speakingAtOnce(String text) {
        onNegotiated = text;
        return this;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ProtocolNegotiated(var protocol)) {
            heard.append('[').append(protocol).append(']');
            if (!onNegotiated.isEmpty()) {
                var _ = ctx.write(Unpooled.copiedBuffer(onNegotiated, StandardCharsets.UTF_8));
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        heard.append(bytes.toString(StandardCharsets.ISO_8859_1));
        bytes.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof NegotiationFailedException failure)) {
            throw new AssertionError("not expected", cause);
        }
        failures.add(failure);
        heard.append('!').append(failure.reason());
    }
}
