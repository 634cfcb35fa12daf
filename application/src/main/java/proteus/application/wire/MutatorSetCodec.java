package proteus.application.wire;

import proteus.domain.field.U32Sequence;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.ActiveWindow;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.Chunk;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.RemovalRecord;

/** The mutator set's types. Source: neptune-mutator-set 0.19.4. */
final class MutatorSetCodec {

    /** The fewest bytes of a removal record: a minimum, the distances, an empty dictionary. */
    static final int LEAST_REMOVAL_RECORD = 1 + AbsoluteIndexSet.SIZE + 1;

    /** The same in fixed width. */
    static final int LEAST_REMOVAL_RECORD_FIXED = 16 + 4 * AbsoluteIndexSet.SIZE + 8;

    /** The fewest bytes of a dictionary's entry: a key, an empty path, an empty chunk. */
    private static final int LEAST_ENTRY = 3;

    private static final int LEAST_ENTRY_FIXED = 24;

    private MutatorSetCodec() {}

    static AdditionRecord readAdditionRecord(BincodeReader in) throws MalformedMessageException {
        return new AdditionRecord(in.digest());
    }

    static void write(BincodeWriter out, AdditionRecord addition) {
        out.digest(addition.canonicalCommitment());
    }

    /** Reads a record whose dictionary has at most {@code chunkLimit} entries. */
    static RemovalRecord readRemovalRecord(BincodeReader in, int chunkLimit) throws MalformedMessageException {
        return new RemovalRecord(readIndexSet(in), readDictionary(in, chunkLimit));
    }

    static void write(BincodeWriter out, RemovalRecord removal) {
        write(out, removal.absoluteIndices());
        out.list(removal.targetChunks().entries(), MutatorSetCodec::write);
    }

    private static AbsoluteIndexSet readIndexSet(BincodeReader in) throws MalformedMessageException {
        U128 minimum = in.u128();
        return new AbsoluteIndexSet(minimum.high(), minimum.low(), in.words(AbsoluteIndexSet.SIZE));
    }

    private static void write(BincodeWriter out, AbsoluteIndexSet indices) {
        out.u128(new U128(indices.minimumHigh(), indices.minimumLow()));
        out.bareWords(indices.distances());
    }

    private static ChunkDictionary readDictionary(BincodeReader in, int limit) throws MalformedMessageException {
        int size = in.length(limit, LEAST_ENTRY, LEAST_ENTRY_FIXED);
        return size == 0
                ? ChunkDictionary.empty()
                : new ChunkDictionary(in.array(size, MutatorSetCodec::readDictionaryEntry));
    }

    private static ChunkDictionary.Entry readDictionaryEntry(BincodeReader in) throws MalformedMessageException {
        return new ChunkDictionary.Entry(in.u64(), MmrCodec.readMembershipProof(in), readChunk(in));
    }

    private static void write(BincodeWriter out, ChunkDictionary.Entry entry) {
        out.u64(entry.key());
        MmrCodec.write(out, entry.membershipProof());
        out.words(entry.chunk().relativeIndices());
    }

    private static Chunk readChunk(BincodeReader in) throws MalformedMessageException {
        U32Sequence indices = in.words();
        return indices.isEmpty() ? Chunk.empty() : new Chunk(indices);
    }

    static MutatorSetAccumulator readAccumulator(BincodeReader in) throws MalformedMessageException {
        return new MutatorSetAccumulator(
                MmrCodec.readAccumulator(in), MmrCodec.readAccumulator(in), new ActiveWindow(in.words()));
    }

    static void write(BincodeWriter out, MutatorSetAccumulator accumulator) {
        MmrCodec.write(out, accumulator.aocl());
        MmrCodec.write(out, accumulator.swbfInactive());
        out.words(accumulator.swbfActive().sbf());
    }
}
