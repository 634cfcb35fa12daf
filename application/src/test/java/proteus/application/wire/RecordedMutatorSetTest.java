package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.samples.WireSamples;
import proteus.domain.block.Block;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Genesis;
import proteus.domain.block.GuesserFee;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.ChunkPacking;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.mutatorset.RemovalRecordList;
import proteus.domain.mutatorset.RemovalRecordList.Unpacking;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;

/** The mutator set along the chains that real nodes made. */
class RecordedMutatorSetTest {

    @ParameterizedTest
    @CsvSource({"legacy-session, 300", "legacy-sync-by-0.18.0, 358"})
    void everyBlockLeadsToTheSetThatItsBodyHas(String recording, int length) throws MalformedMessageException {
        Block parent = Genesis.of(new Network.RegTest()).block();
        Digest parentHash = BlockHash.of(parent);
        SortedMap<BlockHeight, Block> blocks = recordedBlocks(recording);
        assertThat(blocks).hasSize(length);
        for (Block block : blocks.values()) {
            BlockBody body = block.kernel().body();
            assertThat(block.kernel().header().prevBlockDigest()).isEqualTo(parentHash);

            MutatorSetAccumulator before =
                    GuesserFee.mutatorSetAfter(parent, parentHash).orElseThrow();
            MutatorSetUpdate update = new MutatorSetUpdate(
                    unpacked(body.transactionKernel().inputs()),
                    body.transactionKernel().outputs());

            assertThat(before.hash()).isEqualTo(body.transactionKernel().mutatorSetHash());
            assertThat(update.applyTo(before)).contains(body.mutatorSetAccumulator());

            parent = block;
            parentHash = BlockHash.of(block);
        }
        long inputs = blocks.values().stream()
                .flatMap(block -> block.kernel().body().transactionKernel().inputs().stream())
                .count();
        // No recorded block spends anything: removals are for the property tests of the mutator set.
        assertThat(inputs).isZero();
    }

    /** The blocks of a recording, in whichever message and order they came. */
    private static SortedMap<BlockHeight, Block> recordedBlocks(String recording) throws MalformedMessageException {
        SortedMap<BlockHeight, Block> blocks = new TreeMap<>();
        for (byte[] frame : WireSamples.recordedFrames(recording)) {
            switch (PeerMessageCodec.decode(frame)) {
                case PeerMessage.Block(var block) -> blocks.put(block.header().height(), block.toBlock());
                case PeerMessage.ValidatedBlock(var response) ->
                    blocks.put(
                            response.block().header().height(), response.block().toBlock());
                default -> {}
            }
        }
        return blocks;
    }

    private static List<RemovalRecord> unpacked(List<RemovalRecord> packed) {
        return switch (RemovalRecordList.tryUnpack(packed, ChunkPacking.LONG)) {
            case Unpacking.Unpacked(var records) -> records;
            case Unpacking.Failed(var error) -> throw new AssertionError(error);
        };
    }
}
