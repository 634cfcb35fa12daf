package proteus.adapters.libp2p.engine.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * The inbound half of the transport phase: frames to plaintext, one buffer for each that is not empty.
 *
 * <p>The plaintext is in heap buffers, for there the cipher can write it to without another copy. After the first wrong
 * message it fires a {@link SecurityFailedException} as caught exception and lets nothing pass any more.
 */
final class NoiseDecryptor extends ChannelInboundHandlerAdapter {

    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final CipherState cipher;
    private final Staging staging;
    private final FrameReader frames = new FrameReader();
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private boolean decrypting;
    private boolean unanswered;
    private boolean failed;

    NoiseDecryptor(CipherState cipher, Staging staging) {
        this.cipher = cipher;
        this.staging = staging;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (failed) {
            bytes.release();
            return;
        }
        received = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, bytes);
        if (decrypting) {
            // A handler behind has made the channel deliver more; that must stay behind what we hold.
            return;
        }
        decrypting = true;
        unanswered = true;
        try {
            decryptAll(ctx);
        } catch (SecurityFailedException failure) {
            failed = true;
            ctx.fireExceptionCaught(failure);
        } catch (RuntimeException | Error ours) {
            failed = true;
            throw ours;
        } finally {
            decrypting = false;
            received.release();
            received = Unpooled.EMPTY_BUFFER;
        }
    }

    private void decryptAll(ChannelHandlerContext ctx) throws SecurityFailedException {
        byte[] message = staging.get();
        while (!failed) {
            int length =
                    frames.next(ctx.alloc(), received, message, CipherState.TAG_BYTES, NoiseSettings.MAX_MESSAGE_BYTES);
            if (length == FrameReader.NONE) {
                return;
            }
            if (cipher.exhausted()) {
                throw new SecurityFailedException(Reason.CLOSED, "the remote has used up its nonces");
            }
            ByteBuf plaintext = decrypt(ctx, message, length);
            if (plaintext.isReadable()) {
                unanswered = false;
                ctx.fireChannelRead(plaintext);
            } else {
                plaintext.release();
            }
        }
    }

    private ByteBuf decrypt(ChannelHandlerContext ctx, byte[] message, int length) throws SecurityFailedException {
        int plain = length - CipherState.TAG_BYTES;
        ByteBuf plaintext = ctx.alloc().heapBuffer(plain);
        boolean done = false;
        try {
            cipher.decrypt(NO_ASSOCIATED_DATA, message, 0, length, plaintext.array(), plaintext.arrayOffset());
            plaintext.writerIndex(plain);
            done = true;
            return plaintext;
        } finally {
            if (!done) {
                plaintext.release();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        // Whoever asked for bytes has not got any yet.
        if (unanswered && !failed && !ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
        unanswered = false;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        // What waits is released where it is looked at, in case this is called from there.
        failed = true;
        frames.release();
    }
}
