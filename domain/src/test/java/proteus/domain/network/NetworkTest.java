package proteus.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @ValueSource(strings = {"main", "testnet-mock", "regtest", "testnet-0", "testnet-9", "testnet-255"})
    void everyNetworkIsFoundByItsName(String name) {
        assertThat(Network.parse(name).orElseThrow().id()).isEqualTo(name);
    }

    @Test
    void testnetWithoutANumberIsTheFirst() {
        assertThat(Network.parse("testnet")).contains(new Network.Testnet(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Main",
                "alpha",
                "testnet-",
                "testnet-256",
                "testnet-00",
                "testnet-+1",
                "testnet--1",
                "testnet-1 "
            })
    void otherNamesAreNone(String name) {
        assertThat(Network.parse(name)).isEmpty();
    }

    @Test
    void testnetsAreNumberedWithOneByte() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Network.Testnet(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Network.Testnet(256));
    }
}
