package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens by which a dialler proves that it receives what is sent to its address, as in RFC 9000, 8.1.2.
 *
 * <p>A token is the time at which it ends, in milliseconds (8 bytes), an HMAC with SHA-256 over that time, the address,
 * the port and the id (32 bytes), and the connection id of the dialler's first packet. For one event loop.
 */
final class RetryTokens implements QuicTokenHandler {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int MAX_ID = 20;
    /** Where the connection id begins. */
    private static final int ID_OFFSET = Long.BYTES + MAC_BYTES;

    private final Mac mac;
    private final Duration lifetime;
    private final InstantSource clock;
    private final BooleanSupplier wanted;

    /**
     * Tokens that only the holder of {@code secret} makes.
     *
     * @param wanted whether a dialler that shows none must get one first
     */
    RetryTokens(byte[] secret, Duration lifetime, InstantSource clock, BooleanSupplier wanted) {
        this.lifetime = lifetime;
        this.clock = clock;
        this.wanted = wanted;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, missing);
        }
    }

    @Override
    public boolean writeToken(ByteBuf out, ByteBuf firstId, InetSocketAddress address) {
        if (!wanted.getAsBoolean()) {
            return false;
        }
        mint(out, firstId, address);
        return true;
    }

    /** Writes a token for a dialler at {@code address} whose first packet was to {@code firstId}. */
    void mint(ByteBuf out, ByteBuf firstId, InetSocketAddress address) {
        long end = clock.instant().plus(lifetime).toEpochMilli();
        byte[] id = bytes(firstId);
        out.writeLong(end).writeBytes(mac(end, address, id)).writeBytes(id);
    }

    @Override
    public int validateToken(ByteBuf token, InetSocketAddress address) {
        return isValid(token, address) ? ID_OFFSET : -1;
    }

    /** Whether {@code token} was made here for {@code address}, and not too long ago. */
    boolean isValid(ByteBuf token, InetSocketAddress address) {
        int length = token.readableBytes();
        if (length < ID_OFFSET || length > maxTokenLength()) {
            return false;
        }
        byte[] all = bytes(token);
        ByteBuffer fields = ByteBuffer.wrap(all);
        long end = fields.getLong();
        byte[] given = new byte[MAC_BYTES];
        fields.get(given);
        byte[] id = new byte[fields.remaining()];
        fields.get(id);
        return MessageDigest.isEqual(mac(end, address, id), given)
                && clock.instant().toEpochMilli() < end;
    }

    @Override
    public int maxTokenLength() {
        return ID_OFFSET + MAX_ID;
    }

    private byte[] mac(long end, InetSocketAddress address, byte[] id) {
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, end));
        byte[] ip = address.getAddress().getAddress();
        mac.update((byte) ip.length);
        mac.update(ip);
        mac.update(ByteBuffer.allocate(Short.BYTES).putShort(0, (short) address.getPort()));
        return mac.doFinal(id);
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }
}
