package proteus.application.wire.json;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that grow as needed, up to a limit. For one thread at a time. */
final class BoundedBytes extends OutputStream {

    private static final int INITIAL_CAPACITY = 4096;

    private final int limit;
    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int size;

    /** At most {@code limit} bytes; one more, and a method throws {@link IllegalArgumentException}. */
    BoundedBytes(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        long needed = (long) size + more;
        if (needed > limit) {
            throw new IllegalArgumentException("encoding of more than " + limit + " bytes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, limit)));
        }
    }

    /** All that was written; to be called last, for the array may be the one that is written to. */
    byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
