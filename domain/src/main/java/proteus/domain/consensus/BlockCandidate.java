package proteus.domain.consensus;

import java.util.List;
import java.util.Optional;
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

/**
 * A block that is to be judged.
 *
 * @param network whose rules apply
 * @param block the block
 * @param inputs its inputs, unpacked; empty if they do not unpack
 */
record BlockCandidate(Network network, Block block, Optional<List<RemovalRecord>> inputs) {

    /** The candidate, with its inputs unpacked. */
    static BlockCandidate of(Network network, Block block) {
        ConsensusRuleSet rules = rules(network, block.kernel().header());
        List<RemovalRecord> packed = block.kernel().body().transactionKernel().inputs();
        return new BlockCandidate(
                network,
                block,
                switch (RemovalRecordList.tryUnpack(packed, packing(rules))) {
                    case RemovalRecordList.Unpacking.Unpacked(var records) -> Optional.of(records);
                    case RemovalRecordList.Unpacking.Failed _ -> Optional.empty();
                });
    }

    static ChunkPacking packing(ConsensusRuleSet rules) {
        return rules.hasLongChunks() ? ChunkPacking.LONG : ChunkPacking.SHORT;
    }

    private static ConsensusRuleSet rules(Network network, BlockHeader header) {
        return ConsensusRuleSet.at(network, header.height().value());
    }

    ConsensusRuleSet rules() {
        return rules(network, header());
    }

    NetworkParameters parameters() {
        return NetworkParameters.of(network);
    }

    BlockHeader header() {
        return block.kernel().header();
    }

    BlockBody body() {
        return block.kernel().body();
    }

    TransactionKernel transaction() {
        return body().transactionKernel();
    }

    /** Whether the block counts lustrations. */
    boolean lustrates() {
        return Long.compareUnsigned(header().height().value(), parameters().firstLustrationHeight()) >= 0;
    }
}
