package proteus.adapters.rpc;

import java.nio.ByteBuffer;
import proteus.application.port.Randomness;

/** Draws the 32 bytes of a given cookie over and over. */
public final class FixedCookie implements Randomness {

    private final ByteBuffer bytes;

    public FixedCookie(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes.clone());
    }

    @Override
    public synchronized long nextLong() {
        if (!bytes.hasRemaining()) {
            bytes.rewind();
        }
        return bytes.getLong();
    }

    @Override
    public int below(int bound) {
        throw new UnsupportedOperationException("a cookie needs no numbers below a bound");
    }
}
