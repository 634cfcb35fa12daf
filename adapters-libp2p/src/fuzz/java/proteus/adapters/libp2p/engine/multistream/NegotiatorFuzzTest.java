package proteus.adapters.libp2p.engine.multistream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;

/** Looks for bytes that make a negotiation do anything but agree, fail as it may or wait, and answer in kind. */
class NegotiatorFuzzTest {

    private static final List<String> PROTOCOLS = List.of("/a", "/b/1.0.0");

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreANegotiationOrFailIt(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        Negotiator negotiator = (bytes[0] & 1) == 0
                ? new MultistreamListener(PROTOCOLS::contains, MultistreamSettings.STANDARD)
                : new MultistreamDialler(PROTOCOLS, (bytes[0] & 2) == 0, MultistreamSettings.STANDARD);
        Judge judge = new Judge();
        EmbeddedChannel channel = new EmbeddedChannel(negotiator, judge);
        int piece = 1 + (bytes[1] & 0xFF);
        for (int at = 2; at < bytes.length; at += piece) {
            ByteBuf part = Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at));
            channel.writeInbound(part);
        }
        channel.runPendingTasks();
        int answered = 0;
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            answered += out.readableBytes();
            out.release();
        }
        channel.finishAndReleaseAll();
        // The longest answer to a message is the list of the protocols, or a proposal.
        if (answered > 20 + 64 * 32) {
            throw new AssertionError(answered + " bytes of answers to " + bytes.length);
        }
    }

    private static final class Judge extends ChannelInboundHandlerAdapter {

        private int outcomes;

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ProtocolNegotiated(String protocol) && !PROTOCOLS.contains(protocol)) {
                throw new AssertionError("agreed on " + protocol);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ((ByteBuf) message).release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            outcomes++;
            if (!(cause instanceof NegotiationFailedException) || outcomes > 1) {
                throw new AssertionError("failure " + outcomes + " of a negotiation", cause);
            }
        }
    }
}
