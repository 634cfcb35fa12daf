package proteus.application.wire.json;

import java.util.Arrays;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.peer.ByteSequence;

/** Reads lists of numbers into arrays of primitives, which grow with what is there. */
final class NumberLists {

    private static final int FIRST_CAPACITY = 8;

    private NumberLists() {}

    static BFieldElements fieldElements(JsonReader in) throws MalformedMessageException {
        in.startArray();
        if (!in.hasNext(0, Integer.MAX_VALUE)) {
            return BFieldElements.empty();
        }
        long[] elements = new long[FIRST_CAPACITY];
        int size = 0;
        do {
            if (size == elements.length) {
                elements = Arrays.copyOf(elements, 2 * size);
            }
            elements[size++] = in.fieldElement();
        } while (in.hasNext(size, Integer.MAX_VALUE));
        return BFieldElements.owning(size == elements.length ? elements : Arrays.copyOf(elements, size));
    }

    /** Words, of which only the message's size bounds the number. */
    static U32Sequence words(JsonReader in) throws MalformedMessageException {
        return words(in, 0, Integer.MAX_VALUE);
    }

    /** Exactly {@code size} words. */
    static U32Sequence words(JsonReader in, int size) throws MalformedMessageException {
        return words(in, size, size);
    }

    private static U32Sequence words(JsonReader in, int fewest, int most) throws MalformedMessageException {
        in.startArray();
        if (!in.hasNext(0, most)) {
            in.requireAtLeast(fewest, 0);
            return U32Sequence.empty();
        }
        int[] words = new int[FIRST_CAPACITY];
        int size = 0;
        do {
            if (size == words.length) {
                words = Arrays.copyOf(words, 2 * size);
            }
            words[size++] = in.u32();
        } while (in.hasNext(size, most));
        in.requireAtLeast(fewest, size);
        return U32Sequence.owning(size == words.length ? words : Arrays.copyOf(words, size));
    }

    /** Bytes, of which only the message's size bounds the number. */
    static ByteSequence bytes(JsonReader in) throws MalformedMessageException {
        return bytes(in, 0, Integer.MAX_VALUE);
    }

    /** Exactly {@code size} bytes. */
    static ByteSequence bytes(JsonReader in, int size) throws MalformedMessageException {
        return bytes(in, size, size);
    }

    private static ByteSequence bytes(JsonReader in, int fewest, int most) throws MalformedMessageException {
        in.startArray();
        byte[] bytes = new byte[FIRST_CAPACITY];
        int size = 0;
        while (in.hasNext(size, most)) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * size);
            }
            bytes[size++] = (byte) in.u8();
        }
        in.requireAtLeast(fewest, size);
        return ByteSequence.owning(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
    }
}
