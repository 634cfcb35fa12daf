package proteus.application.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.application.mining.Proposal.Origin;
import proteus.domain.transaction.NativeCurrencyAmount;

/** Chapter 6.1, in its order. */
final class FavourabilityTest {

    private static final NativeCurrencyAmount ONE = NativeCurrencyAmount.ofCoins(1);
    private static final NativeCurrencyAmount MINUS_ONE = new NativeCurrencyAmount(-1, -1);

    private static Optional<Proposal> held(Origin origin, int coins) {
        return Optional.of(SampleProposals.paying(NativeCurrencyAmount.ofCoins(coins), origin));
    }

    private static Favourability of(NativeCurrencyAmount reward, Optional<Proposal> held) {
        return Favourability.of(true, reward, held);
    }

    @Test
    void itsPlaceComesFirst() {
        assertThat(Favourability.of(false, ONE, Optional.empty())).isEqualTo(Favourability.MISPLACED);
        assertThat(Favourability.of(false, NativeCurrencyAmount.ZERO, held(Origin.OWN, 1)))
                .isEqualTo(Favourability.MISPLACED);
    }

    @Test
    void theNodesOwnIsNeverGivenUp() {
        assertThat(of(NativeCurrencyAmount.ofCoins(100), held(Origin.OWN, 1))).isEqualTo(Favourability.OWN_IS_HELD);
        assertThat(of(ONE, held(Origin.OWN, 1))).isEqualTo(Favourability.OWN_IS_HELD);
    }

    @Test
    void ofForeignOnesTheOneThatPaysMoreIsBetter() {
        assertThat(of(NativeCurrencyAmount.ofCoins(3), held(Origin.FOREIGN, 2))).isEqualTo(Favourability.BETTER);
        assertThat(of(NativeCurrencyAmount.ofCoins(2), held(Origin.FOREIGN, 2))).isEqualTo(Favourability.PAYS_THE_SAME);
        assertThat(of(ONE, held(Origin.FOREIGN, 2))).isEqualTo(Favourability.PAYS_TOO_LITTLE);
    }

    @Test
    void anyPayIsBetterThanNoneAndANegativeOneIsForOthersToRefuse() {
        assertThat(of(ONE, Optional.empty())).isEqualTo(Favourability.BETTER);
        assertThat(of(NativeCurrencyAmount.ZERO, Optional.empty())).isEqualTo(Favourability.PAYS_TOO_LITTLE);
        assertThat(of(NativeCurrencyAmount.ZERO, held(Origin.FOREIGN, 2))).isEqualTo(Favourability.PAYS_TOO_LITTLE);
        assertThat(of(MINUS_ONE, Optional.empty())).isEqualTo(Favourability.BETTER);
        assertThat(of(MINUS_ONE, held(Origin.FOREIGN, 2))).isEqualTo(Favourability.PAYS_TOO_LITTLE);
    }
}
