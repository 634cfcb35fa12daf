package proteus.domain.consensus;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import proteus.domain.block.Block;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.mutatorset.ChunkPacking;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.mutatorset.RemovalRecordList;
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
     * A block whose inputs somebody else unpacks.
     *
     * @param network whose rules apply
     * @param block the block
     * @param inputs its inputs, unpacked; empty if they do not unpack. Asked once at most
     */
    BlockCandidate(Network network, HashedBlock block, Supplier<Optional<List<RemovalRecord>>> inputs) {
        this.network = network;
        this.block = block;
        this.inputs = new Memoised<>(inputs);
    }

    /** The candidate, nothing of it unpacked or hashed yet. */
    static BlockCandidate of(Network network, Block block) {
        return of(network, HashedBlock.of(block));
    }

    /** The candidate, nothing of it unpacked yet. */
    static BlockCandidate of(Network network, HashedBlock block) {
        return new BlockCandidate(network, block, () -> unpacked(network, block));
    }

    private static Optional<List<RemovalRecord>> unpacked(Network network, HashedBlock block) {
        ChunkPacking packing = packing(rules(network, block.header()));
        List<RemovalRecord> packed =
                block.block().kernel().body().transactionKernel().inputs();
        return switch (RemovalRecordList.tryUnpack(packed, packing)) {
            case RemovalRecordList.Unpacking.Unpacked(var records) -> Optional.of(records);
            case RemovalRecordList.Unpacking.Failed _ -> Optional.empty();
        };
    }

    static ChunkPacking packing(ConsensusRuleSet rules) {
        return rules.hasLongChunks() ? ChunkPacking.LONG : ChunkPacking.SHORT;
    }

    private static ConsensusRuleSet rules(Network network, BlockHeader header) {
        return ConsensusRuleSet.at(network, header.height().value());
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
        return rules(network, header());
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
