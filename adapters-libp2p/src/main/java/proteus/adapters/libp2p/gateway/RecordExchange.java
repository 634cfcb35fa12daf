package proteus.adapters.libp2p.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Takes a peer's handshake record off a stream: a length of four bytes, big endian, and so many bytes.
 *
 * <p>A record may be longer than what it says: with bytes behind it, which upstream ignores, or with texts of which it takes
 * the beginning. So more of one is kept than any says, but not all that may come; the rest is read and dropped. What comes
 * after the record is kept for whoever comes next: at most what one read gives.
 */
final class RecordExchange extends ChannelInboundHandlerAdapter {

    /** The most that is kept of a record, in bytes; no real one has a twentieth of it. */
    static final int MOST_KEPT = 65_536;

    // The longest real one is 2,927 bytes; memory for more is taken as it comes, four times as much each time.
    private static final int FIRST_KEPT = 4_096;
    private static final int GROWTH = 4;
    private static final int LENGTH_BYTES = 4;

    private static final byte[] NOTHING = {};

    private final int mostBytes;
    private final CompletableFuture<Void> record = new CompletableFuture<>();
    private byte[] kept = new byte[FIRST_KEPT];
    private int keptBytes;
    private int lengthSeen;
    private long length;
    private long taken;
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;

    /**
     * Of a record that may have so many bytes.
     *
     * @param mostBytes the most that it may have; a longer one is a fault as soon as its length is here
     */
    RecordExchange(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Done, on the stream's event loop, when the record is whole; fails if it does not come to that. */
    CompletableFuture<Void> record() {
        return record;
    }

    /** The whole record, without its length; no longer kept here, where it would stay as long as the connection. Once. */
    byte[] takeRecord() {
        byte[] bytes = Arrays.copyOf(kept, keptBytes);
        kept = NOTHING;
        keptBytes = 0;
        return bytes;
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
        if (length > mostBytes) {
            record.completeExceptionally(
                    new TooLongFrameException("a record of " + length + " bytes, where " + mostBytes + " is the most"));
            return;
        }
        int now = (int) Math.min(bytes.readableBytes(), length - taken);
        int keeping = Math.min(now, MOST_KEPT - keptBytes);
        keep(bytes, keeping);
        bytes.skipBytes(now - keeping);
        taken += now;
        if (taken == length) {
            record.complete(null);
        }
    }

    private void keep(ByteBuf bytes, int count) {
        while (kept.length < keptBytes + count) {
            kept = Arrays.copyOf(kept, GROWTH * kept.length);
        }
        bytes.readBytes(kept, keptBytes, count);
        keptBytes += count;
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
