package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Genesis;
import proteus.domain.block.ProofOfWork;
import proteus.domain.network.Network;

/** Protocol page "consensus", section 10. */
class ForkChoiceTest {

    private static final BigInteger LARGE = BigInteger.TWO.pow(191);

    @Test
    void moreWorkWinsAtAnyOtherHeight() {
        assertThat(ForkChoice.replaces(header(6, 101), header(5, 100))).isTrue();
        assertThat(ForkChoice.replaces(header(4, 101), header(5, 100))).isTrue();
    }

    @Test
    void asMuchWorkOrLessDoesNotWin() {
        assertThat(ForkChoice.replaces(header(6, 100), header(5, 100))).isFalse();
        assertThat(ForkChoice.replaces(header(6, 99), header(5, 100))).isFalse();
    }

    @Test
    void ofOneHeightTheFirstSeenStays() {
        assertThat(ForkChoice.replaces(header(5, 1_000), header(5, 100))).isFalse();
    }

    @Test
    void workIsComparedAsANumberOf192Bits() {
        BlockHeader much = header(6, LARGE.add(BigInteger.ONE));

        assertThat(ForkChoice.replaces(much, header(5, LARGE))).isTrue();
        assertThat(ForkChoice.replaces(header(6, BigInteger.TEN), much)).isFalse();
    }

    private static BlockHeader header(long height, long work) {
        return header(height, BigInteger.valueOf(work));
    }

    private static BlockHeader header(long height, BigInteger work) {
        return Headers.with(Genesis.of(new Network.RegTest()).header())
                .height(new BlockHeight(height))
                .work(ProofOfWork.of(work))
                .header();
    }
}
