package proteus.adapters.libp2p.engine.stream;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.io.IOException;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/**
 * Writes protobuf messages as frames: each with its length in bytes before it as a varint.
 *
 * <p>A message above the limit is this side's mistake and fails its write. For the event loop of its stream.
 */
public final class FrameEncoder extends MessageToByteEncoder<MessageLite> {

    private final int maxBytes;

    /**
     * An encoder of messages of at most {@code maxBytes}, their lengths not counted.
     *
     * @throws IllegalArgumentException if {@code maxBytes} is not positive
     */
    public FrameEncoder(int maxBytes) {
        super(MessageLite.class);
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("frames of at most " + maxBytes + " bytes");
        }
        this.maxBytes = maxBytes;
    }

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext ctx, MessageLite message, boolean preferDirect) {
        int size = message.getSerializedSize();
        if (size > maxBytes) {
            throw new IllegalArgumentException("a message of " + size + " bytes, of at most " + maxBytes);
        }
        return ctx.alloc().ioBuffer(Uvarint.size(size) + size);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, MessageLite message, ByteBuf out) throws IOException {
        Uvarint.write(out, message.getSerializedSize());
        try (ByteBufOutputStream stream = new ByteBufOutputStream(out)) {
            message.writeTo(stream);
        }
    }
}
