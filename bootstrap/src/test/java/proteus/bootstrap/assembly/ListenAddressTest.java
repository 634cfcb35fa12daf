package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.domain.peer.IpAddress;

final class ListenAddressTest {

    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
    // Kept for documentation, so no host has it.
    private static final IpAddress NOWHERE = IpAddress.parse("2001:db8::1").orElseThrow();

    @Test
    void theFirstThatThisHostHasIsChosen() {
        assertThat(ListenAddress.choose(List.of(LOOPBACK, NOWHERE))).isEqualTo(LOOPBACK);
        assertThat(ListenAddress.choose(List.of(NOWHERE, LOOPBACK))).isEqualTo(LOOPBACK);
    }

    @Test
    void withNoneOfThemTheLastIsLeftToFail() {
        assertThat(ListenAddress.choose(List.of(NOWHERE))).isEqualTo(NOWHERE);
    }
}
