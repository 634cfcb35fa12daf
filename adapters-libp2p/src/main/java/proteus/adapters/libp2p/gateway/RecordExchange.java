package proteus.adapters.libp2p.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import proteus.application.wire.HandshakeRecordCodec;

/**
 * Takes a peer's handshake record off a stream: a length of four bytes, big endian, and so many bytes.
 *
 * <p>Of a record only as much is kept as one can mean; what is behind it within its length is read and dropped, as upstream
 * does. What comes after the record is kept for whoever comes next: at most what one read gives.
 */
final class RecordExchange extends ChannelInboundHandlerAdapter {

    /** The longest record that says something, in bytes. */
    private static final int MEANINGFUL_BYTES = 2_927;

    private static final int LENGTH_BYTES = 4;

    private final CompletableFuture<byte[]> record = new CompletableFuture<>();
    private final byte[] kept = new byte[MEANINGFUL_BYTES];
    private int lengthSeen;
    private long length;
    private long taken;
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;

    /** The record, without its length; fails if it does not come to that. Done on the stream's event loop. */
    CompletableFuture<byte[]> record() {
        return record;
    }

    /** What came behind the record, which is the caller's to release. Event loop only, once. */
    ByteBuf takeRest() {
        ByteBuf bytes = rest;
        rest = Unpooled.EMPTY_BUFFER;
        return bytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(false);
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            take(bytes);
            if (record.isDone() && bytes.isReadable()) {
                // More than one read may have been under way; what they give is one behind the other.
                rest = Unpooled.wrappedBuffer(rest, bytes.retain());
            }
        } finally {
            bytes.release();
        }
    }

    private void take(ByteBuf bytes) {
        while (!record.isDone() && lengthSeen < LENGTH_BYTES && bytes.isReadable()) {
            length = length << Byte.SIZE | bytes.readUnsignedByte();
            lengthSeen++;
        }
        if (record.isDone() || lengthSeen < LENGTH_BYTES) {
            return;
        }
        if (length > HandshakeRecordCodec.MAX_BYTES) {
            record.completeExceptionally(new TooLongFrameException(
                    "a record of " + length + " bytes, where " + HandshakeRecordCodec.MAX_BYTES + " is the most"));
            return;
        }
        int now = (int) Math.min(bytes.readableBytes(), length - taken);
        int keeping = (int) Math.max(0, Math.min(now, MEANINGFUL_BYTES - taken));
        bytes.readBytes(kept, (int) Math.min(taken, MEANINGFUL_BYTES), keeping);
        bytes.skipBytes(now - keeping);
        taken += now;
        if (taken == length) {
            byte[] whole = new byte[(int) Math.min(length, MEANINGFUL_BYTES)];
            System.arraycopy(kept, 0, whole, 0, whole.length);
            record.complete(whole);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!record.isDone()) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            failed(new IOException("the stream ended before the record did"));
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        failed(new IOException("the stream was closed before the record came"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(cause);
    }

    private void failed(Throwable cause) {
        record.completeExceptionally(cause);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        failed(new IOException("given up"));
        takeRest().release();
    }
}
