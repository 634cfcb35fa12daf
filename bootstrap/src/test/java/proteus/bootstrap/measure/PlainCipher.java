package proteus.bootstrap.measure;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Frames that are sealed by an AEAD of the JDK under a fixed key, and nothing else: what a secure channel cannot do
 * without. The copies are those between the arrays that the JDK's ciphers want and the buffers of the socket.
 */
final class PlainCipher extends ChannelDuplexHandler {

    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    /** Which AEAD, and how long its frames are with their tag: the longest messages of Noise, and records of TLS. */
    enum Kind {
        NOISE("ChaCha20-Poly1305", "ChaCha20", 32, 65_535, IvParameterSpec::new),
        TLS("AES/GCM/NoPadding", "AES", 16, 16_384 + TAG_BYTES, iv -> new GCMParameterSpec(8 * TAG_BYTES, iv));

        private final String transformation;
        private final SecretKeySpec key;
        private final int frameBytes;
        private final Function<byte[], AlgorithmParameterSpec> nonce;

        Kind(
                String transformation,
                String algorithm,
                int keyBytes,
                int frameBytes,
                Function<byte[], AlgorithmParameterSpec> nonce) {
            this.transformation = transformation;
            this.key = new SecretKeySpec(new byte[keyBytes], algorithm);
            this.frameBytes = frameBytes;
            this.nonce = nonce;
        }
    }

    private final Kind kind;
    private final Cipher sealer;
    private final Cipher opener;
    private final byte[] plain;
    private final byte[] sealed;
    private final byte[] arrived;
    private int arrivedBytes;
    private int lengthBytes;
    private int length;
    private long sealedFrames;
    private long openedFrames;

    PlainCipher(Kind kind) throws GeneralSecurityException {
        this.kind = kind;
        sealer = Cipher.getInstance(kind.transformation);
        opener = Cipher.getInstance(kind.transformation);
        plain = new byte[kind.frameBytes];
        sealed = new byte[kind.frameBytes];
        arrived = new byte[kind.frameBytes];
    }

    private AlgorithmParameterSpec nonce(long frame) {
        return kind.nonce.apply(
                ByteBuffer.allocate(NONCE_BYTES).putLong(4, frame).array());
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
            throws GeneralSecurityException {
        ByteBuf bytes = (ByteBuf) message;
        if (!bytes.isReadable()) {
            var _ = ctx.write(bytes, promise);
            return;
        }
        try {
            while (bytes.isReadable()) {
                int part = Math.min(bytes.readableBytes(), kind.frameBytes - TAG_BYTES);
                bytes.readBytes(plain, 0, part);
                sealer.init(Cipher.ENCRYPT_MODE, kind.key, nonce(sealedFrames++));
                int sealedBytes = sealer.doFinal(plain, 0, part, sealed, 0);
                ByteBuf frame = ctx.alloc().directBuffer(Short.BYTES + sealedBytes);
                frame.writeShort(sealedBytes).writeBytes(sealed, 0, sealedBytes);
                var _ = ctx.write(frame, bytes.isReadable() ? ctx.newPromise() : promise);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws GeneralSecurityException {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable()) {
                if (lengthBytes < Short.BYTES) {
                    length = length << 8 | bytes.readUnsignedByte();
                    lengthBytes++;
                    continue;
                }
                int part = Math.min(bytes.readableBytes(), length - arrivedBytes);
                bytes.readBytes(arrived, arrivedBytes, part);
                arrivedBytes += part;
                if (arrivedBytes == length) {
                    open(ctx);
                }
            }
        } finally {
            bytes.release();
        }
    }

    private void open(ChannelHandlerContext ctx) throws GeneralSecurityException {
        opener.init(Cipher.DECRYPT_MODE, kind.key, nonce(openedFrames++));
        int opened = opener.doFinal(arrived, 0, length, plain, 0);
        length = 0;
        lengthBytes = 0;
        arrivedBytes = 0;
        ctx.fireChannelRead(Unpooled.wrappedBuffer(plain, 0, opened));
    }
}
