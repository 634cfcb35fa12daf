package proteus.application.wire.json;

import java.math.BigInteger;
import java.util.List;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.field.U32Sequence;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.ActiveWindow;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.Chunk;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.RemovalRecord;

/** The mutator set's types. Source: neptune-mutator-set 0.19.4. */
final class MutatorSetJson {

    private MutatorSetJson() {}

    static AdditionRecord readAdditionRecord(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var canonicalCommitment = members.member("canonical_commitment", JsonReader::digest);
        members.read();
        return new AdditionRecord(canonicalCommitment.value());
    }

    static void write(JsonWriter out, AdditionRecord addition) {
        out.startObject();
        out.member("canonical_commitment", addition.canonicalCommitment(), JsonWriter::digest);
        out.endObject();
    }

    /** Reads a record whose dictionary has at most {@code chunkLimit} entries. */
    static RemovalRecord readRemovalRecord(JsonReader in, int chunkLimit) throws MalformedMessageException {
        JsonMembers members = in.members();
        var absoluteIndices = members.member("absolute_indices", MutatorSetJson::readIndexSet);
        var targetChunks = members.member("target_chunks", reader -> readDictionary(reader, chunkLimit));
        members.read();
        return new RemovalRecord(absoluteIndices.value(), targetChunks.value());
    }

    static void write(JsonWriter out, RemovalRecord removal) {
        out.startObject();
        out.member("absolute_indices", removal.absoluteIndices(), MutatorSetJson::write);
        out.member("target_chunks", removal.targetChunks(), MutatorSetJson::write);
        out.endObject();
    }

    private static AbsoluteIndexSet readIndexSet(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var minimum = members.member("minimum", JsonReader::u128);
        var distances = members.member("distances", reader -> NumberLists.words(reader, AbsoluteIndexSet.SIZE));
        members.read();
        BigInteger least = minimum.value();
        return new AbsoluteIndexSet(least.shiftRight(Long.SIZE).longValue(), least.longValue(), distances.value());
    }

    private static void write(JsonWriter out, AbsoluteIndexSet indices) {
        out.startObject();
        out.member("minimum", indices, (o, set) -> o.u128(set.minimumHigh(), set.minimumLow()));
        out.member("distances", indices.distances(), JsonWriter::words);
        out.endObject();
    }

    private static ChunkDictionary readDictionary(JsonReader in, int limit) throws MalformedMessageException {
        JsonMembers members = in.members();
        var dictionary =
                members.member("dictionary", reader -> reader.list(limit, MutatorSetJson::readDictionaryEntry));
        members.read();
        List<ChunkDictionary.Entry> entries = dictionary.value();
        return entries.isEmpty() ? ChunkDictionary.empty() : new ChunkDictionary(entries);
    }

    private static void write(JsonWriter out, ChunkDictionary dictionary) {
        out.startObject();
        out.member("dictionary", dictionary.entries(), (o, entries) -> o.list(entries, MutatorSetJson::write));
        out.endObject();
    }

    /** A key, and a pair of path and chunk. */
    private static ChunkDictionary.Entry readDictionaryEntry(JsonReader in) throws MalformedMessageException {
        return in.pair(
                JsonReader::u64,
                MutatorSetJson::readAuthenticatedChunk,
                (key, chunk) -> new ChunkDictionary.Entry(key, chunk.membershipProof, chunk.chunk));
    }

    private static void write(JsonWriter out, ChunkDictionary.Entry entry) {
        AuthenticatedChunk chunk = new AuthenticatedChunk(entry.membershipProof(), entry.chunk());
        out.pair(entry.key(), JsonWriter::u64, chunk, MutatorSetJson::write);
    }

    private record AuthenticatedChunk(MmrMembershipProof membershipProof, Chunk chunk) {}

    private static AuthenticatedChunk readAuthenticatedChunk(JsonReader in) throws MalformedMessageException {
        return in.pair(MmrJson::readMembershipProof, MutatorSetJson::readChunk, AuthenticatedChunk::new);
    }

    private static void write(JsonWriter out, AuthenticatedChunk chunk) {
        out.pair(chunk.membershipProof, MmrJson::write, chunk.chunk, MutatorSetJson::write);
    }

    private static Chunk readChunk(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var relativeIndices = members.member("relative_indices", NumberLists::words);
        members.read();
        U32Sequence indices = relativeIndices.value();
        return indices.isEmpty() ? Chunk.empty() : new Chunk(indices);
    }

    private static void write(JsonWriter out, Chunk chunk) {
        out.startObject();
        out.member("relative_indices", chunk.relativeIndices(), JsonWriter::words);
        out.endObject();
    }

    static MutatorSetAccumulator readAccumulator(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var aocl = members.member("aocl", MmrJson::readAccumulator);
        var swbfInactive = members.member("swbf_inactive", MmrJson::readAccumulator);
        var swbfActive = members.member("swbf_active", MutatorSetJson::readActiveWindow);
        members.read();
        return new MutatorSetAccumulator(aocl.value(), swbfInactive.value(), swbfActive.value());
    }

    static void write(JsonWriter out, MutatorSetAccumulator accumulator) {
        out.startObject();
        out.member("aocl", accumulator.aocl(), MmrJson::write);
        out.member("swbf_inactive", accumulator.swbfInactive(), MmrJson::write);
        out.member("swbf_active", accumulator.swbfActive(), MutatorSetJson::write);
        out.endObject();
    }

    private static ActiveWindow readActiveWindow(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var sbf = members.member("sbf", NumberLists::words);
        members.read();
        return new ActiveWindow(sbf.value());
    }

    private static void write(JsonWriter out, ActiveWindow window) {
        out.startObject();
        out.member("sbf", window.sbf(), JsonWriter::words);
        out.endObject();
    }
}
