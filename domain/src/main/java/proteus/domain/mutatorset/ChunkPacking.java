package proteus.domain.mutatorset;

import java.util.Optional;
import proteus.domain.field.U32Sequence;

/**
 * How the chunks in a packed list of removal records are packed: a stream of 12-bit words, most significant bit first,
 * that starts with the number of indices and is filled up with zero bits. No indices are packed as no words.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code chunk.rs}.
 */
public enum ChunkPacking {

    /** Before the hard fork Delta: one 12-bit word for the number. */
    SHORT(1536, 4095),

    /** From the hard fork Delta on: the number takes a second 12-bit word from 2048 on, and never where it need not. */
    LONG(34_561, 92_160);

    private static final int WORD_BITS = 12;
    private static final int WORD_MASK = (1 << WORD_BITS) - 1;

    /** The first number that takes two words, and the bit that says so. */
    private static final int TWO_WORDS = 0x800;

    private final int maxPacked;
    private final int maxIndices;

    ChunkPacking(int maxPacked, int maxIndices) {
        this.maxPacked = maxPacked;
        this.maxIndices = maxIndices;
    }

    /**
     * The packed form of {@code chunk}.
     *
     * @throws IllegalArgumentException if it has more indices than can be packed, or one that is not below 4096
     */
    Chunk pack(Chunk chunk) {
        U32Sequence indices = chunk.relativeIndices();
        int count = indices.size();
        if (count > maxIndices) {
            throw new IllegalArgumentException("too many indices to pack: " + count + ", limit " + maxIndices);
        }
        if (count == 0) {
            return Chunk.empty();
        }
        int indicators = this == LONG && count >= TWO_WORDS ? 2 : 1;
        int[] packed = new int[packedSize(indicators + count)];
        if (indicators == 2) {
            putWord(packed, 0, TWO_WORDS | count >>> WORD_BITS);
        }
        putWord(packed, indicators - 1, count & WORD_MASK);
        for (int i = 0; i < count; i++) {
            if (indices.valueAt(i) > WORD_MASK) {
                throw new IllegalArgumentException("no index in a chunk: " + indices.valueAt(i));
            }
            putWord(packed, indicators + i, indices.at(i));
        }
        return new Chunk(U32Sequence.owning(packed));
    }

    /** The chunk whose packed form is {@code packed}; empty if there is none. */
    Optional<Chunk> unpack(Chunk packed) {
        U32Sequence stream = packed.relativeIndices();
        if (stream.isEmpty()) {
            return Optional.of(Chunk.empty());
        }
        if (stream.size() > maxPacked) {
            return Optional.empty();
        }
        int count = word(stream, 0);
        int indicators = 1;
        if (this == LONG) {
            if (count >= TWO_WORDS) {
                indicators = 2;
                count = (count & (TWO_WORDS - 1)) << WORD_BITS | word(stream, 1);
            }
            if (count < (indicators == 2 ? TWO_WORDS : 1)) {
                return Optional.empty();
            }
        }
        int words = indicators + count;
        if (packedSize(words) != stream.size() || hasBitsAfter(stream, words)) {
            return Optional.empty();
        }
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = word(stream, indicators + i);
        }
        return Optional.of(new Chunk(U32Sequence.owning(indices)));
    }

    private static int packedSize(int words) {
        return (WORD_BITS * words + Integer.SIZE - 1) / Integer.SIZE;
    }

    private static boolean hasBitsAfter(U32Sequence stream, int words) {
        int padding = Integer.SIZE * stream.size() - WORD_BITS * words;
        return (stream.valueAt(stream.size() - 1) & (1L << padding) - 1) != 0;
    }

    private static void putWord(int[] stream, int index, int word) {
        int bit = WORD_BITS * index;
        int slot = bit / Integer.SIZE;
        int free = 2 * Integer.SIZE - WORD_BITS - bit % Integer.SIZE;
        long placed = (long) word << free;
        stream[slot] |= (int) (placed >>> Integer.SIZE);
        if (slot + 1 < stream.length) {
            stream[slot + 1] |= (int) placed;
        }
    }

    /** The 12-bit word at {@code index}, as far as the stream has it; zero bits follow the stream. */
    private static int word(U32Sequence stream, int index) {
        int bit = WORD_BITS * index;
        int slot = bit / Integer.SIZE;
        long here = stream.valueAt(slot) << Integer.SIZE;
        long next = slot + 1 < stream.size() ? stream.valueAt(slot + 1) : 0;
        int after = 2 * Integer.SIZE - WORD_BITS - bit % Integer.SIZE;
        return (int) ((here | next) >>> after) & WORD_MASK;
    }
}
