package planted.domain.block;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/** What a domain class may be: values, arithmetic, SHA-256, an array copy. */
public record InnocentBlock(List<Long> heights, Instant seen) {

    public InnocentBlock {
        heights = List.copyOf(heights);
    }

    public BigInteger sum() {
        return heights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    }

    public byte[] hash(byte[] bytes) throws NoSuchAlgorithmException {
        byte[] copy = new byte[bytes.length];
        System.arraycopy(bytes, 0, copy, 0, bytes.length);
        return MessageDigest.getInstance("SHA-256").digest(copy);
    }
}
