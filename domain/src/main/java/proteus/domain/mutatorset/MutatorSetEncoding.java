package proteus.domain.mutatorset;

import proteus.domain.codec.FieldWriter;
import proteus.domain.mmr.MmrEncoding;

/** The mutator set's types in BFieldCodec. Source: neptune-mutator-set 0.19.4. */
public final class MutatorSetEncoding {

    private MutatorSetEncoding() {}

    /** An addition record: its commitment. */
    public static void write(FieldWriter out, AdditionRecord record) {
        out.digest(record.canonicalCommitment());
    }

    /** An index set: 45 distances, then the minimum; 49 elements. */
    public static void write(FieldWriter out, AbsoluteIndexSet indices) {
        out.bare(indices.distances()).u128(indices.minimumHigh(), indices.minimumLow());
    }

    /** A chunk. */
    public static void write(FieldWriter out, Chunk chunk) {
        out.prefixed(indices -> indices.list(chunk.relativeIndices()));
    }

    /** A chunk dictionary, entries in their order. */
    public static void write(FieldWriter out, ChunkDictionary dictionary) {
        out.prefixed(entries -> entries.listOfDynamic(dictionary.entries(), MutatorSetEncoding::writeEntry));
    }

    /** A removal record. */
    public static void write(FieldWriter out, RemovalRecord record) {
        out.prefixed(chunks -> write(chunks, record.targetChunks()));
        write(out, record.absoluteIndices());
    }

    /** The active window. */
    public static void write(FieldWriter out, ActiveWindow window) {
        out.prefixed(bits -> bits.list(window.sbf()));
    }

    /** The accumulator: active window, inactive part, commitment list. */
    public static void write(FieldWriter out, MutatorSetAccumulator accumulator) {
        out.prefixed(window -> write(window, accumulator.swbfActive()))
                .prefixed(inactive -> MmrEncoding.write(inactive, accumulator.swbfInactive()))
                .prefixed(aocl -> MmrEncoding.write(aocl, accumulator.aocl()));
    }

    private static void writeEntry(FieldWriter out, ChunkDictionary.Entry entry) {
        out.prefixed(value -> value.prefixed(chunk -> write(chunk, entry.chunk()))
                        .prefixed(proof -> MmrEncoding.write(proof, entry.membershipProof())))
                .u64(entry.key());
    }
}
