package proteus.domain.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proteus.domain.codec.FieldWriter;
import proteus.domain.generator.Elements;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;

/** Protocol page "consensus", section 5.2. */
class PowMastPathsTest {

    private final Genesis genesis = Genesis.of(new Network.RegTest());
    private final PowMastPaths paths =
            PowMastPaths.of(new BlockHeaderWithBlockHashWitness(genesis.header(), genesis.witness()));

    @Test
    void thePathsGiveTheHashOfTheBlock() {
        assertThat(paths.blockHash(genesis.header().pow())).isEqualTo(genesis.digest());
    }

    @Test
    void thePathsGiveTheHashForAnyProofOfWork() {
        SplittableRandom random = new SplittableRandom(3);
        BlockPow other = new BlockPow(
                Elements.digest(random),
                Elements.digests(random).limit(29).toList(),
                Elements.digests(random).limit(29).toList(),
                Elements.digest(random));
        BlockHeader header = genesis.header();
        Block block = new Block(
                new BlockKernel(
                        new BlockHeader(
                                header.version(),
                                header.height(),
                                header.prevBlockDigest(),
                                header.timestamp(),
                                other,
                                header.cumulativeProofOfWork(),
                                header.difficulty(),
                                header.guesserReceiverData()),
                        genesis.block().kernel().body(),
                        genesis.block().kernel().appendix()),
                genesis.block().proof());

        assertThat(paths.blockHash(other)).isEqualTo(BlockHash.of(block));
    }

    @Test
    void theCommitmentIsTheHashOfAllPaths() {
        FieldWriter out = new FieldWriter();
        Stream.concat(Stream.concat(paths.pow().stream(), paths.header().stream()), Stream.of(paths.kernel()))
                .forEach(out::digest);

        assertThat(out.size()).isEqualTo(30);
        assertThat(paths.commit()).isEqualTo(out.hash());
    }

    @Test
    void pathsOfAnotherLengthAreRefused() {
        List<Digest> one = List.of(Digest.ZERO);

        assertThatIllegalArgumentException().isThrownBy(() -> new PowMastPaths(one, paths.header(), Digest.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new PowMastPaths(paths.pow(), one, Digest.ZERO));
    }
}
