package proteus.adapters.rpc.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import proteus.application.chain.ChainSnapshot;
import proteus.application.port.StoreException;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.field.U32Sequence;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.RemovalRecord;

/**
 * Says which outputs are spent: whether all positions of an index set are set in the Bloom filter after the tip.
 *
 * <p>The window after the tip says it of the positions in it. Of those that the window has left behind nothing is stored
 * but what set them: the inputs of the blocks, from the one on whose outputs can have had the position in their window.
 * Those are read from the tip down until all is found, which is exact, and slow for old outputs.
 *
 * <p>Source of the rule: neptune-archival-mutator-set 0.19.4, {@code archival_mutator_set.rs}.
 */
public final class SpentOutputs {

    private static final long WINDOW = 1L << 20;
    private static final int CHUNK_BITS = 12;
    private static final int BATCH_BITS = 3;

    private final ChainSnapshot chain;
    private final long windowStart;
    private final int[] window;

    /** As of the chain of one moment. */
    public SpentOutputs(ChainSnapshot chain) {
        MutatorSetAccumulator set = chain.mutatorSetAfterTip();
        this.chain = chain;
        this.windowStart = set.swbfInactive().leafCount() << CHUNK_BITS;
        this.window = set.swbfActive().sbf().toArray();
    }

    /** For each of {@code sets} whether all its positions are set. */
    public List<Boolean> areSet(List<AbsoluteIndexSet> sets) throws StoreException {
        List<Optional<Set<Long>>> leftBehind = new ArrayList<>();
        Set<Long> unset = new HashSet<>();
        for (AbsoluteIndexSet set : sets) {
            Optional<Set<Long>> left = leftBehind(set);
            left.ifPresent(unset::addAll);
            leftBehind.add(left);
        }
        removeWhatBlocksSet(unset);
        return leftBehind.stream()
                .map(left -> left.isPresent() && Collections.disjoint(left.get(), unset))
                .toList();
    }

    /** The positions that the window has left behind; empty if another one is not set. */
    private Optional<Set<Long>> leftBehind(AbsoluteIndexSet set) {
        Set<Long> left = new HashSet<>();
        for (long position : positions(set)) {
            if (position < 0 || position >= windowStart + WINDOW) {
                return Optional.empty();
            }
            if (position < windowStart) {
                left.add(position);
            } else if (Arrays.binarySearch(window, (int) (position - windowStart)) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(left);
    }

    /** The positions of a set; negative where they are beyond any filter. */
    private static long[] positions(AbsoluteIndexSet set) {
        long[] positions = new long[AbsoluteIndexSet.SIZE];
        U32Sequence distances = set.distances();
        boolean isBeyond = set.minimumHigh() != 0 || set.minimumLow() < 0;
        for (int i = 0; i < positions.length; i++) {
            // A sum that leaves the range of a long is negative.
            positions[i] = isBeyond ? -1 : set.minimumLow() + distances.valueAt(i);
        }
        return positions;
    }

    private void removeWhatBlocksSet(Set<Long> unset) throws StoreException {
        if (unset.isEmpty()) {
            return;
        }
        long last = firstHeightThatReaches(
                unset.stream().mapToLong(Long::longValue).min().orElseThrow());
        for (long height = chain.height().value(); height >= last && !unset.isEmpty(); height--) {
            Block block = chain.blockAt(new BlockHeight(height)).orElseThrow();
            for (RemovalRecord input : block.kernel().body().transactionKernel().inputs()) {
                for (long position : positions(input.absoluteIndices())) {
                    unset.remove(position);
                }
            }
        }
    }

    /** The block of the first output whose window reached up to {@code position}. */
    private long firstHeightThatReaches(long position) throws StoreException {
        long batch = Math.max(0, (position - WINDOW + (1L << CHUNK_BITS)) >> CHUNK_BITS);
        return new CommitmentList(chain).heightOf(batch << BATCH_BITS).orElse(0L);
    }
}
