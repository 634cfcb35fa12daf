package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.InMemoryMigrationStore;
import proteus.application.node.World.RunningNode;
import proteus.application.port.Counterpart;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.application.port.Stage;

/** Who disturbs libp2p alone does not get a peer back to the legacy stack for good, nor soon. */
@Timeout(120)
final class ForcingADowngradeTest {

    private static final int CORE = 2;

    private final TrustSetting setting = new TrustSetting();
    private final InMemoryMigrationStore memory = new InMemoryMigrationStore();
    private final CoreLike core;
    private final RunningNode near;

    ForcingADowngradeTest() throws Exception {
        core = setting.core(CORE);
        near = setting.plan(1).remembering(memory).start();
        near.node.dial(new PeerTarget(core.legacy(), PeerTarget.Protocol.LEGACY));
        near.awaitPeers(1);
        TrustSetting.set(near, Stage.MIGRATE);
        setting.awaitStack(near, CORE, Stack.LIBP2P);
    }

    @AfterEach
    void close() {
        setting.close();
    }

    private void breakAndAwait(Stack stack) {
        int before = core.lines().size();
        core.breakAll(Stack.LIBP2P);
        setting.world.passUntil(
                () -> "another connection; there are " + core.lines(),
                () -> core.lines().size() > before);
        setting.awaitStack(near, CORE, stack);
    }

    /** It is written down when the session is there. */
    private void awaitFallBack() {
        setting.world.passUntil(
                () -> "the fall back in the journal: " + TrustSetting.moves(near),
                () -> TrustSetting.moves(near).getLast().outcome() == MoveOutcome.FELL_BACK);
    }

    private void assertNotTakenForOld() throws Exception {
        assertThat(memory.counterparts()).noneMatch(Counterpart::isOldPeer);
        assertThat(TrustSetting.moves(near)).noneMatch(move -> move.outcome() == MoveOutcome.OLD_PEER);
    }

    @Test
    void twoBreaksLeadBackToLibp2pAndTheThirdWithinTenMinutesToLegacyForAWhile() throws Exception {
        breakAndAwait(Stack.LIBP2P);
        breakAndAwait(Stack.LIBP2P);
        assertThat(core.on(Stack.LEGACY)).hasSize(1);
        breakAndAwait(Stack.LEGACY);
        awaitFallBack();
        assertNotTakenForOld();

        setting.world.clock.advance(Duration.ofMinutes(9));
        assertThat(TrustSetting.with(near, CORE).getFirst().stack()).isEqualTo(Stack.LEGACY);
        setting.world.clock.advance(Duration.ofMinutes(2));
        setting.awaitStack(near, CORE, Stack.LIBP2P);
        assertNotTakenForOld();
    }

    @Test
    void breaksThatAreFarApartNeverLeadToLegacy() throws Exception {
        for (int time = 0; time < 6; time++) {
            breakAndAwait(Stack.LIBP2P);
            setting.world.clock.advance(Duration.ofMinutes(6));
        }

        assertThat(core.on(Stack.LEGACY)).hasSize(1);
        assertNotTakenForOld();
    }

    @Test
    void silenceOnLibp2pLeadsToLegacyForAWhileOnly() throws Exception {
        core.shut(Stack.LIBP2P);
        setting.world.wires.staySilentAt(core.libp2p());
        breakAndAwait(Stack.LEGACY);
        awaitFallBack();
        setting.world.clock.advance(Duration.ofMinutes(11));
        setting.world.passUntil(
                () -> "another try: " + TrustSetting.moves(near),
                () -> TrustSetting.moves(near).getLast().outcome() == MoveOutcome.LATER);
        assertNotTakenForOld();

        setting.world.wires.vacate(core.libp2p());
        core.open(Stack.LIBP2P);
        setting.world.clock.advance(Duration.ofHours(1));
        setting.awaitStack(near, CORE, Stack.LIBP2P);
        assertNotTakenForOld();
    }

    @Test
    void aPeerThatWasReachedIsNotTakenForOldWhenItsPortIsClosedForAWhile() throws Exception {
        core.shut(Stack.LIBP2P);
        breakAndAwait(Stack.LEGACY);
        awaitFallBack();
        setting.world.clock.advance(Duration.ofMinutes(11));
        setting.world.passUntil(
                () -> "another try: " + TrustSetting.moves(near),
                () -> TrustSetting.moves(near).size() > 2);

        assertThat(TrustSetting.moves(near).getLast().outcome()).isEqualTo(MoveOutcome.LATER);
        assertNotTakenForOld();
    }
}
