package proteus.domain.codec;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * Writes values as BFieldCodec does: sequences of field elements.
 *
 * <p>Callers write a struct's fields in reverse declaration order, and each field of dynamic length inside {@link
 * #prefixed}. Not safe for use by many threads. Source: twenty-first 3.1.1, {@code bfield_codec.rs}.
 */
public final class FieldWriter {

    private static final long U32 = 0xFFFF_FFFFL;

    private long[] elements;
    private int size;

    /** A writer without elements. */
    public FieldWriter() {
        this(64);
    }

    /** A writer with room for {@code capacity} elements before it grows. */
    public FieldWriter(int capacity) {
        elements = new long[capacity];
    }

    /** The number of elements so far. */
    public int size() {
        return size;
    }

    /**
     * One field element, an unsigned integer of at most 32 bits, or a count.
     *
     * @throws IllegalArgumentException if {@code value} is not canonical
     */
    public FieldWriter element(long value) {
        ensure(1);
        elements[size++] = BFieldElement.requireCanonical(value);
        return this;
    }

    /** A truth value: 1 or 0. */
    public FieldWriter bool(boolean value) {
        return element(value ? 1 : 0);
    }

    /** An unsigned 64-bit integer as two 32-bit limbs, low first. */
    public FieldWriter u64(long value) {
        return element(value & U32).element(value >>> 32);
    }

    /** A 128-bit integer as four 32-bit limbs, low first; signed ones as two's complement. */
    public FieldWriter u128(long high, long low) {
        return u64(low).u64(high);
    }

    /** Five elements, element 0 first. */
    public FieldWriter digest(Digest digest) {
        ensure(Digest.LENGTH);
        digest.copyTo(elements, size);
        size += Digest.LENGTH;
        return this;
    }

    /** The elements themselves, without their number. */
    public FieldWriter bare(BFieldElements sequence) {
        ensure(sequence.size());
        sequence.copyTo(elements, size);
        size += sequence.size();
        return this;
    }

    /** The words themselves, one element each, without their number. */
    public FieldWriter bare(U32Sequence words) {
        ensure(words.size());
        for (int i = 0; i < words.size(); i++) {
            elements[size++] = words.at(i) & U32;
        }
        return this;
    }

    /** A list of field elements: their number, then they. */
    public FieldWriter list(BFieldElements sequence) {
        return element(sequence.size()).bare(sequence);
    }

    /** A list of unsigned 32-bit integers: their number, then they. */
    public FieldWriter list(U32Sequence words) {
        return element(words.size()).bare(words);
    }

    /** A list of digests: their number, then they. */
    public FieldWriter list(List<Digest> digests) {
        element(digests.size());
        digests.forEach(this::digest);
        return this;
    }

    /** A list of items whose encodings all have the same length: their number, then they. */
    public <T> FieldWriter listOfStatic(List<T> items, BiConsumer<FieldWriter, T> encoding) {
        element(items.size());
        items.forEach(item -> encoding.accept(this, item));
        return this;
    }

    /** A list of items of dynamic length: their number, then each behind the length of its encoding. */
    public <T> FieldWriter listOfDynamic(List<T> items, BiConsumer<FieldWriter, T> encoding) {
        element(items.size());
        items.forEach(item -> prefixed(writer -> encoding.accept(writer, item)));
        return this;
    }

    /** What {@code encoding} writes, behind its length. */
    public FieldWriter prefixed(Encoding encoding) {
        ensure(1);
        int at = size++;
        encoding.write(this);
        elements[at] = (long) size - at - 1;
        return this;
    }

    /** All elements written. */
    public BFieldElements toElements() {
        return BFieldElements.owning(Arrays.copyOf(elements, size));
    }

    /** The Tip5 hash of all elements written. */
    public Digest hash() {
        return Tip5.hashVarlen(toElements());
    }

    private void ensure(int more) {
        if (elements.length - size >= more) {
            return;
        }
        // Field elements come from decoded values, so their number is bounded by the frame they came in.
        elements = Arrays.copyOf(elements, Math.max(size + more, elements.length + (elements.length >> 1)));
    }

    /** Writes one value. */
    @FunctionalInterface
    public interface Encoding {

        /** Writes it to {@code writer}. */
        void write(FieldWriter writer);
    }
}
