package proteus.domain.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocol page "consensus", section 4. */
class NetworkParametersTest {

    @ParameterizedTest
    @CsvSource({
        "main, 0, false, false, 100000000, 60000, 588000, -1, 38000, 40300",
        "testnet-mock, 1, true, false, 6000, 100, 588000, 1176000, 1, 1",
        "regtest, 2, true, true, 6000, 1, 100, -1, 1, 1",
        "testnet-0, 3, false, false, 100000, 60000, 588000, -1, 3669, 4650",
        "testnet-1, 4, false, false, 6000, 60000, 588000, -1, 1, 1",
        "testnet-255, 258, false, false, 6000, 60000, 588000, -1, 1, 1"
    })
    void everyNetworkHasTheParametersOfThePage(
            String network,
            int number,
            boolean mockProofs,
            boolean mockWork,
            int difficulty,
            long minimum,
            long target,
            long reset,
            long firstLustration,
            long restart) {
        OptionalLong resetInterval = reset < 0 ? OptionalLong.empty() : OptionalLong.of(reset);

        assertThat(NetworkParameters.of(Network.parse(network).orElseThrow()))
                .isEqualTo(new NetworkParameters(
                        number,
                        mockProofs,
                        mockWork,
                        difficulty,
                        minimum,
                        target,
                        resetInterval,
                        firstLustration,
                        restart));
    }

    @Test
    void allNetworksWereLaunchedAtOnce() {
        assertThat(NetworkParameters.LAUNCH).isEqualTo(1_754_420_400_000L);
    }
}
