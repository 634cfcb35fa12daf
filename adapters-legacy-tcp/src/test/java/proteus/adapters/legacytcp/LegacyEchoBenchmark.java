package proteus.adapters.legacytcp;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.PeerMessage;

/**
 * Messages of 1 MiB to another node and back over loopback, encoded and decoded on both sides; beside it, as many bytes
 * through Netty alone, where nobody looks at them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LegacyEchoBenchmark {

    private static final int BYTES = 1 << 20;
    private static final int AT_A_TIME = 16;

    private LegacyEcho legacy;
    private RawEcho raw;
    private PeerMessage message;

    @Setup
    public void connect() throws Exception {
        message = new PeerMessage.ArchivalMutatorSet(
                new ArchivalMutatorSetFrame(Digest.ZERO, BYTES, 0, ByteSequence.of(new byte[BYTES])));
        legacy = new LegacyEcho();
        raw = new RawEcho();
    }

    @TearDown
    public void close() {
        legacy.close();
        raw.close();
    }

    /** One after the other. */
    @Benchmark
    public PeerMessage legacyRoundTrip() throws Exception {
        legacy.send(message);
        return legacy.await();
    }

    /** One after the other. */
    @Benchmark
    public void rawRoundTrip() throws Exception {
        raw.send(BYTES);
        raw.await(BYTES);
    }

    /** Sixteen on the way at a time. */
    @Benchmark
    @OperationsPerInvocation(AT_A_TIME)
    public PeerMessage legacyThroughput() throws Exception {
        for (int i = 0; i < AT_A_TIME; i++) {
            legacy.send(message);
        }
        for (int i = 1; i < AT_A_TIME; i++) {
            legacy.await();
        }
        return legacy.await();
    }

    /** Sixteen on the way at a time. */
    @Benchmark
    @OperationsPerInvocation(AT_A_TIME)
    public void rawThroughput() throws Exception {
        for (int i = 0; i < AT_A_TIME; i++) {
            raw.send(BYTES);
        }
        raw.await(AT_A_TIME * BYTES);
    }
}
