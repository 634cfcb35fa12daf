package proteus.domain.mutatorset;

import java.util.List;
import proteus.domain.mmr.MmrMembershipProof;

/**
 * The chunks that a removal record touches, each with its path in the chunk mountain range.
 *
 * <p>A list, not a map: when removal records are packed, keys repeat and position has meaning, so the order is kept as
 * it came. Source: neptune-mutator-set 0.19.4.
 *
 * @param entries at most {@value #MAX_ENTRIES} entries
 */
public record ChunkDictionary(List<Entry> entries) {

    /** The most entries that upstream decodes. */
    public static final int MAX_ENTRIES = 1_000_000;

    private static final ChunkDictionary EMPTY = new ChunkDictionary(List.of());

    public ChunkDictionary {
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("too many entries in a chunk dictionary: " + entries.size());
        }
        entries = List.copyOf(entries);
    }

    /** The dictionary of no entries. */
    public static ChunkDictionary empty() {
        return EMPTY;
    }

    /**
     * A chunk and its path.
     *
     * @param key the chunk's index when unpacked; an unsigned 64-bit integer, never reduced modulo p
     * @param membershipProof the path of the chunk's leaf
     * @param chunk the chunk
     */
    public record Entry(long key, MmrMembershipProof membershipProof, Chunk chunk) {}
}
