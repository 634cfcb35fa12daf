package proteus.domain.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;

class MerkleTreePropertyTest {

    private static final int MAX_HEIGHT = 6;

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theRootIsThePairHashOfTheRootsOfBothHalves(long seed) {
        Seeds.check(seed, random -> {
            List<Digest> leafs = leafs(random);
            MerkleTree tree = MerkleTree.of(leafs);

            assertThat(tree.root()).isEqualTo(rootOf(leafs));
            assertThat(1 << tree.height()).isEqualTo(leafs.size());
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aPathLeadsFromItsLeafToTheRoot(long seed) {
        Seeds.check(seed, random -> {
            List<Digest> leafs = leafs(random);
            MerkleTree tree = MerkleTree.of(leafs);
            int index = random.nextInt(leafs.size());

            Digest node = leafs.get(index);
            int position = index;
            for (Digest sibling : tree.authenticationPath(index)) {
                node = position % 2 == 0 ? Tip5.hashPair(node, sibling) : Tip5.hashPair(sibling, node);
                position /= 2;
            }

            assertThat(node).isEqualTo(tree.root());
            assertThat(tree.authenticationStructure(Set.of((long) index))).isEqualTo(tree.authenticationPath(index));
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aStructureProvesItsLeafsAndNothingElse(long seed) {
        Seeds.check(seed, random -> {
            List<Digest> leafs = leafs(random);
            MerkleTree tree = MerkleTree.of(leafs);
            Map<Long, Digest> some = someOf(random, leafs);
            List<Digest> structure = tree.authenticationStructure(some.keySet());

            assertThat(MerkleTree.includes(tree.height(), some, structure, tree.root()))
                    .isTrue();

            assertThat(MerkleTree.includes(tree.height(), some, appended(structure), tree.root()))
                    .isFalse();
            if (!some.isEmpty()) {
                Digest other = Elements.digest(random);
                Map<Long, Digest> wrongLeaf = new HashMap<>(some);
                wrongLeaf.put(some.keySet().iterator().next(), other);
                assertThat(MerkleTree.includes(tree.height(), wrongLeaf, structure, tree.root()))
                        .isFalse();
                assertThat(MerkleTree.includes(tree.height(), some, structure, other))
                        .isFalse();
                assertThat(MerkleTree.includes(tree.height() + 1, some, structure, tree.root()))
                        .isFalse();
            }
            if (!structure.isEmpty()) {
                assertThat(MerkleTree.includes(
                                tree.height(), some, structure.subList(1, structure.size()), tree.root()))
                        .isFalse();
            }
            if (structure.size() > 1) {
                assertThat(MerkleTree.includes(tree.height(), some, structure.reversed(), tree.root()))
                        .isFalse();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theStructureIsAllSiblingsThatAreNotOnAWay(long seed) {
        Seeds.check(seed, random -> {
            List<Digest> leafs = leafs(random);
            int height = Integer.numberOfTrailingZeros(leafs.size());
            Set<Long> indices = someOf(random, leafs).keySet();
            List<Long> expected = new ArrayList<>();
            for (long node = 2L * leafs.size() - 1; node > 1; node--) {
                if (!isAbove(node, indices, height) && isAbove(node ^ 1, indices, height)) {
                    expected.add(node);
                }
            }

            assertThat(MerkleTree.structureNodes(height, indices)).isEqualTo(expected);
        });
    }

    @Test
    void whateverDoesNotFitTheTreeProvesNothing() {
        Digest leaf = new Digest(1, 2, 3, 4, 5);

        assertThat(MerkleTree.includes(0, Map.of(0L, leaf), List.of(), leaf)).isTrue();
        assertThat(MerkleTree.includes(0, Map.of(1L, leaf), List.of(), leaf)).isFalse();
        assertThat(MerkleTree.includes(0, Map.of(-1L, leaf), List.of(), leaf)).isFalse();
        assertThat(MerkleTree.includes(-1, Map.of(0L, leaf), List.of(), leaf)).isFalse();
        assertThat(MerkleTree.includes(63, Map.of(0L, leaf), Collections.nCopies(63, leaf), leaf))
                .isFalse();
        assertThat(MerkleTree.includes(5, Map.of(), List.of(), leaf)).isTrue();
        assertThat(MerkleTree.includes(5, Map.of(), List.of(leaf), leaf)).isFalse();
    }

    @Test
    void aTreeOfTheGreatestHeightIsChecked() {
        Digest leaf = new Digest(1, 2, 3, 4, 5);
        Digest root = leaf;
        for (int level = 0; level < MerkleTree.MAX_HEIGHT; level++) {
            root = Tip5.hashPair(Digest.ZERO, root);
        }
        List<Digest> structure = Collections.nCopies(MerkleTree.MAX_HEIGHT, Digest.ZERO);
        long last = (1L << MerkleTree.MAX_HEIGHT) - 1;

        assertThat(MerkleTree.includes(MerkleTree.MAX_HEIGHT, Map.of(last, leaf), structure, root))
                .isTrue();
        assertThat(MerkleTree.includes(MerkleTree.MAX_HEIGHT, Map.of(last - 1, leaf), structure, root))
                .isFalse();
    }

    @Test
    void aNumberOfLeafsThatIsNoPowerOfTwoMakesNoTree() {
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.of(Collections.nCopies(3, Digest.ZERO)));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> MerkleTree.of(List.of(Digest.ZERO)).authenticationPath(1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> MerkleTree.of(List.of(Digest.ZERO)).authenticationStructure(Set.of(1L)));
    }

    private static List<Digest> leafs(RandomGenerator random) {
        return Elements.digests(random)
                .limit(1L << random.nextInt(MAX_HEIGHT + 1))
                .toList();
    }

    private static Map<Long, Digest> someOf(RandomGenerator random, List<Digest> leafs) {
        Map<Long, Digest> some = new TreeMap<>();
        int share = random.nextInt(1, 5);
        for (int i = 0; i < leafs.size(); i++) {
            if (random.nextInt(share) == 0) {
                some.put((long) i, leafs.get(i));
            }
        }
        return some;
    }

    private static List<Digest> appended(List<Digest> structure) {
        List<Digest> longer = new ArrayList<>(structure);
        longer.add(Digest.ZERO);
        return longer;
    }

    private static Digest rootOf(List<Digest> leafs) {
        int half = leafs.size() / 2;
        return half == 0
                ? leafs.getFirst()
                : Tip5.hashPair(rootOf(leafs.subList(0, half)), rootOf(leafs.subList(half, leafs.size())));
    }

    private static boolean isAbove(long node, Set<Long> indices, int height) {
        int level = height - (Long.SIZE - 1 - Long.numberOfLeadingZeros(node));
        return indices.stream().anyMatch(index -> (1L << height) + index >>> level == node);
    }
}
