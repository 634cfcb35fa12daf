package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.block.BlockPow;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;
import proteus.domain.transaction.NativeCurrencyAmount;

/** Protocol page "consensus", section 3.2. */
class LustrationStatusTest {

    private static final Digest FULL = new Digest(11, 12, 13, 14, 15);
    private static final BlockPow POW =
            new BlockPow(FULL, Collections.nCopies(29, FULL), Collections.nCopies(29, FULL), FULL);

    @Test
    void theStatusStandsInTheLastTwoDigestsOfTheFirstPath() {
        LustrationStatus status =
                new LustrationStatus(new NativeCurrencyAmount(0x4_0000_0003L, 0x2_0000_0001L), 0x6_0000_0005L);

        BlockPow pow = status.in(POW);

        assertThat(pow.pathA().get(27)).isEqualTo(new Digest(5, 6, 1, 2, 3));
        assertThat(pow.pathA().get(28)).isEqualTo(new Digest(4, 12, 13, 14, 15));
        assertThat(pow.pathA().subList(0, 27)).containsOnly(FULL);
        assertThat(pow.pathB()).isEqualTo(POW.pathB());
        assertThat(pow.root()).isEqualTo(FULL);
        assertThat(pow.nonce()).isEqualTo(FULL);
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void whatIsWrittenIsRead(long seed) {
        Seeds.check(seed, random -> {
            LustrationStatus status = new LustrationStatus(
                    new NativeCurrencyAmount(Elements.word(random), Elements.word(random)), Elements.word(random));

            assertThat(LustrationStatus.of(status.in(POW))).contains(status);
        });
    }

    @ParameterizedTest
    @CsvSource({"27, 0", "27, 1", "27, 2", "27, 3", "27, 4", "28, 0"})
    void aLimbOfMoreThan32BitsCannotBeRead(int digest, int element) {
        assertThat(LustrationStatus.of(withElement(digest, element, 0xFFFF_FFFFL)))
                .isPresent();
        assertThat(LustrationStatus.of(withElement(digest, element, 0x1_0000_0000L)))
                .isEmpty();
    }

    @Test
    void theOtherElementsAreFree() {
        assertThat(LustrationStatus.of(withElement(28, 1, 0x1_0000_0000L))).isPresent();
        assertThat(LustrationStatus.of(withElement(26, 0, 0x1_0000_0000L))).isPresent();
    }

    private static BlockPow withElement(int digest, int element, long value) {
        List<Digest> path = new ArrayList<>(POW.pathA());
        long[] elements = {11, 12, 13, 14, 15};
        elements[element] = value;
        path.set(digest, new Digest(elements[0], elements[1], elements[2], elements[3], elements[4]));
        return new BlockPow(FULL, path, POW.pathB(), FULL);
    }
}
