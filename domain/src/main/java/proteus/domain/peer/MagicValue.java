package proteus.domain.peer;

import java.nio.charset.StandardCharsets;

/**
 * The bytes that open a legacy handshake message and say which side sends it.
 *
 * <p>Any 15 bytes are well-formed; only two values are right. Source: neptune-cash 0.19.4, {@code lib.rs}.
 *
 * @param bytes exactly {@value #LENGTH} bytes
 */
public record MagicValue(ByteSequence bytes) {

    /** Bytes in the value. */
    public static final int LENGTH = 15;

    /** What the dialler sends: {@code 7B8AB7FC438F411}. */
    public static final MagicValue REQUEST = ofAscii("7B8AB7FC438F411");

    /** What the listener answers: {@code Hello Neptune!} and a line feed. */
    public static final MagicValue RESPONSE = ofAscii("Hello Neptune!\n");

    public MagicValue {
        if (bytes.size() != LENGTH) {
            throw new IllegalArgumentException("a magic value has 15 bytes, not " + bytes.size());
        }
    }

    private static MagicValue ofAscii(String text) {
        return new MagicValue(ByteSequence.owning(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
