package proteus.adapters.libp2p.nativeprotocol;

import java.util.List;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.AccumulatorMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.ChunkMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.MutatorSetMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.RemovalMessage;
import proteus.domain.field.U32Sequence;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.ActiveWindow;
import proteus.domain.mutatorset.Chunk;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.RemovalRecord;

/** Mountain ranges and the mutator set. */
final class MutatorSetForm {

    private MutatorSetForm() {}

    static AccumulatorMessage of(MmrAccumulator accumulator) {
        return AccumulatorMessage.newBuilder()
                .setLeafCount(accumulator.leafCount())
                .setPeaks(Packed.of(accumulator.peaks()))
                .build();
    }

    static MmrAccumulator accumulator(AccumulatorMessage message) {
        return new MmrAccumulator(message.getLeafCount(), Packed.digests(message.getPeaks()));
    }

    static MutatorSetMessage of(MutatorSetAccumulator set) {
        return MutatorSetMessage.newBuilder()
                .setAocl(of(set.aocl()))
                .setSwbfInactive(of(set.swbfInactive()))
                .setSwbfActive(Packed.of(set.swbfActive().sbf()))
                .build();
    }

    static MutatorSetAccumulator set(MutatorSetMessage message) {
        return new MutatorSetAccumulator(
                accumulator(message.getAocl()),
                accumulator(message.getSwbfInactive()),
                new ActiveWindow(Packed.words(message.getSwbfActive())));
    }

    static RemovalMessage of(RemovalRecord removal) {
        AbsoluteIndexSet indices = removal.absoluteIndices();
        RemovalMessage.Builder message = RemovalMessage.newBuilder()
                .setMinimum(Packed.of(indices.minimumHigh(), indices.minimumLow()))
                .setDistances(Packed.of(indices.distances()));
        removal.targetChunks().entries().forEach(entry -> message.addChunks(of(entry)));
        return message.build();
    }

    static RemovalRecord removal(RemovalMessage message) {
        AbsoluteIndexSet indices = new AbsoluteIndexSet(
                Packed.high(message.getMinimum()),
                Packed.low(message.getMinimum()),
                Packed.words(message.getDistances()));
        return new RemovalRecord(indices, dictionary(message.getChunksList()));
    }

    private static ChunkDictionary dictionary(List<ChunkMessage> chunks) {
        return chunks.isEmpty()
                ? ChunkDictionary.empty()
                : new ChunkDictionary(chunks.stream().map(MutatorSetForm::entry).toList());
    }

    private static ChunkMessage of(ChunkDictionary.Entry entry) {
        return ChunkMessage.newBuilder()
                .setKey(entry.key())
                .setPath(Packed.of(entry.membershipProof().authenticationPath()))
                .setIndices(Packed.of(entry.chunk().relativeIndices()))
                .build();
    }

    private static ChunkDictionary.Entry entry(ChunkMessage message) {
        U32Sequence indices = Packed.words(message.getIndices());
        return new ChunkDictionary.Entry(
                message.getKey(),
                new MmrMembershipProof(Packed.digests(message.getPath())),
                indices.isEmpty() ? Chunk.empty() : new Chunk(indices));
    }
}
