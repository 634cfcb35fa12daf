package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Await;
import proteus.application.contract.InMemoryPeerTransport;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Carrier;
import proteus.application.port.MoveOutcome;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerId;

/** Nobody takes over a session by claiming the instance id of its peer. */
@Timeout(120)
final class TakingOverASessionTest {

    private static final int FAR = 2;
    private static final int NEAR = 1;
    private static final int ELSEWHERE = 3;

    private final TrustSetting setting = new TrustSetting();
    private RunningNode far;
    private RunningNode near;

    TakingOverASessionTest() throws Exception {
        far = setting.node(FAR);
        near = setting.plan(NEAR).peer(far.address).start();
    }

    @BeforeEach
    void connect() {
        near.awaitPeers(1);
        far.awaitPeers(1);
    }

    @AfterEach
    void close() {
        setting.close();
    }

    private InstanceId instanceOfNear() {
        return near.reception.ownHandshake().instanceId();
    }

    private PeerId idOfNear() {
        return InMemoryPeerTransport.idOf(Places.ip(NEAR));
    }

    private void move(Stage stage, Stack stack) throws Exception {
        TrustSetting.set(near, stage);
        setting.awaitStack(near, FAR, stack);
        setting.awaitStack(far, NEAR, stack);
    }

    @Test
    void overLibp2pWithAnotherPeerId() throws Exception {
        Claimant attacker = setting.claimant(NEAR, Carrier.LIBP2P_TCP)
                .being(instanceOfNear())
                .naming(idOfNear(), 9801)
                .marked();
        for (int time = 0; time < 5; time++) {
            assertThat(attacker.tries(Places.libp2pAt(FAR))).isFalse();
        }

        assertThat(attacker.messages()).isEmpty();
        assertThat(TrustSetting.with(far, NEAR)).hasSize(1);
        move(Stage.MIGRATE, Stack.LIBP2P);
        TrustSetting.assertNeverLost(far, NEAR);
        TrustSetting.assertNeverLost(near, FAR);
    }

    @Test
    void overLibp2pFromAnotherIp() throws Exception {
        Claimant attacker = setting.claimant(ELSEWHERE, Carrier.LIBP2P_TCP)
                .being(instanceOfNear())
                .marked();
        // It is let in as a peer of its own, for either may be the one that lies.
        assertThat(attacker.tries(Places.libp2pAt(FAR))).isTrue();
        far.awaitPeers(2);
        assertThat(TrustSetting.with(far, NEAR).getFirst().stack()).isEqualTo(Stack.LEGACY);

        move(Stage.MIGRATE, Stack.LIBP2P);
        TrustSetting.assertNeverLost(far, NEAR);
        assertThat(TrustSetting.with(far, NEAR).getFirst().peerId()).isEqualTo(idOfNear());
        assertThat(TrustSetting.with(far, ELSEWHERE)).hasSize(1);
    }

    private Claimant legacyAttacker() {
        return setting.claimant(NEAR, Carrier.LEGACY_TCP)
                .being(instanceOfNear())
                .marked();
    }

    @Test
    void overLegacyFromTheSameIp() throws Exception {
        move(Stage.MIGRATE, Stack.LIBP2P);
        Claimant attacker = legacyAttacker();
        attacker.tries(Places.at(FAR));
        far.node.requestTips();
        setting.world.passUntil(() -> "the claim to lapse", () -> attacker.open() == 0);

        assertThat(attacker.messages()).isEmpty();
        TrustSetting.assertNeverLost(far, NEAR);
        TrustSetting.assertNeverLost(near, FAR);
        assertThat(TrustSetting.with(far, NEAR).getFirst().stack()).isEqualTo(Stack.LIBP2P);
    }

    @Test
    void overLegacyFromTheSameIpJustWhenThePeerMovesThere() throws Exception {
        move(Stage.MIGRATE, Stack.LIBP2P);
        TrustSetting.set(near, Stage.DUAL);
        // It leaves it to its peer to begin, which does not.
        setting.world.clock.advance(Duration.ofMillis(4900));
        Claimant attacker = legacyAttacker();
        assertThat(attacker.tries(Places.at(FAR))).isTrue();
        setting.world.clock.advance(Duration.ofMillis(200));
        Await.until(
                () -> "the first try to fail: " + TrustSetting.moves(near),
                () -> TrustSetting.moves(near).size() == 2
                        || near.node.peers().isEmpty()
                        || far.node.peers().isEmpty());
        assertThat(TrustSetting.moves(near).getLast().outcome()).isEqualTo(MoveOutcome.NOT_NOW);
        assertThat(attacker.messages()).isEmpty();
        TrustSetting.assertNeverLost(far, NEAR);
        setting.world.clock.advance(Duration.ofSeconds(10));
        setting.awaitStack(near, FAR, Stack.LEGACY);
        TrustSetting.assertNeverLost(far, NEAR);
        TrustSetting.assertNeverLost(near, FAR);
        assertThat(attacker.messages()).isEmpty();
        assertThat(attacker.open()).isZero();
    }

    @Test
    void overLegacyFromTheSameIpAgainAndAgain() throws Exception {
        move(Stage.MIGRATE, Stack.LIBP2P);
        Claimant attacker = legacyAttacker();
        TrustSetting.set(near, Stage.DUAL);
        for (int time = 0; time < 40; time++) {
            attacker.tries(Places.at(FAR));
            setting.world.clock.advance(Duration.ofMillis(500));
        }

        assertThat(attacker.messages()).isEmpty();
        TrustSetting.assertNeverLost(far, NEAR);
        TrustSetting.assertNeverLost(near, FAR);
        // When it has had enough, the session goes where it is to go.
        for (int time = 0; time < 60 && attacker.open() > 0; time++) {
            setting.world.clock.advance(Duration.ofMillis(500));
        }
        for (int time = 0; time < 100 && !isOnLegacy(); time++) {
            setting.world.clock.advance(Duration.ofSeconds(5));
            LockSupport.parkNanos(5_000_000);
        }
        setting.awaitStack(near, FAR, Stack.LEGACY);
        TrustSetting.assertNeverLost(far, NEAR);
        TrustSetting.assertNeverLost(near, FAR);
        assertThat(attacker.messages()).isEmpty();
    }

    private boolean isOnLegacy() {
        return TrustSetting.with(near, FAR).stream().allMatch(connection -> connection.stack() == Stack.LEGACY);
    }

    /** A Bye with which the peer only leaves hands the session to nobody. */
    @Test
    void overLegacyFromTheSameIpWhenThePeerLeaves() throws Exception {
        move(Stage.MIGRATE, Stack.LIBP2P);
        Claimant attacker = legacyAttacker();
        attacker.tries(Places.at(FAR));
        near.node.close();
        setting.world.passUntil(
                () -> "the end of the session; there is " + TrustSetting.with(far, NEAR),
                () -> TrustSetting.with(far, NEAR).isEmpty());

        assertThat(attacker.messages()).isEmpty();
        assertThat(TrustSetting.moves(far)).hasSize(1);
    }
}
