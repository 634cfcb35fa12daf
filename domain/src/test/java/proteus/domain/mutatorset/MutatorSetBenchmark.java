package proteus.domain.mutatorset;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import proteus.domain.codec.FieldWriter;
import proteus.domain.generator.Elements;
import proteus.domain.hash.Digest;

/**
 * How long the mutator set takes over a block at the limits, of 16,384 inputs and outputs, beside the hashing of its inputs
 * once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MutatorSetBenchmark {

    private static final int ITEMS = 40_000;
    private static final int LIMIT = 16_384;

    private MutatorSetAccumulator accumulator = MutatorSetAccumulator.EMPTY;
    private List<RemovalRecord> records = List.of();
    private List<RemovalRecord> packed = List.of();
    private List<AdditionRecord> additions = List.of();

    /** Adds all items, and makes records that spend the oldest of them. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        EvolvingMutatorSet set =
                EvolvingMutatorSet.of(MutatorSetAccumulator.EMPTY).orElseThrow();
        List<Items.Owned> owned = Items.add(random, ITEMS, set);
        accumulator = set.accumulator();
        records = Items.removals(owned.subList(0, LIMIT));
        packed = RemovalRecordList.pack(records, ITEMS, ChunkPacking.LONG);
        additions = IntStream.range(0, LIMIT)
                .mapToObj(i -> new AdditionRecord(Elements.digest(random)))
                .collect(Collectors.toList());
    }

    /** The baseline: the hash of the packed inputs, which the block's hash needs anyway. */
    @Benchmark
    public Digest hashInputs() {
        FieldWriter out = new FieldWriter();
        out.listOfDynamic(packed, MutatorSetEncoding::write);
        return out.hash();
    }

    /** From the packed form. */
    @Benchmark
    public RemovalRecordList.Unpacking unpack() {
        return RemovalRecordList.tryUnpack(packed, ChunkPacking.LONG);
    }

    /** Whether each record alone can be removed. */
    @Benchmark
    public boolean canRemoveEach() {
        EvolvingMutatorSet set = EvolvingMutatorSet.of(accumulator).orElseThrow();
        return records.stream().allMatch(record -> set.learn(record) && set.canRemove(record));
    }

    /** All outputs, then all inputs. */
    @Benchmark
    public MutatorSetAccumulator applyUpdate() {
        return new MutatorSetUpdate(records, additions).applyTo(accumulator).orElseThrow();
    }
}
