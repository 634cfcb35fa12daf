package proteus.domain.consensus;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import proteus.domain.block.Block;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.mutatorset.ChunkPacking;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.mutatorset.RemovalRecordList;
import proteus.domain.mutatorset.RemovalRecordList.Unpacking;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;
import proteus.domain.transaction.TransactionKernel;

/** A block that is to be judged. Safe for use by many threads. */
final class BlockCandidate {

    private final Network network;
    private final HashedBlock block;
    private final Memoised<Optional<List<RemovalRecord>>> inputs;

    /**
     * The candidate, nothing of it unpacked yet.
     *
     * @param network whose rules apply
     * @param block the block
     * @param unpacking unpacks its inputs; asked once at most
     */
    BlockCandidate(
            Network network, HashedBlock block, BiFunction<List<RemovalRecord>, ChunkPacking, Unpacking> unpacking) {
        this.network = network;
        this.block = block;
        this.inputs = new Memoised<>(() -> unpacked(unpacking));
    }

    /** The candidate, nothing of it unpacked or hashed yet. */
    static BlockCandidate of(Network network, Block block) {
        return of(network, HashedBlock.of(block));
    }

    /** The candidate, nothing of it unpacked yet. */
    static BlockCandidate of(Network network, HashedBlock block) {
        return new BlockCandidate(network, block, RemovalRecordList::tryUnpack);
    }

    private Optional<List<RemovalRecord>> unpacked(BiFunction<List<RemovalRecord>, ChunkPacking, Unpacking> unpacking) {
        return switch (unpacking.apply(transaction().inputs(), packing(rules()))) {
            case Unpacking.Unpacked(var records) -> Optional.of(records);
            case Unpacking.Failed _ -> Optional.empty();
        };
    }

    static ChunkPacking packing(ConsensusRuleSet rules) {
        return rules.hasLongChunks() ? ChunkPacking.LONG : ChunkPacking.SHORT;
    }

    Network network() {
        return network;
    }

    Block block() {
        return block.block();
    }

    HashedBlock hashed() {
        return block;
    }

    /** Its inputs, which are unpacked when they are first asked for; empty if they do not unpack. */
    Optional<List<RemovalRecord>> inputs() {
        return inputs.get();
    }

    ConsensusRuleSet rules() {
        return ConsensusRuleSet.at(network, header().height().value());
    }

    NetworkParameters parameters() {
        return NetworkParameters.of(network);
    }

    BlockHeader header() {
        return block.header();
    }

    BlockBody body() {
        return block().kernel().body();
    }

    TransactionKernel transaction() {
        return body().transactionKernel();
    }

    /** Whether the block counts lustrations. */
    boolean lustrates() {
        return Long.compareUnsigned(header().height().value(), parameters().firstLustrationHeight()) >= 0;
    }
}
