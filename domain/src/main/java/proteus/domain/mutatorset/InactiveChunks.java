package proteus.domain.mutatorset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.PartialMmr;

/**
 * The inactive part of the Bloom filter, as far as dictionaries have shown its chunks. Not safe for use by many threads.
 */
final class InactiveChunks {

    private final PartialMmr leafs;

    /** By number, the chunks that were learned or have become inactive since. */
    private final Map<Long, Chunk> chunks = new HashMap<>();

    /** By number, what goes into dictionaries; emptied when paths or chunks become others. */
    private final Map<Long, ChunkDictionary.Entry> entries = new HashMap<>();

    InactiveChunks(PartialMmr leafs) {
        this.leafs = leafs;
    }

    /** The number of inactive chunks, known or not. */
    long count() {
        return leafs.leafCount();
    }

    /** The absolute index where the inactive part ends. */
    long end() {
        return count() << SlidingWindow.CHUNK_BITS;
    }

    MmrAccumulator accumulator() {
        return leafs.accumulator();
    }

    /**
     * Learns the chunks of a dictionary, if it has just those that {@code indices} touch, each proven, and no index is
     * beyond the window. Otherwise nothing changes but that some proven chunks may be known.
     */
    boolean learn(AbsoluteIndexSet indices, ChunkDictionary dictionary) {
        if (!indices.hasChunkNumbers()) {
            return false;
        }
        long[] touched = indices.chunkNumbers();
        if (Long.compareUnsigned(touched[touched.length - 1], count() + SlidingWindow.CHUNKS) >= 0) {
            return false;
        }
        long[] needed = Arrays.copyOf(touched, UnsignedLongs.countBelow(touched, count()));
        long[] keys = dictionary.entries().stream()
                .mapToLong(ChunkDictionary.Entry::key)
                .toArray();
        return keys.length == needed.length
                && Arrays.equals(UnsignedLongs.sortedOnce(keys), needed)
                && dictionary.entries().stream().allMatch(this::learn);
    }

    private boolean learn(ChunkDictionary.Entry entry) {
        if (chunks.containsKey(entry.key())) {
            // Cheap: unpacked records share their entries, so that most are the very same.
            return entry(entry.key()).equals(entry);
        }
        if (!leafs.learn(entry.key(), entry.chunk().hash(), entry.membershipProof())) {
            return false;
        }
        chunks.put(entry.key(), entry.chunk());
        entries.put(entry.key(), entry);
        return true;
    }

    void append(Chunk chunk) {
        chunks.put(count(), chunk);
        leafs.append(chunk.hash());
        entries.clear();
    }

    /**
     * Whether the bit at an absolute index is set.
     *
     * @throws IllegalStateException if its chunk is not known
     */
    boolean contains(long index) {
        return chunk(index >>> SlidingWindow.CHUNK_BITS).contains(offset(index));
    }

    /**
     * Sets the bits at these absolute indices once more; they must ascend.
     *
     * @throws IllegalStateException if a chunk is not known
     */
    void insert(long[] indices) {
        List<Digest> changed = new ArrayList<>();
        long[] numbers = new long[indices.length];
        int end;
        for (int start = 0; start < indices.length; start = end) {
            long number = indices[start] >>> SlidingWindow.CHUNK_BITS;
            end = UnsignedLongs.countBelow(indices, (number + 1) << SlidingWindow.CHUNK_BITS);
            Chunk chunk = chunk(number).with(offsets(indices, start, end));
            chunks.put(number, chunk);
            numbers[changed.size()] = number;
            changed.add(chunk.hash());
        }
        leafs.mutate(Arrays.copyOf(numbers, changed.size()), changed);
        entries.clear();
    }

    /**
     * The chunks that {@code indices} touch, as they are now.
     *
     * @throws IllegalStateException if one is not known
     */
    ChunkDictionary dictionary(AbsoluteIndexSet indices) {
        List<ChunkDictionary.Entry> touched = new ArrayList<>();
        for (long number : indices.chunkNumbers()) {
            if (number < count()) {
                touched.add(entry(number));
            }
        }
        return new ChunkDictionary(touched);
    }

    private ChunkDictionary.Entry entry(long number) {
        return entries.computeIfAbsent(number, key -> new ChunkDictionary.Entry(key, leafs.path(key), chunk(key)));
    }

    private Chunk chunk(long number) {
        Chunk chunk = chunks.get(number);
        if (chunk == null) {
            throw new IllegalStateException("chunk " + number + " is not known");
        }
        return chunk;
    }

    private static int[] offsets(long[] indices, int start, int end) {
        int[] offsets = new int[end - start];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset(indices[start + i]);
        }
        return offsets;
    }

    private static int offset(long index) {
        return (int) index & (SlidingWindow.CHUNK_SIZE - 1);
    }
}
