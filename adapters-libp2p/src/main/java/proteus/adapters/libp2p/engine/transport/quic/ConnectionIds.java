package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import io.netty.handler.codec.quic.QuicResetTokenGenerator;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Random connection ids, and for each a random reset token that has nothing to do with it: who sees the one must not
 * learn the other, or he could end the connection. Both are made once and never again, for nothing here outlives a
 * connection and could send a stateless reset.
 */
final class ConnectionIds implements QuicConnectionIdGenerator, QuicResetTokenGenerator {

    private static final int MAX_ID = 20;
    private static final int TOKEN = 16;

    private final SecureRandom random;

    ConnectionIds(SecureRandom random) {
        this.random = random;
    }

    @Override
    public ByteBuffer newId(int length) {
        return bytes(length);
    }

    @Override
    public ByteBuffer newId(ByteBuffer input, int length) {
        return bytes(length);
    }

    @Override
    public int maxConnectionIdLength() {
        return MAX_ID;
    }

    @Override
    public boolean isIdempotent() {
        return false;
    }

    @Override
    public ByteBuffer newResetToken(ByteBuffer id) {
        return bytes(TOKEN);
    }

    private ByteBuffer bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
