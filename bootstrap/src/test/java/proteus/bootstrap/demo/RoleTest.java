package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.PeerTarget.Protocol;
import proteus.application.port.Stack;
import proteus.bootstrap.legacy.SpeaksLegacy;

@SpeaksLegacy
final class RoleTest {

    @Test
    void allHaveBothStacks() {
        assertThat(Role.stacks()).isEqualTo("legacy + libp2p");
        assertThat(Role.uses())
                .containsOnlyKeys(Stack.values())
                .containsValue(StackUse.BOTH)
                .hasSize(2);
    }

    @Test
    void ofEachTwoTheLaterDialsTheEarlierOnceOverLegacy() {
        assertThat(Role.P1.dials()).isEmpty();
        assertThat(Role.P5.dials()).extracting(Role.Dial::whom).containsExactly(Role.P1, Role.P2, Role.P3, Role.P4);
        assertThat(Arrays.stream(Role.values()).flatMap(role -> role.dials().stream()))
                .hasSize(10)
                .allMatch(dial -> dial.protocol() == Protocol.LEGACY);
    }

    @Test
    void theEndsOfTheBadLinkHaveNoWayRoundItAndTheOthersHaveAllCarriers() {
        for (Role role : Role.values()) {
            boolean isEnd = role == BadLink.ONE || role == BadLink.OTHER;

            assertThat(List.of(Carrier.values()).stream().filter(role::listensBy))
                    .as(role.name())
                    .hasSize(isEnd ? 2 : 3);
            assertThat(role.listensBy(Carrier.LIBP2P_QUIC)).isEqualTo(!isEnd);
        }
    }
}
