package proteus.domain.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.U32Sequence;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;

class DifficultyTest {

    private static final BigInteger DIFFICULTIES = BigInteger.TWO.pow(160);
    private static final BigInteger WORKS = BigInteger.TWO.pow(192);
    private static final BigInteger DIGESTS = Elements.P.pow(5);

    @Test
    void theReferencesTargetsComeOut() {
        // Protocol page "consensus", section 13.
        assertThat(Difficulty.of(BigInteger.valueOf(6000)).target())
                .isEqualTo(new Digest(
                        5168162796780986040L,
                        6643902322334152786L,
                        Long.parseUnsignedLong("15498339475653153260"),
                        Long.parseUnsignedLong("13284730187323403141"),
                        3074457344902430L));
        assertThat(Difficulty.of(BigInteger.valueOf(100_000_000)).target())
                .isEqualTo(Digest.fromHex(
                        "a527d116e5dd263797169a6fbbc5ec1b323619d9da2eb830e654d72509fb552536c41df32a000000"));
    }

    @Test
    void everyDigestMeetsTheLowestDifficulty() {
        long last = BFieldElement.P - 1;
        Digest highest = new Digest(last, last, last, last, last);

        assertThat(Difficulty.of(BigInteger.ONE).target()).isEqualTo(highest);
        assertThat(Difficulty.of(BigInteger.ZERO).target()).isEqualTo(highest);
    }

    @Test
    void limbsAreLeastSignificantFirst() {
        Difficulty difficulty = Difficulty.of(BigInteger.TWO.pow(32).add(BigInteger.valueOf(7)));

        assertThat(difficulty.limbs()).isEqualTo(U32Sequence.of(7, 1, 0, 0, 0));
        assertThat(difficulty).hasToString("4294967303");
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        assertThat(Difficulty.of(DIFFICULTIES.subtract(BigInteger.ONE)).limbs())
                .isEqualTo(U32Sequence.of(-1, -1, -1, -1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Difficulty.of(DIFFICULTIES));
        assertThatIllegalArgumentException().isThrownBy(() -> Difficulty.of(BigInteger.ONE.negate()));
        assertThatIllegalArgumentException().isThrownBy(() -> ProofOfWork.of(WORKS));
        assertThatIllegalArgumentException().isThrownBy(() -> ProofOfWork.of(BigInteger.ONE.negate()));
    }

    @Test
    void workWrapsAroundAt192Bits() {
        ProofOfWork most = ProofOfWork.of(WORKS.subtract(BigInteger.ONE));

        assertThat(most.plus(Difficulty.of(BigInteger.ONE)).toBigInteger()).isZero();
        assertThat(most.plus(Difficulty.of(DIFFICULTIES.subtract(BigInteger.ONE)))
                        .toBigInteger())
                .isEqualTo(DIFFICULTIES.subtract(BigInteger.TWO));
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void workAndDifficultyAddAndCompareAsNumbers(long seed) {
        Seeds.check(seed, random -> {
            BigInteger a = new BigInteger(random.nextInt(193), java.util.Random.from(random));
            BigInteger b = new BigInteger(random.nextInt(193), java.util.Random.from(random));
            BigInteger c = new BigInteger(random.nextInt(161), java.util.Random.from(random));
            BigInteger d = new BigInteger(random.nextInt(161), java.util.Random.from(random));

            assertThat(ProofOfWork.of(a).toBigInteger()).isEqualTo(a);
            assertThat(Difficulty.of(c).toBigInteger()).isEqualTo(c);
            assertThat(ProofOfWork.of(a).plus(Difficulty.of(c)).toBigInteger())
                    .isEqualTo(a.add(c).mod(WORKS));
            assertThat(ProofOfWork.of(a).compareTo(ProofOfWork.of(b))).isEqualTo(a.compareTo(b));
            assertThat(Difficulty.of(c).compareTo(Difficulty.of(d))).isEqualTo(c.compareTo(d));
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theTargetIsTheQuotientInBaseP(long seed) {
        Seeds.check(seed, random -> {
            BigInteger number =
                    new BigInteger(random.nextInt(1, 161), java.util.Random.from(random)).add(BigInteger.ONE);
            if (number.bitLength() > 160) {
                return;
            }

            Digest target = Difficulty.of(number).target();

            BigInteger value = BigInteger.ZERO;
            for (int i = 4; i >= 0; i--) {
                value = value.multiply(Elements.P).add(Elements.number(target.at(i)));
            }
            assertThat(value).isEqualTo(DIGESTS.subtract(BigInteger.ONE).divide(number));
        });
    }
}
