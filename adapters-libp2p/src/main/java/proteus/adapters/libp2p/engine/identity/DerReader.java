package proteus.adapters.libp2p.engine.identity;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Reads strict DER (ITU-T X.690) one element after another, as far as keys and signatures need it.
 *
 * <p>Every length is held against what is left before anything is copied, and only its shortest form is read: what this
 * accepts has no second encoding.
 */
final class DerReader {

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int SEQUENCE = 0x30;

    private final ByteBuffer left;

    private DerReader(ByteBuffer left) {
        this.left = left;
    }

    static DerReader of(byte[] der) {
        return new DerReader(ByteBuffer.wrap(der));
    }

    /** The inside of a sequence. */
    DerReader sequence() throws MalformedKeyException {
        return new DerReader(content(SEQUENCE, "sequence"));
    }

    /** The inside of a bit string of whole bytes. */
    DerReader bitString() throws MalformedKeyException {
        ByteBuffer content = content(BIT_STRING, "bit string");
        if (!content.hasRemaining() || content.get() != 0) {
            throw new MalformedKeyException("a bit string in DER that is not of whole bytes");
        }
        return new DerReader(content);
    }

    /** Passes over exactly {@code bytes}, which {@code what} names. */
    void skip(byte[] bytes, String what) throws MalformedKeyException {
        ByteBuffer expected = ByteBuffer.wrap(bytes);
        if (left.remaining() < bytes.length
                || !left.slice(left.position(), bytes.length).equals(expected)) {
            throw new MalformedKeyException("no " + what);
        }
        left.position(left.position() + bytes.length);
    }

    /** A positive integer of at most {@code maxBits}; a longer one costs nothing. */
    BigInteger positiveInteger(int maxBits, String what) throws MalformedKeyException {
        ByteBuffer content = content(INTEGER, what);
        if (!content.hasRemaining() || content.get(0) < 0) {
            throw new MalformedKeyException("a " + what + " that is not positive");
        }
        if (content.get(0) == 0) {
            if (content.remaining() == 1 || content.get(1) >= 0) {
                throw new MalformedKeyException("a " + what + " that is zero, or not in its shortest form");
            }
            content.get();
        }
        int topBits = Integer.SIZE - Integer.numberOfLeadingZeros(content.get(content.position()) & 0xFF);
        int bits = (content.remaining() - 1) * Byte.SIZE + topBits;
        if (bits > maxBits) {
            throw new MalformedKeyException("a " + what + " of " + bits + " bits, of at most " + maxBits);
        }
        byte[] magnitude = new byte[content.remaining()];
        content.get(magnitude);
        return new BigInteger(1, magnitude);
    }

    /** Says that nothing may follow. */
    void end() throws MalformedKeyException {
        if (left.hasRemaining()) {
            throw new MalformedKeyException(left.remaining() + " bytes too many at the end of an element in DER");
        }
    }

    private ByteBuffer content(int tag, String what) throws MalformedKeyException {
        if (left.remaining() < 2 || (left.get() & 0xFF) != tag) {
            throw new MalformedKeyException("no " + what + " in DER");
        }
        int length = length();
        if (length > left.remaining()) {
            throw new MalformedKeyException(
                    "a " + what + " in DER of " + length + " bytes, of which " + left.remaining() + " are there");
        }
        ByteBuffer content = left.slice(left.position(), length);
        left.position(left.position() + length);
        return content;
    }

    private int length() throws MalformedKeyException {
        int first = left.get() & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int bytes = first & 0x7F;
        // Two are enough for what is read here; none would be the indefinite form of BER.
        if (bytes < 1 || bytes > 2 || left.remaining() < bytes) {
            throw new MalformedKeyException("a length in DER of " + bytes + " bytes, which is too long or cut off");
        }
        int length = bytes == 1 ? left.get() & 0xFF : left.getShort() & 0xFFFF;
        if (length < (bytes == 1 ? 0x80 : 0x100)) {
            throw new MalformedKeyException("a length in DER of " + length + " that is not in its shortest form");
        }
        return length;
    }
}
