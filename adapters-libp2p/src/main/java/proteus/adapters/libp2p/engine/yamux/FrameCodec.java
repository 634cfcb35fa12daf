package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Optional;

/**
 * Bytes to frames and back.
 *
 * <p>Inwards each frame is its {@link FrameHeader}, as soon as that is there, and then the body of Data in slices as
 * they arrive. So a frame is judged before any of its body is kept, and a body that never comes costs nothing. Outwards
 * a {@link FrameHeader} is a frame without a body, and a {@code ByteBuf} one or more whole frames.
 */
final class FrameCodec extends ChannelDuplexHandler {

    private final byte[] header = new byte[FrameHeader.BYTES];
    private int headerBytes;
    private long bodyLeft;
    private boolean broken;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && !broken) {
                if (bodyLeft > 0) {
                    int piece = (int) Math.min(bodyLeft, in.readableBytes());
                    bodyLeft -= piece;
                    ctx.fireChannelRead(in.readRetainedSlice(piece));
                } else {
                    readHeader(ctx, in);
                }
            }
        } finally {
            in.release();
        }
    }

    private void readHeader(ChannelHandlerContext ctx, ByteBuf in) {
        int missing = Math.min(FrameHeader.BYTES - headerBytes, in.readableBytes());
        in.readBytes(header, headerBytes, missing);
        headerBytes += missing;
        if (headerBytes < FrameHeader.BYTES) {
            return;
        }
        headerBytes = 0;
        ByteBuf fields = Unpooled.wrappedBuffer(header);
        int version = fields.readUnsignedByte();
        int code = fields.readUnsignedByte();
        Optional<FrameType> type = FrameType.of(code);
        if (version != FrameHeader.VERSION || type.isEmpty()) {
            broken = true;
            ctx.fireUserEventTriggered(
                    YamuxEvent.Failed.violation("frame of version " + version + " and type " + code));
            return;
        }
        FrameHeader read =
                new FrameHeader(type.get(), fields.readUnsignedShort(), fields.readInt(), fields.readUnsignedInt());
        bodyLeft = read.type() == FrameType.DATA ? read.length() : 0;
        ctx.fireChannelRead(read);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof FrameHeader frame) {
            ByteBuf out = ctx.alloc().buffer(FrameHeader.BYTES);
            frame.writeTo(out);
            var _ = ctx.write(out, promise);
        } else {
            var _ = ctx.write(message, promise);
        }
    }
}
