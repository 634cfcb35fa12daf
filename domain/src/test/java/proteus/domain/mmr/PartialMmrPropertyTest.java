package proteus.domain.mmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MerkleTree;

/** Many paths at once, beside the one at a time of {@link MmrAccumulator}. */
class PartialMmrPropertyTest {

    private static final Digest LEAF = new Digest(1, 0, 0, 0, 0);

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void pathsStayTrueThroughAppendsAndMutations(long seed) {
        Seeds.check(seed, random -> {
            Range range = Range.random(random);
            PartialMmr partial = PartialMmr.of(range.accumulator()).orElseThrow();
            Set<Long> known = new TreeSet<>();
            for (int round = 0; round < 6; round++) {
                for (long index : some(random, range.leafs().size())) {
                    assertThat(partial.learn(index, range.leafs().get((int) index), range.path(index)))
                            .isTrue();
                    known.add(index);
                }
                for (int i = random.nextInt(5); i > 0; i--) {
                    Digest leaf = Elements.digest(random);
                    known.add(partial.leafCount());
                    range.leafs().add(leaf);
                    partial.append(leaf);
                }
                long[] mutated = known.stream()
                        .mapToLong(Long::longValue)
                        .filter(index -> random.nextInt(3) == 0)
                        .toArray();
                List<Digest> leafs =
                        Elements.digests(random).limit(mutated.length).toList();
                for (int i = 0; i < mutated.length; i++) {
                    range.leafs().set((int) mutated[i], leafs.get(i));
                }
                partial.mutate(mutated, leafs);

                assertThat(partial.accumulator()).isEqualTo(range.accumulator());
                for (long index : known) {
                    assertThat(partial.path(index)).isEqualTo(range.path(index));
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void onlyTruePathsAreLearned(long seed) {
        Seeds.check(seed, random -> {
            Range range = Range.random(random);
            PartialMmr partial = PartialMmr.of(range.accumulator()).orElseThrow();
            for (int i = 0; i < 20; i++) {
                int index = random.nextInt(range.leafs().size());
                Digest leaf = random.nextInt(4) == 0
                        ? Elements.digest(random)
                        : range.leafs().get(index);
                List<Digest> path = new ArrayList<>(range.path(index).authenticationPath());
                if (!path.isEmpty() && random.nextInt(3) == 0) {
                    path.set(random.nextInt(path.size()), Elements.digest(random));
                }
                if (random.nextInt(8) == 0) {
                    path.add(Elements.digest(random));
                }
                MmrMembershipProof proof = new MmrMembershipProof(path);

                assertThat(partial.learn(index, leaf, proof))
                        .isEqualTo(range.accumulator().contains(index, leaf, proof));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void structuresAreThoseOfTheTreesAndStandForThePaths(long seed) {
        Seeds.check(seed, random -> {
            Range range = Range.random(random);
            long[] indices = some(random, range.leafs().size());
            List<MmrMembershipProof> paths =
                    LongStream.of(indices).mapToObj(range::path).toList();
            List<Digest> leafs = LongStream.of(indices)
                    .mapToObj(index -> range.leafs().get((int) index))
                    .toList();
            AuthenticationStructures shape =
                    AuthenticationStructures.of(range.leafs().size(), indices);

            List<List<Digest>> structures = shape.structures(paths);

            assertThat(structures).isEqualTo(range.structures(indices));
            assertThat(shape.sizes())
                    .isEqualTo(structures.stream().map(List::size).toList());
            assertThat(shape.heights())
                    .isEqualTo(range.trees().reversed().stream()
                            .map(MerkleTree::height)
                            .toList());
            assertThat(shape.paths(leafs, structures)).isEqualTo(paths);
        });
    }

    @Test
    void whatDoesNotFitIsRefused() {
        AuthenticationStructures shape = AuthenticationStructures.of(3, 0, 2);

        assertThatIllegalArgumentException().isThrownBy(() -> AuthenticationStructures.of(3, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> AuthenticationStructures.of(3, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> AuthenticationStructures.of(1L << 62));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape.paths(List.of(LEAF), List.of(List.of(), List.of(LEAF))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape.paths(List.of(LEAF, LEAF), List.of(List.of(LEAF), List.of())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape.structures(List.of(new MmrMembershipProof(List.of(LEAF)))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape.structures(Collections.nCopies(2, new MmrMembershipProof(List.of(LEAF)))));
    }

    @Test
    void aRangeThatIsNotConsistentIsNone() {
        assertThat(PartialMmr.of(new MmrAccumulator(3, List.of(LEAF)))).isEmpty();
        assertThat(PartialMmr.of(new MmrAccumulator(1L << 62, List.of(LEAF)))).isEmpty();
        assertThat(PartialMmr.of(new MmrAccumulator(-1, Collections.nCopies(64, LEAF))))
                .isEmpty();
    }

    @Test
    void aFullRangeTakesNoLeaf() {
        PartialMmr full = PartialMmr.of(new MmrAccumulator((1L << 62) - 1, Collections.nCopies(62, LEAF)))
                .orElseThrow();

        assertThatIllegalStateException().isThrownBy(() -> full.append(LEAF));
        assertThat(full.learn((1L << 62) - 2, LEAF, new MmrMembershipProof(List.of())))
                .isTrue();
        assertThat(full.learn((1L << 62) - 1, LEAF, new MmrMembershipProof(List.of())))
                .isFalse();
        assertThat(full.learn(-1, LEAF, new MmrMembershipProof(List.of()))).isFalse();
    }

    @Test
    void whatIsNotKnownHasNoPathAndIsNotMutated() {
        PartialMmr partial = PartialMmr.of(new MmrAccumulator(2, List.of(LEAF))).orElseThrow();

        assertThatIllegalStateException().isThrownBy(() -> partial.path(0));
        assertThatIllegalArgumentException().isThrownBy(() -> partial.path(2));
        assertThatIllegalStateException().isThrownBy(() -> partial.mutate(new long[] {0}, List.of(LEAF)));
    }

    private static long[] some(RandomGenerator random, int size) {
        return LongStream.range(0, size).filter(index -> random.nextInt(4) == 0).toArray();
    }

    /** A range as the definition has it. */
    private record Range(List<Digest> leafs) {

        static Range random(RandomGenerator random) {
            return new Range(Elements.digests(random)
                    .limit(random.nextInt(1, 40))
                    .collect(Collectors.toCollection(ArrayList::new)));
        }

        List<MerkleTree> trees() {
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

        MmrAccumulator accumulator() {
            return new MmrAccumulator(
                    leafs.size(), trees().stream().map(MerkleTree::root).toList());
        }

        MmrMembershipProof path(long index) {
            MmrPosition position = MmrPosition.of(index, leafs.size()).orElseThrow();
            return new MmrMembershipProof(
                    trees().get(position.peak()).authenticationPath((int) position.indexInTree()));
        }

        List<List<Digest>> structures(long[] indices) {
            List<Set<Long>> inTree =
                    Stream.generate(HashSet<Long>::new).limit(trees().size()).collect(Collectors.toList());
            for (long index : indices) {
                MmrPosition position = MmrPosition.of(index, leafs.size()).orElseThrow();
                inTree.get(position.peak()).add(position.indexInTree());
            }
            List<List<Digest>> structures = new ArrayList<>();
            for (int i = trees().size() - 1; i >= 0; i--) {
                structures.add(trees().get(i).authenticationStructure(inTree.get(i)));
            }
            return structures;
        }
    }
}
