package proteus.adapters.libp2p.engine.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.OptionalLong;
import proteus.adapters.libp2p.engine.varint.MalformedVarintException;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/**
 * Cuts a stream into frames, each with its length in bytes before it as a varint, and passes on what they hold as {@code
 * ByteBuf}s, which may be empty.
 *
 * <p>Fires a {@link MalformedFrameException}, once, when a length is none or above the limit, before any memory is taken
 * for it, and when the input ends within a frame; from then on bytes are dropped. To close the stream is for the next
 * handler. For the event loop of its stream.
 */
public final class FrameDecoder extends ByteToMessageDecoder {

    private static final int UNKNOWN = -1;

    private final int maxBytes;
    private int length = UNKNOWN;
    private boolean broken;

    /**
     * A decoder of frames of at most {@code maxBytes}, their lengths not counted.
     *
     * @throws IllegalArgumentException if {@code maxBytes} is not positive
     */
    public FrameDecoder(int maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("frames of at most " + maxBytes + " bytes");
        }
        this.maxBytes = maxBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (!broken && length == UNKNOWN) {
            readLength(ctx, in);
        }
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (length != UNKNOWN && in.readableBytes() >= length) {
            out.add(in.readRetainedSlice(length));
            length = UNKNOWN;
        }
    }

    private void readLength(ChannelHandlerContext ctx, ByteBuf in) {
        try {
            OptionalLong claimed = Uvarint.read(in);
            if (claimed.isEmpty()) {
                return;
            }
            if (claimed.getAsLong() > maxBytes) {
                fail(
                        ctx,
                        new MalformedFrameException(
                                "a frame of " + claimed.getAsLong() + " bytes, of at most " + maxBytes));
                return;
            }
            length = (int) claimed.getAsLong();
        } catch (MalformedVarintException malformed) {
            fail(ctx, new MalformedFrameException("no length of a frame: " + malformed.getMessage(), malformed));
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        boolean cutOff = length != UNKNOWN || in.isReadable();
        in.skipBytes(in.readableBytes());
        if (!broken && cutOff) {
            String within = length == UNKNOWN ? "a length" : "a frame of " + length + " bytes";
            // At the very end: who hears of it may close the stream, and the bytes are gone then.
            fail(ctx, new MalformedFrameException("the input ended within " + within));
        }
    }

    private void fail(ChannelHandlerContext ctx, MalformedFrameException why) {
        broken = true;
        ctx.fireExceptionCaught(why);
    }
}
