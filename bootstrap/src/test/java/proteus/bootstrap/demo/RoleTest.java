package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.Stack;
import proteus.bootstrap.legacy.SpeaksLegacy;

@SpeaksLegacy
final class RoleTest {

    @Test
    void oneNodeIsLegacyOneIsLibp2pAndTwoAreBoth() {
        assertThat(Role.values())
                .extracting(Role::stacks)
                .containsExactly("legacy only", "libp2p only", "legacy + libp2p", "legacy + libp2p");
        assertThat(Role.P1.uses()).containsEntry(Stack.LEGACY, StackUse.BOTH).containsEntry(Stack.LIBP2P, StackUse.OFF);
        assertThat(Role.P2.uses()).containsEntry(Stack.LEGACY, StackUse.OFF).containsEntry(Stack.LIBP2P, StackUse.BOTH);
        assertThat(Role.P3.uses()).isEqualTo(Role.P4.uses()).containsOnlyKeys(Stack.values());
    }

    @Test
    void ofEachTwoThatHaveAStackInCommonTheLaterDialsTheEarlierOnce() {
        List<String> wanted = Arrays.stream(Role.values())
                .flatMap(role -> Arrays.stream(Role.values())
                        .filter(other -> other.compareTo(role) < 0 && other.hasInCommonWith(role))
                        .map(other -> role + " dials " + other))
                .toList();

        assertThat(dials().map(dial -> dial.from() + " dials " + dial.to().whom()))
                .containsExactlyElementsOf(wanted)
                .containsExactly("P3 dials P1", "P3 dials P2", "P4 dials P1", "P4 dials P2", "P4 dials P3");
    }

    @Test
    void whatIsDialledIsSpokenOnBothSidesAndNoCarrierIsLeftOut() {
        assertThat(dials())
                .allSatisfy(dial -> assertThat(dial.carrier())
                        .matches(carrier -> dial.from().has(carrier.stack()))
                        .matches(carrier -> dial.to().whom().has(carrier.stack())));
        assertThat(dials().map(Line::carrier).collect(Collectors.toSet())).containsExactlyInAnyOrder(Carrier.values());
    }

    private record Line(Role from, Role.Dial to) {
        Carrier carrier() {
            return to.protocol().carriers().getFirst();
        }
    }

    private static Stream<Line> dials() {
        return Arrays.stream(Role.values())
                .flatMap(role -> role.dials().stream().map(dial -> new Line(role, dial)));
    }
}
