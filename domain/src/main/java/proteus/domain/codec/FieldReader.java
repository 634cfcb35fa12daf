package proteus.domain.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.domain.codec.FieldDecodingException.Reason;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;

/**
 * Reads values back from what {@link FieldWriter} writes, and refuses anything else: a value has one encoding.
 *
 * <p>Callers read a struct's fields in reverse declaration order, each field of dynamic length inside {@link #prefixed},
 * and end with {@link #end}. Takes no more memory than the sequence has. Not safe for use by many threads. Source:
 * twenty-first 3.1.1, {@code bfield_codec.rs}.
 */
public final class FieldReader {

    private final BFieldElements elements;
    private final int limit;
    private int position;

    /** A reader of all of {@code elements}. */
    public FieldReader(BFieldElements elements) {
        this(elements, 0, elements.size());
    }

    private FieldReader(BFieldElements elements, int position, int limit) {
        this.elements = elements;
        this.position = position;
        this.limit = limit;
    }

    /**
     * One field element.
     *
     * @throws FieldDecodingException if there is none left
     */
    public long element() throws FieldDecodingException {
        require(1);
        return elements.at(position++);
    }

    /**
     * An unsigned integer of one element.
     *
     * @param bits its width, in {@code [1, 32]}
     * @throws FieldDecodingException if the element is missing or does not fit
     */
    public long unsigned(int bits) throws FieldDecodingException {
        int start = position;
        long value = element();
        if (value >>> bits != 0) {
            throw new FieldDecodingException(start, Reason.TOO_LARGE);
        }
        return value;
    }

    /**
     * An unsigned 64-bit integer of two limbs, low first.
     *
     * @throws FieldDecodingException if a limb is missing or does not fit 32 bits
     */
    public long u64() throws FieldDecodingException {
        long low = unsigned(Integer.SIZE);
        return unsigned(Integer.SIZE) << Integer.SIZE | low;
    }

    /**
     * A truth value.
     *
     * @throws FieldDecodingException if the element is missing or neither 0 nor 1
     */
    public boolean bool() throws FieldDecodingException {
        return bit(Reason.NOT_A_BOOLEAN);
    }

    /**
     * The index of a choice, counted from 0 in declaration order.
     *
     * @param variants how many choices there are
     * @throws FieldDecodingException if the element is missing or not below {@code variants}
     */
    public int variant(int variants) throws FieldDecodingException {
        int start = position;
        long index = element();
        if (Long.compareUnsigned(index, variants) >= 0) {
            throw new FieldDecodingException(start, Reason.UNKNOWN_VARIANT);
        }
        return (int) index;
    }

    /**
     * Five elements, element 0 first.
     *
     * @throws FieldDecodingException if there are fewer
     */
    public Digest digest() throws FieldDecodingException {
        require(Digest.LENGTH);
        return new Digest(element(), element(), element(), element(), element());
    }

    /**
     * The next {@code count} elements themselves.
     *
     * @throws FieldDecodingException if there are fewer
     */
    public BFieldElements bare(int count) throws FieldDecodingException {
        require(count);
        long[] taken = new long[count];
        for (int i = 0; i < count; i++) {
            taken[i] = elements.at(position++);
        }
        return BFieldElements.owning(taken);
    }

    /**
     * A list of field elements.
     *
     * @throws FieldDecodingException if it announces more than there are
     */
    public BFieldElements list() throws FieldDecodingException {
        return bare(count(1));
    }

    /**
     * A list of unsigned 32-bit integers.
     *
     * @throws FieldDecodingException if it announces more than there are, or one does not fit
     */
    public U32Sequence listOfU32() throws FieldDecodingException {
        int[] words = new int[count(1)];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) unsigned(Integer.SIZE);
        }
        return U32Sequence.owning(words);
    }

    /**
     * A list of items whose encodings all have the same length.
     *
     * @param length of one item's encoding, at least 1
     * @throws FieldDecodingException if it announces more than there are, or an item is malformed
     */
    public <T> List<T> listOfStatic(int length, Decoding<T> decoding) throws FieldDecodingException {
        int count = count(length);
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(part(length, decoding));
        }
        return List.copyOf(items);
    }

    /**
     * A list of items of dynamic length, each behind the length of its encoding.
     *
     * @throws FieldDecodingException if it announces more than there are, or an item is malformed
     */
    public <T> List<T> listOfDynamic(Decoding<T> decoding) throws FieldDecodingException {
        // An item has at least its length.
        int count = count(1);
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(prefixed(decoding));
        }
        return List.copyOf(items);
    }

    /**
     * An optional value: 0, or 1 and the value.
     *
     * @throws FieldDecodingException if the tag is missing or neither, or the value is malformed
     */
    public <T> Optional<T> option(Decoding<T> decoding) throws FieldDecodingException {
        return bit(Reason.NOT_AN_OPTION) ? Optional.of(decoding.read(this)) : Optional.empty();
    }

    /**
     * A value behind its length, all of which it must use.
     *
     * @throws FieldDecodingException if the length announces more than there is, or the value is malformed or shorter
     */
    public <T> T prefixed(Decoding<T> decoding) throws FieldDecodingException {
        return part(count(1), decoding);
    }

    /**
     * Checks that nothing is left.
     *
     * @throws FieldDecodingException if something is
     */
    public void end() throws FieldDecodingException {
        if (position < limit) {
            throw new FieldDecodingException(position, Reason.TRAILING_ELEMENTS);
        }
    }

    private <T> T part(int length, Decoding<T> decoding) throws FieldDecodingException {
        require(length);
        FieldReader part = new FieldReader(elements, position, position + length);
        T value = decoding.read(part);
        part.end();
        position += length;
        return value;
    }

    /** A number of items of at least {@code length} elements, for all of which there is room. */
    private int count(int length) throws FieldDecodingException {
        int start = position;
        long count = element();
        if (Long.compareUnsigned(count, (limit - position) / length) > 0) {
            throw new FieldDecodingException(start, Reason.ENDS_EARLY);
        }
        return (int) count;
    }

    private boolean bit(Reason otherwise) throws FieldDecodingException {
        int start = position;
        long value = element();
        if (value != 0 && value != 1) {
            throw new FieldDecodingException(start, otherwise);
        }
        return value == 1;
    }

    private void require(int more) throws FieldDecodingException {
        if (limit - position < more) {
            throw new FieldDecodingException(position, Reason.ENDS_EARLY);
        }
    }

    /** Reads one value. */
    @FunctionalInterface
    public interface Decoding<T> {

        /**
         * Reads it from {@code reader}.
         *
         * @throws FieldDecodingException if it is malformed
         */
        T read(FieldReader reader) throws FieldDecodingException;
    }
}
