package proteus.domain.mutatorset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.AuthenticationStructures;
import proteus.domain.mmr.MmrMembershipProof;

/**
 * Removal records as a block carries them: the same index sets, but each chunk once, and in place of a path for each chunk
 * one authentication structure for each tree; all of that in the dictionary of the first record.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code removal_record_list.rs}.
 */
public final class RemovalRecordList {

    private RemovalRecordList() {}

    /**
     * The packed form of {@code records}. The first may get more than 45 entries in its dictionary.
     *
     * @param records valid against one mutator set, not packed
     * @param aoclLeafs the number of items ever added to that set
     * @throws IllegalArgumentException if the records do not agree with each other or with that number, or a chunk is too
     *     full
     */
    public static List<RemovalRecord> pack(List<RemovalRecord> records, long aoclLeafs, ChunkPacking packing) {
        if (records.isEmpty()) {
            return List.of();
        }
        TreeMap<Long, ChunkDictionary.Entry> chunks = new TreeMap<>(Long::compareUnsigned);
        for (RemovalRecord record : records) {
            for (ChunkDictionary.Entry entry : record.targetChunks().entries()) {
                ChunkDictionary.Entry other = chunks.putIfAbsent(entry.key(), entry);
                if (other != null && !other.equals(entry)) {
                    throw new IllegalArgumentException("two records with different chunks " + entry.key());
                }
            }
        }
        long[] numbers = chunks.keySet().stream().mapToLong(Long::longValue).toArray();
        AuthenticationStructures shape = AuthenticationStructures.of(SlidingWindow.inactiveChunks(aoclLeafs), numbers);
        ChunkDictionary dictionary = packed(List.copyOf(chunks.values()), shape, packing);
        List<RemovalRecord> packed = new ArrayList<>();
        for (RemovalRecord record : records) {
            packed.add(new RemovalRecord(
                    record.absoluteIndices(), packed.isEmpty() ? dictionary : ChunkDictionary.empty()));
        }
        return List.copyOf(packed);
    }

    private static ChunkDictionary packed(
            List<ChunkDictionary.Entry> chunks, AuthenticationStructures shape, ChunkPacking packing) {
        List<List<Digest>> structures = shape.structures(
                chunks.stream().map(ChunkDictionary.Entry::membershipProof).toList());
        List<Integer> heights = shape.heights();
        List<ChunkDictionary.Entry> entries = new ArrayList<>();
        for (int i = 0; i < Math.max(heights.size(), chunks.size()); i++) {
            boolean hasChunk = i < chunks.size();
            boolean hasTree = i < heights.size();
            entries.add(new ChunkDictionary.Entry(
                    hasTree ? PackedDictionary.treeKey(heights.get(i), hasChunk) : PackedDictionary.NO_TREE,
                    new MmrMembershipProof(hasTree ? structures.get(i) : List.of()),
                    hasChunk ? packing.pack(chunks.get(i).chunk()) : Chunk.empty()));
        }
        return new ChunkDictionary(entries);
    }

    /**
     * The records whose packed form is {@code packed}, or why there are none. Records with a chunk in common share its
     * entry. That the records are valid against any set is not checked.
     */
    public static Unpacking tryUnpack(List<RemovalRecord> packed, ChunkPacking packing) {
        try {
            return new Unpacking.Unpacked(unpack(packed, packing));
        } catch (UnpackException failure) {
            return new Unpacking.Failed(failure.error());
        }
    }

    private static List<RemovalRecord> unpack(List<RemovalRecord> packed, ChunkPacking packing) throws UnpackException {
        PackedDictionary dictionary = PackedDictionary.read(packed, packing);
        long[] touched = chunkNumbers(packed);
        long chunkCount = dictionary.chunkCountFor(touched);
        long[] inactive = Arrays.copyOf(touched, UnsignedLongs.countBelow(touched, chunkCount));
        List<ChunkDictionary.Entry> entries = dictionary.entries(chunkCount, inactive);
        List<RemovalRecord> records = new ArrayList<>(packed.size());
        for (RemovalRecord record : packed) {
            records.add(new RemovalRecord(
                    record.absoluteIndices(), dictionaryOf(record.absoluteIndices(), inactive, entries)));
        }
        return List.copyOf(records);
    }

    /** The numbers of all chunks that the records touch, ascending, each once. */
    private static long[] chunkNumbers(List<RemovalRecord> records) throws UnpackException {
        long[] all = new long[Math.multiplyExact(records.size(), AbsoluteIndexSet.SIZE)];
        int filled = 0;
        for (RemovalRecord record : records) {
            if (!record.absoluteIndices().hasChunkNumbers()) {
                throw new UnpackException(RemovalRecordListUnpackError.ABSOLUTE_INDEX_TOO_BIG);
            }
            long[] own = record.absoluteIndices().chunkNumbers();
            System.arraycopy(own, 0, all, filled, own.length);
            filled += own.length;
        }
        return UnsignedLongs.sortedOnce(Arrays.copyOf(all, filled));
    }

    private static ChunkDictionary dictionaryOf(
            AbsoluteIndexSet indices, long[] inactive, List<ChunkDictionary.Entry> entries) {
        List<ChunkDictionary.Entry> own = new ArrayList<>();
        for (long number : indices.chunkNumbers()) {
            int found = UnsignedLongs.countBelow(inactive, number);
            if (found < inactive.length && inactive[found] == number) {
                own.add(entries.get(found));
            }
        }
        return new ChunkDictionary(own);
    }

    /** What unpacking gives. */
    public sealed interface Unpacking {

        /**
         * The list could be unpacked.
         *
         * @param records as a transaction carries them
         */
        record Unpacked(List<RemovalRecord> records) implements Unpacking {
            public Unpacked {
                records = List.copyOf(records);
            }
        }

        /**
         * The list could not be unpacked.
         *
         * @param error why
         */
        record Failed(RemovalRecordListUnpackError error) implements Unpacking {}
    }
}
