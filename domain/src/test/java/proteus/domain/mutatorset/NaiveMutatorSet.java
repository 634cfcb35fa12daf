package proteus.domain.mutatorset;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MerkleTree;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;

/** The mutator set as its definition has it: every commitment and every bit ever set, and all computed from them anew. */
final class NaiveMutatorSet {

    private final List<Digest> commitments = new ArrayList<>();

    /** By absolute index, how often the bit was set. */
    private final TreeMap<Long, Integer> bits = new TreeMap<>();

    void add(AdditionRecord addition) {
        commitments.add(addition.canonicalCommitment());
    }

    void remove(AbsoluteIndexSet indices) {
        indices(indices).forEach(index -> bits.merge(index, 1, Integer::sum));
    }

    boolean canRemove(AbsoluteIndexSet indices) {
        return !bits.keySet().containsAll(indices(indices));
    }

    MutatorSetAccumulator accumulator() {
        return new MutatorSetAccumulator(
                rangeOf(commitments),
                rangeOf(chunkHashes()),
                new ActiveWindow(bits(inactiveChunks() * 4096L, 1 << 20)));
    }

    ChunkDictionary dictionary(AbsoluteIndexSet indices) {
        List<Digest> hashes = chunkHashes();
        return new ChunkDictionary(indices(indices).stream()
                .map(index -> index / 4096)
                .filter(number -> number < hashes.size())
                .distinct()
                .sorted()
                .map(number -> new ChunkDictionary.Entry(number, pathOf(hashes, number.intValue()), chunk(number)))
                .toList());
    }

    MmrMembershipProof aoclPath(long index) {
        return pathOf(commitments, (int) index);
    }

    private int inactiveChunks() {
        return Math.max(0, commitments.size() - 1) / 8;
    }

    private List<Digest> chunkHashes() {
        List<Digest> hashes = new ArrayList<>();
        for (long number = 0; number < inactiveChunks(); number++) {
            hashes.add(chunk(number).hash());
        }
        return hashes;
    }

    private Chunk chunk(long number) {
        return new Chunk(bits(number * 4096, 4096));
    }

    private U32Sequence bits(long start, int length) {
        return U32Sequence.owning(bits.subMap(start, start + length).entrySet().stream()
                .flatMapToInt(bit ->
                        IntStream.generate(() -> (int) (bit.getKey() - start)).limit(bit.getValue()))
                .toArray());
    }

    private static List<Long> indices(AbsoluteIndexSet indices) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < AbsoluteIndexSet.SIZE; i++) {
            all.add(indices.minimum().longValueExact() + indices.distances().valueAt(i));
        }
        return all;
    }

    private static MmrAccumulator rangeOf(List<Digest> leafs) {
        return new MmrAccumulator(
                leafs.size(), treesOf(leafs).stream().map(MerkleTree::root).toList());
    }

    private static MmrMembershipProof pathOf(List<Digest> leafs, int index) {
        int rest = index;
        for (MerkleTree tree : treesOf(leafs)) {
            int size = 1 << tree.height();
            if (rest < size) {
                return new MmrMembershipProof(tree.authenticationPath(rest));
            }
            rest -= size;
        }
        throw new AssertionError("no leaf " + index);
    }

    private static List<MerkleTree> treesOf(List<Digest> leafs) {
        List<MerkleTree> trees = new ArrayList<>();
        int start = 0;
        for (int size = Integer.highestOneBit(leafs.size()); size > 0; size /= 2) {
            if ((leafs.size() & size) != 0) {
                trees.add(MerkleTree.of(leafs.subList(start, start + size)));
                start += size;
            }
        }
        return trees;
    }
}
