package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.generator.Elements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MerkleTree;
import proteus.domain.hash.Tip5;

/** Protocol page "consensus", section 5.3, on a tree of 256 leafs. */
class GuessTreeTest {

    private static final int HEIGHT = 8;

    private final SplittableRandom random = new SplittableRandom(5);
    private final Digest prefix = Elements.digest(random);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheGuesserBuildsIsFoundByItsPaths(boolean reversesBits) {
        MerkleTree built = build(reversesBits);
        GuessTree tree = new GuessTree(HEIGHT, prefix, reversesBits);

        for (int place : new int[] {0, 1, 2, 127, 128, 200, 255}) {
            List<Digest> path = built.authenticationPath(place);

            assertThat(tree.contains(place, path, built.root())).isTrue();
            assertThat(tree.contains(place ^ 1, path, built.root())).isFalse();
            assertThat(tree.contains(place, path.subList(1, HEIGHT), built.root()))
                    .isFalse();
            assertThat(new GuessTree(HEIGHT, prefix, !reversesBits).contains(place, path, built.root()))
                    .isEqualTo(place == 0 || place == 255);
            assertThat(new GuessTree(HEIGHT, Elements.digest(random), reversesBits).contains(place, path, built.root()))
                    .isFalse();
        }
    }

    @Test
    void placesLieInTheTreeAndDependOnAllThatGoesIn() {
        GuessTree tree = new GuessTree(29, prefix, false);
        Digest root = Elements.digest(random);
        Digest commit = Elements.digest(random);
        Digest nonce = Elements.digest(random);

        GuessTree.Places places = tree.places(root, commit, nonce);

        Digest picked = Tip5.hashPair(Tip5.hashPair(root, commit), nonce);
        for (int i = 0; i < 62; i++) {
            picked = Tip5.hashPair(picked, Digest.ZERO);
        }
        assertThat(places).isEqualTo(new GuessTree.Places(low29(picked.at(0)), low29(picked.at(1))));
        assertThat(places.a()).isBetween(0L, (1L << 29) - 1);
        assertThat(tree.places(commit, root, nonce)).isNotEqualTo(places);
        assertThat(tree.places(root, commit, Digest.ZERO)).isNotEqualTo(places);
    }

    private static long low29(long element) {
        return Long.remainderUnsigned(element, 1L << 29);
    }

    /** The tree as its definition has it, bud by bud. */
    private MerkleTree build(boolean reversesBits) {
        int leafs = 1 << HEIGHT;
        List<Digest> buds = IntStream.range(0, leafs)
                .mapToObj(i -> Tip5.hashPair(prefix, new Digest(i, 0, 0, 0, 0)))
                .toList();
        List<Digest> row = new ArrayList<>();
        for (int place = 0; place < leafs; place++) {
            int first = reversesBits ? Integer.reverse(place) >>> (Integer.SIZE - HEIGHT) : place;
            row.add(MerkleTree.of(IntStream.range(first, first + 32)
                            .mapToObj(i -> buds.get(i % leafs))
                            .toList())
                    .root());
        }
        return MerkleTree.of(row);
    }
}
