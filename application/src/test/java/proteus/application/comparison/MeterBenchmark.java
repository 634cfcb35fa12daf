package proteus.application.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import proteus.application.port.ComparisonControl.PeerFigures;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.application.port.TaskScheduler;
import proteus.application.runtime.SystemTaskScheduler;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.PeerMessage;

/** What it costs to measure a message, to tell what was measured, and to look at a thousand peers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MeterBenchmark {

    private static final int PEERS = 1000;

    private final SystemTaskScheduler clock = new SystemTaskScheduler("benchmark");
    private final PeerMessage request = new PeerMessage.PeerListRequest();
    private final PeerMessage answer = new PeerMessage.PeerListResponse(List.of());
    private final PeerMessage other = new PeerMessage.BlockRequestByHash(Digest.ZERO);
    private final PeerMessage blockRequest = new PeerMessage.BlockRequestByHeight(new BlockHeight(7));
    private MeasuredPeers peers = new MeasuredPeers();
    private Comparison comparison = new Comparison(clock, Map::of);
    private PeerMeter meter = meter(comparison, clock);

    private static PeerMeter meter(Comparison comparison, TaskScheduler clock) {
        MeasuredPeers.Peer peer = new MeasuredPeers().peer(1, 1);
        PeerMeter meter = comparison.meter(peer.meter::current, Map::of);
        meter.began(peer.meter.current());
        return meter;
    }

    /** A thousand peers that were measured often. */
    @Setup
    public void connect() {
        comparison = new Comparison(clock, Map::of);
        meter = meter(comparison, clock);
        peers = new MeasuredPeers();
        for (int host = 0; host < PEERS; host++) {
            MeasuredPeers.Peer peer = peers.peer(host % 100, host);
            for (int i = 0; i < 20; i++) {
                peer.meter.sent(0, request);
                peer.answer();
            }
        }
    }

    /** Ends the clock's thread. */
    @TearDown
    public void close() {
        clock.close();
    }

    /** The baseline: a look at the clock, which is in all others. */
    @Benchmark
    public long clock() {
        return clock.nanos();
    }

    /** A message that is no request and no answer which is measured, sent and received: nearly all of them. */
    @Benchmark
    public boolean otherMessages() {
        meter.sent(0, other);
        return meter.received(0, Stack.LEGACY, other, 100, clock.nanos());
    }

    /** A request that is measured, and its answer. */
    @Benchmark
    public boolean requestAndAnswer() {
        meter.sent(0, request);
        return meter.received(0, Stack.LEGACY, answer, 100, clock.nanos());
    }

    /** A request for a block that is measured when another of its kind is open. */
    @Benchmark
    public boolean blockRequest() {
        meter.sent(0, blockRequest);
        return true;
    }

    /** What a scrape of the metrics asks for. */
    @Benchmark
    public Map<Stack, StackFigures> figuresOfAll() {
        return peers.comparison.stacks();
    }

    /** The figures of a thousand peers. */
    @Benchmark
    public List<PeerFigures> figuresOfAThousandPeers() {
        return new ArrayList<>(peers.comparison.peers());
    }

    /** What the guard looks at, of a thousand peers, which it does ten times in a window. */
    @Benchmark
    public long windowsOfAThousandPeers() {
        long samples = 0;
        for (PeerMeter measured : peers.comparison.open()) {
            samples += measured.window()
                    .recent(Stack.LEGACY, peers.clock.nanos())
                    .roundTrip()
                    .orElseThrow()
                    .samples();
        }
        return samples;
    }
}
