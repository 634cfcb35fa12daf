package proteus.domain.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;

/** Digests that the reference gives: protocol page "consensus", section 13. */
class Tip5Test {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 403651cf544769206972310ae1752412618ccc448b11612fcb220e193b03b81d0a331f441175cd52",
        "1, 11, b4bf20c659ac9d3f5967f8ec2681fd927e9bf3efb684773adb9d5043e7861919d4eb47e8a043bd0d",
        "0, 1, 49390b5279de3843c90d85289b12a2e65004866a98d03cfdbca7eb0c91bafd6962c094958c115b7e",
        "1, 2, daff47345f9ef96e0db0620b5a7fdec4976f89f62579b83e68fad44d9be0b632c92639cf6cc45f4f"
    })
    void aRangeOfNumbersHasTheReferencesHash(long from, long to, String digest) {
        assertThat(Tip5.hashVarlen(range(from, to))).isEqualTo(Digest.fromHex(digest));
    }

    @Test
    void theHashesOfTheFirstTwentyRangesAddUpToTheReferencesSum() {
        long[] sum = new long[Digest.LENGTH];
        for (int length = 0; length < 20; length++) {
            Digest digest = Tip5.hashVarlen(range(0, length));
            for (int i = 0; i < sum.length; i++) {
                sum[i] = BFieldElement.add(sum[i], digest.at(i));
            }
        }

        assertThat(new Digest(sum[0], sum[1], sum[2], sum[3], sum[4]))
                .isEqualTo(Digest.fromHex(
                        "efbafa86622a9c69652f8a1c4ffd734f021ad23a0a8085412a877de0f9170b18ea4ff69b6fff9a03"));
    }

    @Test
    void aPairHasTheReferencesHash() {
        assertThat(Tip5.hashPair(new Digest(1, 2, 3, 4, 5), new Digest(6, 7, 8, 9, 10)))
                .isEqualTo(Digest.fromHex(
                        "6645b74f0a09239675b867d3e88a906b8d4c3e9bdd08afef2238d87c845f620fd0f6a666a55cab53"));
    }

    @Test
    void tenZerosHaveTheReferencesHash() {
        assertThat(Tip5.hash10(BFieldElements.owning(new long[10])))
                .isEqualTo(Digest.fromHex(
                        "cd65052100640f0d27e5654f97c47e49899add2f265967ccbefee7264e9bc08f588542d9dc3d5ac5"));
    }

    @Test
    void anotherNumberThanTenIsRefusedWhereTenAreHashed() {
        assertThatIllegalArgumentException().isThrownBy(() -> Tip5.hash10(range(0, 9)));
        assertThatIllegalArgumentException().isThrownBy(() -> Tip5.hash10(range(0, 11)));
    }

    private static BFieldElements range(long from, long to) {
        return BFieldElements.owning(LongStream.range(from, to).toArray());
    }
}
