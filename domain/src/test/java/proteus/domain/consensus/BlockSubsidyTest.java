package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.domain.block.BlockHeight;
import proteus.domain.field.BFieldElement;
import proteus.domain.transaction.NativeCurrencyAmount;

/** Protocol page "consensus", section 5.7. */
class BlockSubsidyTest {

    @ParameterizedTest
    @CsvSource({
        "0, 128",
        "1, 128",
        "139504, 128",
        "139505, 64",
        "300319, 64",
        "300320, 32",
        "1586839, 0.25",
        "1586840, 0.125"
    })
    void theSubsidyHalvesEvery160815Blocks(long height, String coins) {
        assertThat(BlockSubsidy.at(new BlockHeight(height)).toCoins()).isEqualTo(coins);
    }

    @Test
    void fractionsAreCutOffUntilNothingIsLeft() {
        // 128 coins are 2^7 * 4 * 10^30 units, a little more than 2^108.
        assertThat(generation(108)).isEqualTo(new NativeCurrencyAmount(0, 1));
        assertThat(generation(109)).isEqualTo(NativeCurrencyAmount.ZERO);
        assertThat(BlockSubsidy.at(new BlockHeight(BFieldElement.P - 1))).isEqualTo(NativeCurrencyAmount.ZERO);
    }

    private static NativeCurrencyAmount generation(long generation) {
        return BlockSubsidy.at(new BlockHeight(160_815 * generation - 21_310));
    }
}
