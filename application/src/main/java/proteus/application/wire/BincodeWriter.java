package proteus.application.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ByteSequence;

/**
 * Writes bincode, in either integer width, into an array that grows as needed.
 *
 * <p>In variable width every integer takes its shortest form. For one thread at a time. Source: bincode 1.3.3.
 */
final class BincodeWriter {

    private static final int INITIAL_CAPACITY = 4096;
    private static final int WIDEST_INTEGER = 1 + 2 * Long.BYTES;
    private static final int LARGEST_SINGLE_BYTE = 250;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final boolean fixed;
    private final int limit;
    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int size;

    /** A writer of at most {@code limit} bytes. */
    BincodeWriter(IntegerWidth width, int limit) {
        this.fixed = width == IntegerWidth.FIXED;
        this.limit = limit;
    }

    /** Writes one value of type {@code T}. */
    @FunctionalInterface
    interface Element<T> {
        void write(BincodeWriter out, T value);
    }

    /**
     * All that was written; to be called last, for the array may be the writer's own.
     *
     * @throws IllegalArgumentException if it is more than the limit
     */
    byte[] toByteArray() {
        requireWithinLimit(size);
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    void u8(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void bool(boolean value) {
        u8(value ? 1 : 0);
    }

    void u16(int value) {
        if (!fixed) {
            variable(value);
            return;
        }
        reserve(Short.BYTES);
        SHORTS.set(bytes, size, (short) value);
        size += Short.BYTES;
    }

    void u32(int bits) {
        if (!fixed) {
            variable(Integer.toUnsignedLong(bits));
            return;
        }
        reserve(Integer.BYTES);
        INTS.set(bytes, size, bits);
        size += Integer.BYTES;
    }

    void u64(long bits) {
        if (!fixed) {
            variable(bits);
            return;
        }
        reserve(Long.BYTES);
        LONGS.set(bytes, size, bits);
        size += Long.BYTES;
    }

    void u128(U128 value) {
        if (!fixed && value.high() == 0) {
            variable(value.low());
            return;
        }
        if (!fixed) {
            u8(BincodeReader.MARKER_U128);
        }
        reserve(2 * Long.BYTES);
        LONGS.set(bytes, size, value.low());
        LONGS.set(bytes, size + Long.BYTES, value.high());
        size += 2 * Long.BYTES;
    }

    void i128(U128 value) {
        u128(fixed ? value : value.zigzag());
    }

    private void variable(long bits) {
        reserve(WIDEST_INTEGER);
        if (bits >>> Short.SIZE == 0) {
            if (bits <= LARGEST_SINGLE_BYTE) {
                bytes[size++] = (byte) bits;
                return;
            }
            bytes[size] = (byte) BincodeReader.MARKER_U16;
            SHORTS.set(bytes, size + 1, (short) bits);
            size += 1 + Short.BYTES;
        } else if (bits >>> Integer.SIZE == 0) {
            bytes[size] = (byte) BincodeReader.MARKER_U32;
            INTS.set(bytes, size + 1, (int) bits);
            size += 1 + Integer.BYTES;
        } else {
            bytes[size] = (byte) BincodeReader.MARKER_U64;
            LONGS.set(bytes, size + 1, bits);
            size += 1 + Long.BYTES;
        }
    }

    /** The index of an enum's variant. */
    void variant(int index) {
        u32(index);
    }

    void digest(Digest digest) {
        for (int i = 0; i < Digest.LENGTH; i++) {
            u64(digest.at(i));
        }
    }

    <T> void optional(Optional<T> value, Element<T> element) {
        bool(value.isPresent());
        value.ifPresent(present -> element.write(this, present));
    }

    /** The number of elements that follow. */
    void length(int length) {
        u64(length);
    }

    /** A list with its length in front. */
    <T> void list(List<T> values, Element<T> element) {
        length(values.size());
        array(values, element);
    }

    /** The elements without a length in front. */
    <T> void array(List<T> values, Element<T> element) {
        for (T value : values) {
            element.write(this, value);
        }
    }

    void digests(List<Digest> digests) {
        list(digests, BincodeWriter::digest);
    }

    void fieldElements(BFieldElements elements) {
        length(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            u64(elements.at(i));
        }
    }

    /** Words with their number in front. */
    void words(U32Sequence words) {
        length(words.size());
        bareWords(words);
    }

    /** Words without a length in front. */
    void bareWords(U32Sequence words) {
        for (int i = 0; i < words.size(); i++) {
            u32(words.at(i));
        }
    }

    /** Bytes with their number in front. */
    void bytes(ByteSequence sequence) {
        length(sequence.size());
        raw(sequence);
    }

    /** Bytes without a length in front. */
    void raw(ByteSequence sequence) {
        reserve(sequence.size());
        sequence.copyTo(bytes, size);
        size += sequence.size();
    }

    void string(String text) {
        bytes(ByteSequence.owning(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        requireWithinLimit(needed - WIDEST_INTEGER); // an integer reserves its widest form, and may write less
        bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, limit)));
    }

    private void requireWithinLimit(long needed) {
        if (needed > limit) {
            throw new IllegalArgumentException("encoding of more than " + limit + " bytes");
        }
    }
}
