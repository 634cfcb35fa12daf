package proteus.domain.mutatorset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.AuthenticationStructures;
import proteus.domain.mmr.MmrMembershipProof;

/**
 * What the dictionary of a packed list of removal records says, once its keys are understood.
 *
 * @param heights of the trees, ascending, each once
 * @param structures one for each height
 * @param chunks unpacked, by ascending number; the numbers are not said
 */
record PackedDictionary(List<Integer> heights, List<List<Digest>> structures, List<Chunk> chunks) {

    /** The key of an entry that is a chunk and no tree. */
    static final long NO_TREE = -1;

    /** Keys below are heights of trees; that much more, of trees in an entry without a chunk. */
    private static final int HEIGHTS = 64;

    /** The key of an entry with a tree. */
    static long treeKey(int height, boolean hasChunk) {
        return hasChunk ? height : height + HEIGHTS;
    }

    static PackedDictionary read(List<RemovalRecord> packed, ChunkPacking packing) throws UnpackException {
        PackedDictionary dictionary = new PackedDictionary(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (RemovalRecord record : packed) {
            for (ChunkDictionary.Entry entry : record.targetChunks().entries()) {
                dictionary.read(entry, packing);
            }
        }
        return dictionary;
    }

    private void read(ChunkDictionary.Entry entry, ChunkPacking packing) throws UnpackException {
        boolean hasTree = Long.compareUnsigned(entry.key(), 2 * HEIGHTS) < 0;
        if (!hasTree && entry.key() != NO_TREE) {
            throw new UnpackException(RemovalRecordListUnpackError.ILLEGAL_TREE_HEIGHT);
        }
        if (hasTree) {
            readTree((int) entry.key() % HEIGHTS, entry.membershipProof());
        }
        if (!hasTree || entry.key() < HEIGHTS) {
            chunks.add(packing.unpack(entry.chunk())
                    .orElseThrow(() -> new UnpackException(RemovalRecordListUnpackError.INNER_DECODING_FAILURE)));
        }
    }

    private void readTree(int height, MmrMembershipProof structure) throws UnpackException {
        int previous = heights.isEmpty() ? -1 : heights.getLast();
        if (height < previous) {
            throw new UnpackException(RemovalRecordListUnpackError.INCORRECTLY_SORTED_TREE_HEIGHTS);
        }
        if (height == previous) {
            throw new UnpackException(RemovalRecordListUnpackError.DUPLICATE_TREE_HEIGHTS);
        }
        heights.add(height);
        structures.add(structure.authenticationPath());
    }

    /**
     * The smallest number of inactive chunks that explains the chunks and the trees. What follows is consistent with it or
     * refused.
     *
     * @param touched the numbers of all chunks that the records touch, ascending, each once
     */
    long chunkCountFor(long[] touched) throws UnpackException {
        int kept = Math.min(chunks.size(), touched.length);
        long estimate = kept == 0 ? 0 : touched[kept - 1];
        for (int height : heights.reversed()) {
            long width = 1L << height;
            if ((estimate & width) == 0) {
                estimate = (estimate | width) & -width;
            }
        }
        // Upstream counts items, of which there are 8 for each chunk and one more.
        if (estimate >>> (Long.SIZE - 3) != 0) {
            throw new UnpackException(RemovalRecordListUnpackError.TOO_MANY_LEAFS);
        }
        return estimate;
    }

    /**
     * The chunks with their numbers and paths.
     *
     * @param chunkCount the number of inactive chunks
     * @param numbers those of them that the records touch, ascending, each once
     */
    List<ChunkDictionary.Entry> entries(long chunkCount, long[] numbers) throws UnpackException {
        if (numbers.length != chunks.size()) {
            throw new UnpackException(RemovalRecordListUnpackError.INCONSISTENT_CHUNKS);
        }
        if (structures.size() != Long.bitCount(chunkCount)) {
            throw new UnpackException(RemovalRecordListUnpackError.INCONSISTENT_AUTHENTICATION_STRUCTURE_COUNT);
        }
        AuthenticationStructures shape = AuthenticationStructures.of(chunkCount, numbers);
        if (!structures.stream().map(List::size).toList().equals(shape.sizes())) {
            throw new UnpackException(RemovalRecordListUnpackError.INCONSISTENT_AUTHENTICATION_STRUCTURE_LENGTH);
        }
        List<MmrMembershipProof> paths =
                shape.paths(chunks.stream().map(Chunk::hash).toList(), structures);
        return IntStream.range(0, numbers.length)
                .mapToObj(i -> new ChunkDictionary.Entry(numbers[i], paths.get(i), chunks.get(i)))
                .toList();
    }
}
