package proteus.domain.mmr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MerkleTree;

class MmrPropertyTest {

    private static final int MAX_LEAFS = 40;

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void appendingStepByStepGivesTheRangeBuiltAtOnce(long seed) {
        Seeds.check(seed, random -> {
            List<Digest> leafs = leafs(random);
            MmrAccumulator accumulator = MmrAccumulator.EMPTY;
            for (int i = 0; i < leafs.size(); i++) {
                var appended = accumulator.append(leafs.get(i)).orElseThrow();
                accumulator = appended.accumulator();

                assertThat(appended.membershipProof()).isEqualTo(pathOf(leafs.subList(0, i + 1), i));
            }

            assertThat(accumulator).isEqualTo(rangeOf(leafs));
            assertThat(accumulator.isConsistent()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void pathsFollowWhatIsAppended(long seed) {
        Seeds.check(seed, random -> {
            List<Digest> leafs = leafs(random);
            int first = random.nextInt(leafs.size());
            MmrMembershipProof path = pathOf(leafs.subList(0, first + 1), first);
            MmrAccumulator accumulator = rangeOf(leafs.subList(0, first + 1));
            for (Digest leaf : leafs.subList(first + 1, leafs.size())) {
                var appended = accumulator.append(leaf).orElseThrow();
                path = appended.updated(first, path);
                accumulator = appended.accumulator();
            }

            assertThat(path).isEqualTo(pathOf(leafs, first));
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aBatchOfMutationsGivesTheRangeBuiltOfTheNewLeafs(long seed) {
        Seeds.check(seed, random -> {
            List<Digest> before = leafs(random);
            List<Digest> after = new ArrayList<>(before);
            List<LeafMutation> mutations = new ArrayList<>();
            for (int index : someIndices(random, before.size())) {
                after.set(index, Elements.digest(random));
                mutations.add(new LeafMutation(index, after.get(index), pathOf(before, index)));
            }

            var mutated = rangeOf(before).mutate(mutations).orElseThrow();

            assertThat(mutated.accumulator()).isEqualTo(rangeOf(after));
            for (int i = 0; i < before.size(); i++) {
                assertThat(mutated.updated(i, pathOf(before, i))).isEqualTo(pathOf(after, i));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aPathProvesItsLeafInItsPlaceAndNothingElse(long seed) {
        Seeds.check(seed, random -> {
            List<Digest> leafs = leafs(random);
            MmrAccumulator range = rangeOf(leafs);
            int index = random.nextInt(leafs.size());
            Digest leaf = leafs.get(index);
            MmrMembershipProof path = pathOf(leafs, index);

            assertThat(range.contains(index, leaf, path)).isTrue();

            int other = random.nextInt(leafs.size());
            assertThat(range.contains(other, leaf, path)).isEqualTo(other == index);
            assertThat(range.contains(leafs.size(), leaf, path)).isFalse();
            assertThat(range.contains(-1 - index, leaf, path)).isFalse();
            assertThat(range.contains(index, Elements.digest(random), path)).isFalse();
            assertThat(range.contains(index, leaf, damaged(random, path))).isFalse();
        });
    }

    private static List<Digest> leafs(RandomGenerator random) {
        return Elements.digests(random).limit(random.nextInt(1, MAX_LEAFS)).toList();
    }

    /** A range made of whole trees, as the definition has it. */
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

    private static List<Integer> someIndices(RandomGenerator random, int size) {
        List<Integer> indices = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(indices, java.util.Random.from(random));
        return indices.subList(0, random.nextInt(size + 1));
    }

    private static MmrMembershipProof damaged(RandomGenerator random, MmrMembershipProof path) {
        List<Digest> digests = new ArrayList<>(path.authenticationPath());
        if (digests.isEmpty() || random.nextBoolean()) {
            digests.add(Elements.digest(random));
        } else if (random.nextBoolean()) {
            digests.set(random.nextInt(digests.size()), Elements.digest(random));
        } else {
            digests.removeLast();
        }
        return new MmrMembershipProof(digests);
    }
}
