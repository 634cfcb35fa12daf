package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Answers an Initial packet whose token is not ours with a Retry, before the codec sees it, which would drop it.
 *
 * <p>Such packets come from honest diallers: rust-libp2p keeps the tokens that servers gave it for another time, and
 * calls all servers by the same name, so it shows us those of others. RFC 9000, 8.1.3 wants them treated as none.
 */
final class ForeignTokens extends ChannelInboundHandlerAdapter {

    private static final int LONG_HEADER_INITIAL = 0xc0;
    private static final int TYPE_MASK = 0xf0;
    private static final int RETRY = 0xf0;
    private static final int VERSION_1 = 1;
    private static final int MAX_ID = 20;
    private static final int TAG_BITS = 128;
    // RFC 9001, 5.8: known to everybody; the tag only keeps strangers from guessing.
    private static final String KEY = "be0c690b9f66575a1d766b54e368c84e";
    private static final String NONCE = "461599d35d632bf2239825bb";

    private final RetryTokens tokens;
    private final SecureRandom random;

    ForeignTokens(RetryTokens tokens, SecureRandom random) {
        this.tokens = tokens;
        this.random = random;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof DatagramPacket packet) {
            Optional<Initial> initial = Initial.read(packet.content());
            if (initial.isPresent() && !tokens.isValid(initial.get().token(), packet.sender())) {
                try {
                    // What is shorter is no first packet, and we send no more than we got.
                    if (packet.content().readableBytes() >= QuicSettings.MIN_UDP_PAYLOAD) {
                        ByteBuf retry = retry(ctx, initial.get(), packet);
                        var _ = ctx.writeAndFlush(new DatagramPacket(retry, packet.sender()));
                    }
                } finally {
                    packet.release();
                }
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    private ByteBuf retry(ChannelHandlerContext ctx, Initial initial, DatagramPacket packet) {
        ByteBuf retry = ctx.alloc().directBuffer();
        byte[] ownId = new byte[MAX_ID];
        random.nextBytes(ownId);
        retry.writeByte(RETRY | random.nextInt(16)).writeInt(VERSION_1);
        retry.writeByte(initial.source().readableBytes())
                .writeBytes(initial.source().duplicate());
        retry.writeByte(ownId.length).writeBytes(ownId);
        tokens.mint(retry, initial.destination(), packet.sender());
        retry.writeBytes(tag(initial.destination(), retry));
        return retry;
    }

    /** The integrity tag of RFC 9001, 5.8. */
    static byte[] tag(ByteBuf firstId, ByteBuf retry) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"),
                    new GCMParameterSpec(TAG_BITS, HexFormat.of().parseHex(NONCE)));
            cipher.updateAAD(new byte[] {(byte) firstId.readableBytes()});
            cipher.updateAAD(firstId.nioBuffer());
            cipher.updateAAD(retry.nioBuffer());
            return cipher.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no AES-GCM", missing);
        }
    }

    /** The fields of an Initial packet that has a token: parts of the datagram. */
    private record Initial(ByteBuf destination, ByteBuf source, ByteBuf token) {

        /** Reads the first packet of {@code datagram}; empty if it is another packet, has no token or is broken. */
        static Optional<Initial> read(ByteBuf datagram) {
            ByteBuf in = datagram.duplicate();
            if (in.readableBytes() < Byte.BYTES + Integer.BYTES
                    || (in.readByte() & TYPE_MASK) != LONG_HEADER_INITIAL
                    || in.readInt() != VERSION_1) {
                return Optional.empty();
            }
            Optional<ByteBuf> destination = id(in);
            Optional<ByteBuf> source = destination.flatMap(_ -> id(in));
            Optional<ByteBuf> token = source.flatMap(_ -> token(in));
            return token.filter(ByteBuf::isReadable)
                    .map(shown -> new Initial(destination.orElseThrow(), source.orElseThrow(), shown));
        }

        private static Optional<ByteBuf> id(ByteBuf in) {
            int length = in.isReadable() ? in.readUnsignedByte() : MAX_ID + 1;
            return length > MAX_ID || length > in.readableBytes()
                    ? Optional.empty()
                    : Optional.of(in.readSlice(length));
        }

        private static Optional<ByteBuf> token(ByteBuf in) {
            if (!in.isReadable()) {
                return Optional.empty();
            }
            // A varint of QUIC: its first two bits say how many bytes it has.
            int first = in.readUnsignedByte();
            int more = (1 << (first >>> 6)) - 1;
            if (more > in.readableBytes()) {
                return Optional.empty();
            }
            long length = first & 0x3f;
            for (int i = 0; i < more; i++) {
                length = length << 8 | in.readUnsignedByte();
            }
            return length > in.readableBytes() ? Optional.empty() : Optional.of(in.readSlice((int) length));
        }
    }
}
