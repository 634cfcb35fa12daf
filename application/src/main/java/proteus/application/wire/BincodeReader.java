package proteus.application.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.PeerMessageKind;

/**
 * Reads bincode, in either integer width, from an array that a peer filled.
 *
 * <p>Memory is taken only for bytes that are there: every announced length is first compared with what is left,
 * counting for each element the fewest bytes that it can have. For one thread at a time. Source: bincode 1.3.3.
 */
final class BincodeReader {

    /** The first byte of a variable-width integer that says how many bytes follow; smaller ones are the value. */
    static final int MARKER_U16 = 0xFB;

    static final int MARKER_U32 = 0xFC;
    static final int MARKER_U64 = 0xFD;
    static final int MARKER_U128 = 0xFE;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final boolean fixed;
    private int position;
    private Optional<PeerMessageKind> kind = Optional.empty();

    /**
     * A reader of {@code length} bytes from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if {@code bytes} does not have them
     */
    BincodeReader(byte[] bytes, int offset, int length, IntegerWidth width) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.start = offset;
        this.end = offset + length;
        this.fixed = width == IntegerWidth.FIXED;
        this.position = offset;
    }

    /** Reads one value of type {@code T}. */
    @FunctionalInterface
    interface Element<T> {
        T read(BincodeReader in) throws MalformedMessageException;
    }

    /** From here on, faults are reported as faults of a message of this kind. */
    void enter(PeerMessageKind messageKind) {
        kind = Optional.of(messageKind);
    }

    /** Ends reading; in variable width, nothing may be left. */
    void finish() throws MalformedMessageException {
        if (!fixed && position != end) {
            throw fault(position, Reason.TRAILING_BYTES);
        }
    }

    int u8() throws MalformedMessageException {
        return bytes[take(1)] & 0xFF;
    }

    boolean bool() throws MalformedMessageException {
        int at = position;
        return switch (u8()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw fault(at, Reason.NOT_A_BOOLEAN);
        };
    }

    int u16() throws MalformedMessageException {
        if (fixed) {
            return Short.toUnsignedInt((short) SHORTS.get(bytes, take(Short.BYTES)));
        }
        int at = position;
        long value = variable();
        if (value >>> Short.SIZE != 0) {
            throw fault(at, Reason.INTEGER_TOO_LARGE);
        }
        return (int) value;
    }

    /** The bits of an unsigned 32-bit integer. */
    int u32() throws MalformedMessageException {
        if (fixed) {
            return (int) INTS.get(bytes, take(Integer.BYTES));
        }
        int at = position;
        long value = variable();
        if (value >>> Integer.SIZE != 0) {
            throw fault(at, Reason.INTEGER_TOO_LARGE);
        }
        return (int) value;
    }

    /** The bits of an unsigned 64-bit integer. */
    long u64() throws MalformedMessageException {
        return fixed ? (long) LONGS.get(bytes, take(Long.BYTES)) : variable();
    }

    /** The bits of an unsigned 128-bit integer. */
    U128 u128() throws MalformedMessageException {
        if (fixed) {
            return wide(take(2 * Long.BYTES));
        }
        if (position < end && (bytes[position] & 0xFF) == MARKER_U128) {
            return wide(take(1 + 2 * Long.BYTES) + 1);
        }
        return new U128(0, variable());
    }

    private U128 wide(int at) {
        return new U128((long) LONGS.get(bytes, at + Long.BYTES), (long) LONGS.get(bytes, at));
    }

    /** The bits of a signed 128-bit integer. */
    U128 i128() throws MalformedMessageException {
        return fixed ? u128() : u128().unzigzag();
    }

    /** Longer forms than a value needs are read, too, as upstream reads them. */
    private long variable() throws MalformedMessageException {
        int at = take(1);
        int first = bytes[at] & 0xFF;
        return switch (first) {
            case MARKER_U16 -> Short.toUnsignedLong((short) SHORTS.get(bytes, takeAfter(at, Short.BYTES)));
            case MARKER_U32 -> Integer.toUnsignedLong((int) INTS.get(bytes, takeAfter(at, Integer.BYTES)));
            case MARKER_U64 -> (long) LONGS.get(bytes, takeAfter(at, Long.BYTES));
            case MARKER_U128, 0xFF -> throw fault(at, Reason.BAD_INTEGER_MARKER);
            default -> first;
        };
    }

    /** The index of one of {@code count} variants. */
    int variant(int count) throws MalformedMessageException {
        int at = position;
        int index = u32();
        if (Integer.compareUnsigned(index, count) >= 0) {
            throw fault(at, Reason.UNKNOWN_VARIANT);
        }
        return index;
    }

    /** A field element; values from p on are reduced, as upstream does. */
    long fieldElement() throws MalformedMessageException {
        return BFieldElement.reduce(u64());
    }

    Digest digest() throws MalformedMessageException {
        return new Digest(fieldElement(), fieldElement(), fieldElement(), fieldElement(), fieldElement());
    }

    <T> Optional<T> optional(Element<T> element) throws MalformedMessageException {
        int at = position;
        return switch (u8()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(element.read(this));
            default -> throw fault(at, Reason.NOT_AN_OPTION);
        };
    }

    /**
     * The announced length of a list, no more than what is left can hold.
     *
     * @param limit the most elements that upstream decodes
     * @param least the fewest bytes of one element in variable width
     * @param leastFixed the fewest bytes of one element in fixed width
     */
    int length(int limit, int least, int leastFixed) throws MalformedMessageException {
        int at = position;
        long length = u64();
        if (Long.compareUnsigned(length, limit) > 0) {
            throw fault(at, Reason.LIST_TOO_LONG);
        }
        return requireThere(at, length, least, leastFixed);
    }

    /** As {@link #length(int, int, int)}, for lists that only the message's size bounds. */
    private int length(int least, int leastFixed) throws MalformedMessageException {
        int at = position;
        return requireThere(at, u64(), least, leastFixed);
    }

    private int requireThere(int at, long length, int least, int leastFixed) throws MalformedMessageException {
        if (Long.compareUnsigned(length, (end - position) / (fixed ? leastFixed : least)) > 0) {
            throw fault(at, Reason.ENDS_EARLY);
        }
        return (int) length;
    }

    /** A list with its length in front; {@code least} and {@code leastFixed} as for {@link #length(int, int, int)}. */
    <T> List<T> list(int least, int leastFixed, Element<T> element) throws MalformedMessageException {
        return array(length(least, leastFixed), element);
    }

    /** Exactly {@code size} elements without a length in front. */
    <T> List<T> array(int size, Element<T> element) throws MalformedMessageException {
        if (size == 0) {
            return List.of();
        }
        List<T> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(element.read(this));
        }
        return elements;
    }

    List<Digest> digests() throws MalformedMessageException {
        return list(Digest.LENGTH, Digest.BYTES, BincodeReader::digest);
    }

    BFieldElements fieldElements() throws MalformedMessageException {
        int size = length(1, Long.BYTES);
        if (size == 0) {
            return BFieldElements.empty();
        }
        long[] elements = new long[size];
        for (int i = 0; i < size; i++) {
            elements[i] = fieldElement();
        }
        return BFieldElements.owning(elements);
    }

    /** Words with their number in front. */
    U32Sequence words() throws MalformedMessageException {
        return words(length(1, Integer.BYTES));
    }

    /** Exactly {@code size} words without a length in front. */
    U32Sequence words(int size) throws MalformedMessageException {
        if (size == 0) {
            return U32Sequence.empty();
        }
        int[] words = new int[size];
        for (int i = 0; i < size; i++) {
            words[i] = u32();
        }
        return U32Sequence.owning(words);
    }

    /** Bytes with their number in front. */
    ByteSequence bytes() throws MalformedMessageException {
        return ByteSequence.owning(raw(length(1, 1)));
    }

    /** Exactly {@code size} bytes. */
    byte[] raw(int size) throws MalformedMessageException {
        int from = take(size);
        byte[] raw = new byte[size];
        System.arraycopy(bytes, from, raw, 0, size);
        return raw;
    }

    /** A string, cut at a character boundary to at most {@code capacity} bytes if it is longer, as upstream does. */
    String string(int capacity) throws MalformedMessageException {
        int at = position;
        int size = length(1, 1);
        int from = take(size);
        // All of it has to be UTF-8, the part that is cut off, too.
        if (!Utf8.isValid(bytes, from, size)) {
            throw fault(at, Reason.NOT_UTF8);
        }
        return Utf8.beginning(bytes, from, size, capacity);
    }

    /** Where the next item begins, for {@link #fault}. */
    int position() {
        return position;
    }

    /** A fault of the item that begins at {@code at}, a value of {@link #position}. */
    MalformedMessageException fault(int at, Reason reason) {
        return new MalformedMessageException(kind, at - start, reason);
    }

    private int take(int size) throws MalformedMessageException {
        if (size > end - position) {
            throw fault(position, Reason.ENDS_EARLY);
        }
        int at = position;
        position += size;
        return at;
    }

    /** Takes the bytes of an integer whose marker is at {@code at}. */
    private int takeAfter(int at, int size) throws MalformedMessageException {
        if (size > end - position) {
            throw fault(at, Reason.ENDS_EARLY);
        }
        return take(size);
    }
}
