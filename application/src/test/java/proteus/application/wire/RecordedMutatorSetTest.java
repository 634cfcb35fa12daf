package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.domain.block.Block;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHash;
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

/** The mutator set along the chains that a real node made. */
class RecordedMutatorSetTest {

    @ParameterizedTest
    @CsvSource({"legacy-session, 300", "legacy-sync-by-0.18.0, 0"})
    void everyBlockLeadsToTheSetThatItsBodyHas(String recording, int blocks) throws MalformedMessageException {
        Block parent = Genesis.of(new Network.RegTest()).block();
        Digest parentHash = BlockHash.of(parent);
        int inputs = 0;
        int applied = 0;
        for (byte[] frame : WireSamples.recordedFrames(recording)) {
            if (PeerMessageCodec.decode(frame) instanceof PeerMessage.Block(var transfer)) {
                Block block = transfer.toBlock();
                BlockBody body = block.kernel().body();
                assertThat(block.kernel().header().prevBlockDigest()).isEqualTo(parentHash);
                MutatorSetAccumulator before =
                        GuesserFee.mutatorSetAfter(parent, parentHash).orElseThrow();
                List<RemovalRecord> removals = unpacked(body.transactionKernel().inputs());

                assertThat(before.hash()).isEqualTo(body.transactionKernel().mutatorSetHash());
                assertThat(new MutatorSetUpdate(
                                        removals, body.transactionKernel().outputs())
                                .applyTo(before))
                        .contains(body.mutatorSetAccumulator());

                inputs += removals.size();
                applied++;
                parent = block;
                parentHash = BlockHash.of(block);
            }
        }
        System.err.println(recording + " " + applied + " blocks, inputs " + inputs);
        assertThat(applied).isEqualTo(blocks);
    }

    private static List<RemovalRecord> unpacked(List<RemovalRecord> packed) {
        return switch (RemovalRecordList.tryUnpack(packed, ChunkPacking.LONG)) {
            case Unpacking.Unpacked(var records) -> records;
            case Unpacking.Failed(var error) -> throw new AssertionError(error);
        };
    }
}
