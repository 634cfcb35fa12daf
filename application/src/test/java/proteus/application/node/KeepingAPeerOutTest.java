package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Carrier;
import proteus.application.port.Stack;
import proteus.application.port.Stage;

/** Nobody keeps a peer out, or where it is, by claiming its instance id first. */
@Timeout(120)
final class KeepingAPeerOutTest {

    private final TrustSetting setting = new TrustSetting();

    @AfterEach
    void close() {
        setting.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Carrier.class,
            names = {"LEGACY_TCP", "LIBP2P_TCP"})
    void aProteusNodeComesInAndMovesThereAndBack(Carrier carrier) throws Exception {
        RunningNode far = setting.node(2);
        RunningNode near = setting.plan(1).peer(far.address).build();
        Claimant attacker = setting.claimant(3, carrier)
                .being(near.reception.ownHandshake().instanceId())
                .naming(proteus.application.contract.InMemoryPeerTransport.idOf(Places.ip(1)), 9801);
        attacker.dial(carrier.stack() == Stack.LEGACY ? Places.at(2) : Places.libp2pAt(2));
        far.awaitPeers(1);
        near.node.start();
        near.awaitPeers(1);
        far.awaitPeers(2);

        TrustSetting.set(near, Stage.MIGRATE);
        setting.awaitStack(near, 2, Stack.LIBP2P);
        setting.awaitStack(far, 1, Stack.LIBP2P);
        TrustSetting.set(near, Stage.DUAL);
        setting.awaitStack(near, 2, Stack.LEGACY);
        setting.awaitStack(far, 1, Stack.LEGACY);
        TrustSetting.assertNeverLost(near, 2);
        TrustSetting.assertNeverLost(far, 1);
        assertThat(attacker.open()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Carrier.class,
            names = {"LEGACY_TCP", "LIBP2P_TCP"})
    void aRealPeerIsMovedThereAndBack(Carrier carrier) throws Exception {
        CoreLike core = setting.core(2);
        RunningNode near = setting.plan(1).peer(core.legacy()).build();
        near.node.start();
        Claimant attacker = setting.claimant(3, carrier).being(core.instance());
        attacker.dial(carrier.stack() == Stack.LEGACY ? Places.at(1) : Places.libp2pAt(1));
        near.awaitPeers(2);

        TrustSetting.set(near, Stage.MIGRATE);
        setting.awaitStack(near, 2, Stack.LIBP2P);
        TrustSetting.set(near, Stage.DUAL);
        setting.awaitStack(near, 2, Stack.LEGACY);
        TrustSetting.assertNeverLost(near, 2);
    }

    /** Who sits where the peer is looked for, and is not it, hears nothing that is for the peer. */
    @Test
    void anotherNodeAtThePeersIpIsNotTakenForIt() throws Exception {
        CoreLike core = setting.core(2).shut(Stack.LIBP2P);
        Claimant attacker = setting.claimant(2, Carrier.LIBP2P_TCP);
        attacker.transport.listen(core.libp2p());
        RunningNode near = setting.plan(1).peer(core.legacy()).start();
        near.awaitPeers(1);
        TrustSetting.set(near, Stage.MIGRATE);
        setting.world.passUntil(
                () -> "an end: " + TrustSetting.moves(near),
                () -> !TrustSetting.moves(near).isEmpty());

        assertThat(core.awaitOpen(Stack.LEGACY).heard(proteus.domain.peer.PeerMessageKind.BYE))
                .isFalse();
        assertThat(attacker.messages()).isEmpty();
        TrustSetting.assertNeverLost(near, 2);
    }
}
