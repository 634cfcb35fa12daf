package proteus.domain.peer;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of bytes. Safe for use by many threads. */
public final class ByteSequence {

    private static final int SHOWN = 16;

    private final byte[] bytes;

    private ByteSequence(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A sequence of a copy of {@code bytes}. */
    public static ByteSequence of(byte... bytes) {
        return owning(bytes.clone());
    }

    /**
     * A sequence around {@code bytes} itself, without a copy: the caller gives the array away and must not touch it
     * again.
     */
    public static ByteSequence owning(byte[] bytes) {
        return new ByteSequence(bytes);
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    /**
     * The byte at {@code index}.
     *
     * @throws IndexOutOfBoundsException if {@code index} is outside {@code [0, size)}
     */
    public byte at(int index) {
        return bytes[index];
    }

    /** A new array of all bytes. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /**
     * Copies all bytes into {@code target}, from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteSequence that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The first bytes in hex and, if there are more, their number; a frame is too long for a log line. */
    @Override
    public String toString() {
        String shown = HexFormat.of().formatHex(bytes, 0, Math.min(SHOWN, bytes.length));
        return bytes.length > SHOWN ? shown + "… " + bytes.length + " bytes" : shown;
    }
}
