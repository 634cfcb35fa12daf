package proteus.application.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import proteus.application.samples.WireSamples;
import proteus.domain.block.BlockHash;
import proteus.domain.block.Genesis;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;
import proteus.domain.transaction.Timestamp;

/** How long the full judgement of a recorded block takes, beside its hash alone; the mean over the 300 of a session. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecordedChainBenchmark {

    private static final int BLOCKS = 300;
    private static final Network REGTEST = new Network.RegTest();
    private static final Timestamp LATER = new Timestamp(1L << 50);

    private final BlockValidation validation = new BlockValidation(REGTEST, KnownClaims.none());
    private final List<ParentBlock> chain = new ArrayList<>();

    /** Reads the recording and keeps its blocks. */
    @Setup
    public void readRecording() throws MalformedMessageException {
        chain.add(ParentBlock.of(Genesis.of(REGTEST)));
        for (byte[] frame : WireSamples.recordedFrames("legacy-session")) {
            if (PeerMessageCodec.decode(frame) instanceof PeerMessage.Block(var block)) {
                chain.add(ParentBlock.of(block.toBlock()));
            }
        }
        if (chain.size() != BLOCKS + 1) {
            throw new IllegalStateException(chain.size() - 1 + " blocks");
        }
    }

    /** All rules, one after the other. */
    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public BlockVerdict[] judge() {
        BlockVerdict[] verdicts = new BlockVerdict[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            verdicts[i] = validation.judge(chain.get(i), chain.get(i + 1).block(), LATER);
        }
        return verdicts;
    }

    /** The baseline: the hash of the block, which is computed for each block that comes in. */
    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public Digest[] hash() {
        Digest[] digests = new Digest[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            digests[i] = BlockHash.of(chain.get(i + 1).block());
        }
        return digests;
    }
}
