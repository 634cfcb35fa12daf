package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Await;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Carrier;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;

/** Nobody rides standing or quota across stacks. */
@Timeout(120)
final class RidingAcrossStacksTest {

    private static final int CORE = 2;

    private final TrustSetting setting = new TrustSetting();
    private final CoreLike core;
    private final RunningNode near;

    RidingAcrossStacksTest() throws Exception {
        core = setting.core(CORE);
        near = setting.plan(1).peer(Places.at(50)).start();
        near.node.dial(Places.target(core.legacy()));
        near.awaitPeers(1);
    }

    @AfterEach
    void close() {
        setting.close();
    }

    private void misbehave(Stack stack) {
        PeerListEntry entry = new PeerListEntry(Places.at(77), new InstanceId(7, 7));
        CoreLike.say(
                core.awaitOpen(stack).connection(),
                new PeerMessage.PeerListResponse(
                        Collections.nCopies(PeerMessage.PeerListResponse.MAX_PEERS + 1, entry)));
    }

    private int score() {
        return near.node.peers().getFirst().standing().score();
    }

    @Test
    void aPeerIsAsBadAfterItsMoveAsBefore() throws Exception {
        misbehave(Stack.LEGACY);
        setting.world.passUntil(() -> "a punishment", () -> score() < 0);
        int before = score();
        TrustSetting.set(near, Stage.MIGRATE);
        setting.awaitStack(near, CORE, Stack.LIBP2P);
        assertThat(score()).isEqualTo(before);
        misbehave(Stack.LIBP2P);
        setting.world.passUntil(() -> "another punishment", () -> score() < before);
        TrustSetting.set(near, Stage.DUAL);
        setting.awaitStack(near, CORE, Stack.LEGACY);

        assertThat(score()).isEqualTo(2 * before);
    }

    @Test
    void whoIsBannedOnOneStackIsGoneFromBoth() throws Exception {
        TrustSetting.set(near, Stage.MIGRATE);
        setting.awaitStack(near, CORE, Stack.LIBP2P);
        Await.until(() -> "nobody; there is " + near.node.peers(), () -> {
            misbehaveIfOpen();
            return near.node.peers().isEmpty();
        });

        Claimant overLegacy = setting.claimant(CORE, Carrier.LEGACY_TCP).being(new InstanceId(3, 3));
        Claimant overLibp2p = setting.claimant(CORE, Carrier.LIBP2P_TCP).being(new InstanceId(4, 4));
        assertThat(overLegacy.tries(Places.at(1))).isFalse();
        assertThat(overLibp2p.tries(Places.libp2pAt(1))).isFalse();
        assertThat(near.node.peers()).isEmpty();
    }

    private void misbehaveIfOpen() {
        if (!core.open().isEmpty()) {
            misbehave(core.open().getFirst().stack());
        }
    }

    @Test
    void aSecondSessionOverTheOtherStackIsRefused() throws Exception {
        Claimant overLibp2p = new Claimant(
                        setting.world, TrustSetting.NETWORK, Places.ip(CORE), Carrier.LIBP2P_TCP, core.peerId())
                .being(core.instance());
        assertThat(overLibp2p.tries(Places.libp2pAt(1))).isFalse();
        overLibp2p.marked();
        assertThat(overLibp2p.tries(Places.libp2pAt(1))).isFalse();
        TrustSetting.set(near, Stage.MIGRATE);
        setting.awaitStack(near, CORE, Stack.LIBP2P);
        Claimant overLegacy = setting.claimant(CORE, Carrier.LEGACY_TCP).being(core.instance());
        assertThat(overLegacy.tries(Places.at(1))).isFalse();

        assertThat(near.node.peers()).hasSize(1);
    }
}
