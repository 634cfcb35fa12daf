package proteus.adapters.libp2p.engine.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * The outbound half of the transport phase: what is written is put together until a flush, and then becomes as few
 * messages as possible.
 *
 * <p>Waiting bytes count towards the channel's writability. A promise is fulfilled with the message that carries the last
 * byte of its write.
 */
final class NoiseEncryptor extends ChannelOutboundHandlerAdapter {

    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final CipherState cipher;
    private final Staging staging;
    private final int maxPlaintextBytes;
    private @Nullable GatheringQueue queue;

    NoiseEncryptor(CipherState cipher, Staging staging, int maxPlaintextBytes) {
        this.cipher = cipher;
        this.staging = staging;
        this.maxPlaintextBytes = maxPlaintextBytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        queue = new GatheringQueue(ctx.channel(), staging);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes && queue != null) {
            queue.add(bytes, promise);
        } else {
            var _ = ctx.write(message, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        while (queue != null && !queue.isEmpty()) {
            if (cipher.exhausted()) {
                SecurityFailedException exhausted =
                        new SecurityFailedException(Reason.CLOSED, "the nonces of this side are used up");
                queue.releaseAndFailAll(ctx, exhausted);
                ctx.fireExceptionCaught(exhausted);
                var _ = ctx.close();
                return;
            }
            ChannelPromise promise = ctx.newPromise();
            writeMessage(ctx, queue.remove(ctx.alloc(), maxPlaintextBytes, promise), promise);
        }
        ctx.flush();
    }

    private void writeMessage(ChannelHandlerContext ctx, ByteBuf plaintext, ChannelPromise promise) {
        ByteBuf message = Unpooled.EMPTY_BUFFER;
        try {
            if (plaintext.isReadable()) {
                message = encrypt(ctx, plaintext);
            }
        } catch (RuntimeException | Error ours) {
            promise.setFailure(ours);
            throw ours;
        } finally {
            plaintext.release();
        }
        var _ = ctx.write(message, promise);
    }

    private ByteBuf encrypt(ChannelHandlerContext ctx, ByteBuf plaintext) {
        int length = plaintext.readableBytes();
        int sealed = length + CipherState.TAG_BYTES;
        byte[] staged = staging.get();
        byte[] source = staged;
        int offset = 0;
        if (plaintext.hasArray()) {
            source = plaintext.array();
            offset = plaintext.arrayOffset() + plaintext.readerIndex();
        } else {
            plaintext.getBytes(plaintext.readerIndex(), staged, 0, length);
        }
        ByteBuf message = ctx.alloc().ioBuffer(Short.BYTES + sealed);
        boolean done = false;
        try {
            cipher.encrypt(NO_ASSOCIATED_DATA, source, offset, length, staged, 0);
            message.writeShort(sealed).writeBytes(staged, 0, sealed);
            done = true;
            return message;
        } finally {
            if (!done) {
                message.release();
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (queue != null) {
            queue.releaseAndFailAll(ctx, new ClosedChannelException());
        }
    }
}
