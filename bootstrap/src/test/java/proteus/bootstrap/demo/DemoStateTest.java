package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.bootstrap.demo.DemoStates.REAL_NODE;
import static proteus.bootstrap.demo.DemoStates.address;
import static proteus.bootstrap.demo.DemoStates.peer;

import org.junit.jupiter.api.Test;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget.Protocol;
import proteus.application.port.Stack;
import proteus.bootstrap.legacy.SpeaksLegacy;

@SpeaksLegacy
final class DemoStateTest {

    private static final String LEGACY_ADDRESS = "127.0.0.1:9798";
    private static final String QUIC_ADDRESS = "127.0.0.1:9800";

    private static final PeerEndpoint LEGACY = new PeerEndpoint(address("127.0.0.1:55555"), Carrier.LEGACY_TCP);

    private static ConnectedPeer realNode(String address, Carrier carrier) {
        return peer(REAL_NODE, new PeerEndpoint(address(address), carrier), Direction.OUTBOUND);
    }

    @Test
    void allAreAwaitedAtFirst() {
        DemoState state = new DemoStates().state();

        assertThat(state.isComplete()).isFalse();
        assertThat(state.awaited())
                .containsExactly(
                        "P1-P2", "P1-P3", "P1-P4", "P1-P5", "P2-P3", "P2-P4", "P2-P5", "P3-P4", "P3-P5", "P4-P5");
        assertThat(state.links()).hasSize(10).noneMatch(link -> link.isOver(Stack.LEGACY));
    }

    @Test
    void whenTheyAreConnectedTheDemoIsComplete() {
        DemoState state = DemoStates.complete().state();

        assertThat(state.isComplete()).isTrue();
        assertThat(state.awaited()).isEmpty();
        assertThat(state.linksOver(Stack.LEGACY)).isEqualTo(10);
        assertThat(state.linksOver(Stack.LIBP2P)).isZero();
    }

    @Test
    void aLinkIsOverWhatBothItsEndsSay() {
        DemoStates states = new DemoStates().connected(Role.P2, Role.P1, Carrier.LIBP2P_TCP);
        assertThat(states.state().linksOver(Stack.LIBP2P)).isEqualTo(1);

        states.without(Role.P1).with(Role.P1, peer(DemoStates.instance(Role.P2), LEGACY, Direction.INBOUND));

        assertThat(states.state().linksOver(Stack.LIBP2P)).isZero();
        assertThat(states.state().linksOver(Stack.LEGACY)).isZero();
    }

    @Test
    void aConnectionThatOnlyOneSideKnowsIsAwaited() {
        DemoState state = new DemoStates()
                .with(
                        Role.P3,
                        peer(
                                DemoStates.instance(Role.P1),
                                new PeerEndpoint(address("127.0.0.1:40000"), Carrier.LEGACY_TCP),
                                Direction.OUTBOUND))
                .state();

        assertThat(state.awaited()).contains("P1-P3");
    }

    @Test
    void whoIsJoinedIsAwaitedByAll() {
        DemoState state = DemoStates.complete()
                .joining(LEGACY_ADDRESS, Protocol.LEGACY)
                .with(Role.P3, realNode(LEGACY_ADDRESS, Carrier.LEGACY_TCP))
                .state();

        assertThat(state.awaited()).containsExactly("P1-J1", "P2-J1", "P4-J1", "P5-J1");
        assertThat(state.links().stream().filter(DemoState.Link::isElsewhere)).hasSize(5);
    }

    @Test
    void whoWasJoinedOverLegacyIsTheSameWhenItIsMoved() {
        DemoStates states = DemoStates.complete()
                .joining(LEGACY_ADDRESS, Protocol.LEGACY)
                .with(Role.P3, realNode(LEGACY_ADDRESS, Carrier.LEGACY_TCP));
        states.state();

        states.without(Role.P3).with(Role.P3, realNode(QUIC_ADDRESS, Carrier.LIBP2P_QUIC));

        assertThat(states.state().awaited()).doesNotContain("P3-J1").contains("P4-J1");
    }

    @Test
    void oneNodeThatIsJoinedAtTwoAddressesNeedsOneConnectionWithEach() {
        DemoStates states = DemoStates.complete()
                .joining(LEGACY_ADDRESS, Protocol.LEGACY)
                .joining(QUIC_ADDRESS, Protocol.QUIC)
                .with(Role.P1, realNode(LEGACY_ADDRESS, Carrier.LEGACY_TCP))
                .with(Role.P2, realNode(QUIC_ADDRESS, Carrier.LIBP2P_QUIC))
                .with(Role.P3, realNode(LEGACY_ADDRESS, Carrier.LEGACY_TCP))
                .with(Role.P4, realNode(LEGACY_ADDRESS, Carrier.LEGACY_TCP));
        assertThat(states.state().awaited()).containsExactly("P5-J1", "P5-J2");

        states.with(Role.P5, realNode(QUIC_ADDRESS, Carrier.LIBP2P_QUIC));

        assertThat(states.state().isComplete()).isTrue();
    }

    @Test
    void aPeerAtTheSamePortOfAnotherTransportIsSomebodyElse() {
        DemoState state = DemoStates.complete()
                .joining(QUIC_ADDRESS, Protocol.QUIC)
                .with(Role.P3, realNode(QUIC_ADDRESS, Carrier.LEGACY_TCP))
                .state();

        assertThat(state.partyOf(realNode(QUIC_ADDRESS, Carrier.LEGACY_TCP))).isEmpty();
        assertThat(state.awaited()).contains("P3-J1");
    }
}
