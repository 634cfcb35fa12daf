package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.InMemoryPeerTransport;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Carrier;
import proteus.application.port.PeerKey;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** Who names a PeerId in its handshake that it does not own gets nothing by it. */
@Timeout(120)
final class ClaimingAPeerIdTest {

    private static final int VICTIM = 2;
    private static final int ATTACKER = 3;

    private final TrustSetting setting = new TrustSetting();
    private final RunningNode victim;
    private final RunningNode near;
    private final PeerId claimed = InMemoryPeerTransport.idOf(Places.ip(VICTIM));

    ClaimingAPeerIdTest() throws Exception {
        victim = setting.node(VICTIM);
        near = setting.plan(1).peer(victim.address).start();
        near.awaitPeers(1);
        victim.awaitPeers(1);
    }

    @AfterEach
    void close() {
        setting.close();
    }

    private void moveTheVictim() throws Exception {
        TrustSetting.set(near, Stage.MIGRATE);
        setting.awaitStack(near, VICTIM, Stack.LIBP2P);
    }

    private Claimant attacker(Carrier carrier) {
        return setting.claimant(ATTACKER, carrier).naming(claimed, Places.PORT + 3);
    }

    private int movesOfVictim() throws Exception {
        return near.node
                .migration()
                .journal(Optional.of(new PeerKey.OfPeerId(claimed)), 100)
                .size();
    }

    @Test
    void itIsLookedForAtItsOwnIpAndNotCountedAsTheOwner() throws Exception {
        moveTheVictim();
        int moves = movesOfVictim();
        Claimant attacker = attacker(Carrier.LEGACY_TCP);
        attacker.dial(near.address);
        near.awaitPeers(2);
        setting.world.clock.advance(Duration.ofSeconds(10));
        setting.world.passUntil(
                () -> "it to be looked for: " + TrustSetting.moves(near),
                () -> TrustSetting.moves(near).size() > moves);
        setting.world.clock.advance(Duration.ofMinutes(10));

        assertThat(movesOfVictim()).isEqualTo(moves);
        assertThat(near.libp2p.dialled().stream().map(PeerAddress::ip).distinct())
                .containsExactlyInAnyOrder(Places.ip(VICTIM), Places.ip(ATTACKER));
        assertThat(near.libp2p.dialled())
                .filteredOn(address -> address.ip().equals(Places.ip(VICTIM)))
                .hasSize(1);
        assertThat(TrustSetting.with(near, ATTACKER).getFirst().stack()).isEqualTo(Stack.LEGACY);
        TrustSetting.assertNeverLost(near, VICTIM);
    }

    @Test
    void itsOwnLibp2pIsNotTakenForTheOneItNamed() throws Exception {
        Claimant overLibp2p = setting.claimant(ATTACKER, Carrier.LIBP2P_TCP);
        overLibp2p.transport.listen(new PeerAddress(Places.ip(ATTACKER), Places.PORT + 3));
        moveTheVictim();
        Claimant attacker = attacker(Carrier.LEGACY_TCP);
        attacker.dial(near.address);
        near.awaitPeers(2);
        int before = TrustSetting.moves(near).size();
        setting.world.clock.advance(Duration.ofSeconds(10));
        setting.world.passUntil(
                () -> "it to be looked for: " + TrustSetting.moves(near),
                () -> TrustSetting.moves(near).size() > before);

        assertThat(overLibp2p.messages()).isEmpty();
        assertThat(TrustSetting.with(near, ATTACKER).getFirst().stack()).isEqualTo(Stack.LEGACY);
        assertThat(movesOfVictim()).isEqualTo(1);
    }

    @Test
    void itDoesNotCarryOnTheOwnersSession() throws Exception {
        Claimant attacker = attacker(Carrier.LEGACY_TCP)
                .being(victim.reception.ownHandshake().instanceId())
                .marked();
        attacker.tries(near.address);
        Claimant overLibp2p = attacker(Carrier.LIBP2P_TCP)
                .being(victim.reception.ownHandshake().instanceId())
                .marked();
        overLibp2p.tries(Places.libp2pAt(1));
        setting.world.clock.advance(Duration.ofSeconds(30));

        TrustSetting.assertNeverLost(near, VICTIM);
        assertThat(TrustSetting.with(near, VICTIM).getFirst().stack()).isEqualTo(Stack.LEGACY);
        moveTheVictim();
        TrustSetting.assertNeverLost(near, VICTIM);
        assertThat(TrustSetting.with(near, VICTIM).getFirst().peerId()).isEqualTo(claimed);
    }

    @Test
    void itDoesNotKeepTheOwnerFromBeingMoved() throws Exception {
        Claimant attacker = attacker(Carrier.LEGACY_TCP).being(new InstanceId(5, 5));
        attacker.dial(near.address);
        near.awaitPeers(2);

        moveTheVictim();
        TrustSetting.set(near, Stage.DUAL);
        setting.awaitStack(near, VICTIM, Stack.LEGACY);
        TrustSetting.assertNeverLost(near, VICTIM);
    }
}
