package proteus.adapters.libp2p.engine.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of conversations, written out. */
final class Wire {

    static final String HEADER = "132f6d756c746973747265616d2f312e302e300a";
    static final String TLS = "0b2f746c732f312e302e300a";
    static final String NOISE = "072f6e6f6973650a";
    static final String YAMUX = "0d2f79616d75782f312e302e300a";
    static final String NA = "036e610a";
    static final String LS = "036c730a";

    private Wire() {}

    static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts));
    }

    /** Text as hex, without length and newline. */
    static String text(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    static void arrive(EmbeddedChannel channel, String... parts) {
        channel.writeInbound(Unpooled.wrappedBuffer(hex(parts)));
    }

    /** All that was flushed since the last call, as hex. */
    static String sent(EmbeddedChannel channel) {
        StringBuilder sent = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            sent.append(ByteBufUtil.hexDump(bytes));
            bytes.release();
        }
        return sent.toString();
    }
}
