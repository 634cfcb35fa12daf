package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.comparison.Comparison;
import proteus.application.comparison.MeasuredPeers;
import proteus.application.comparison.StackGuard;
import proteus.application.contract.Await;
import proteus.application.contract.InMemoryMigrationStore;
import proteus.application.port.JournalEntry;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.RolloutRefusedException;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.domain.comparison.Thresholds;

/** A migration whose peers all do worse on libp2p. */
@Timeout(60)
final class GuardedMigrationTest {

    private static final Rollout QUARTER = new Rollout(Stage.MIGRATE, 25);

    private final MeasuredPeers peers = new MeasuredPeers();
    private final InMemoryMigrationStore store = new InMemoryMigrationStore();

    private Migration migration(Comparison comparison) throws Exception {
        MigrationSettings usual = MigrationSettings.DEFAULT;
        Migration migration = new Migration(
                new MigrationSettings(
                        Optional.of(QUARTER.stage()),
                        Optional.of(QUARTER.share()),
                        false,
                        usual.atOnce(),
                        usual.minPeers(),
                        usual.movesPerDay(),
                        Map.of()),
                new FakeMigratingNode(),
                store,
                comparison,
                peers.clock);
        migration.load("own name", Optional.empty());
        migration.start();
        return migration;
    }

    private List<JournalEntry> journal() throws Exception {
        return store.journal(100);
    }

    @Test
    void theNodeGoesBackToBothStacksAndItsJournalSaysWhyAndKeepsItFromDoingSoAgain() throws Exception {
        peers.takenBack();
        try (Migration migration = migration(peers.comparison)) {
            Await.until("the node to go back", () -> {
                peers.clock.advance(Duration.ofSeconds(30));
                return migration.status().rollout().stage() == Stage.DUAL;
            });
            assertThat(migration.status().rollout()).isEqualTo(new Rollout(Stage.DUAL, 25));
        }
        assertThat(journal().getLast()).isInstanceOfSatisfying(JournalEntry.StageChanged.class, changed -> {
            assertThat(changed.from()).isEqualTo(QUARTER);
            assertThat(changed.cause())
                    .startsWith(StackGuard.CAUSE
                            + "round-trip worse on libp2p with 8 of 8 peers in 4 of 4 networks, in their median ")
                    .contains("; worse is more than 3 times and 50 ms longer over 10 minutes");
        });

        Comparison afterRestart = new Comparison(peers.clock, Map::of);
        try (Migration _ = migration(afterRestart)) {
            assertThat(afterRestart.guard().nodeTakenBack()).isPresent();
        }
    }

    @Test
    void anOrderThatComesWhileTheGuardLooksIsNotUndone() throws Exception {
        List<MeasuredPeers.Peer> all = peers.takenBack();
        try (Migration migration = migration(peers.comparison)) {
            AtomicInteger looks = new AtomicInteger();
            peers.comparison.rememberBy(peer -> {
                boolean last = peer.peerId().equals(all.getLast().peerId());
                if (last && looks.incrementAndGet() == Thresholds.DEFAULT.strikes()) {
                    // All have voted, and the node is to go back.
                    order(migration, new Rollout(Stage.LIBP2P_ONLY, 25));
                }
                return new PeerKey.OfPeerId(peer.peerId());
            });
            Await.until("the guard to look again after the order", () -> {
                peers.clock.advance(Duration.ofSeconds(30));
                return migration.status().rollout().stage() != Stage.MIGRATE
                        && peers.comparison.guard().verdict().contains(" of 0 peers in ");
            });

            assertThat(migration.status().rollout().stage()).isEqualTo(Stage.LIBP2P_ONLY);
            assertThat(peers.comparison.guard().nodeTakenBack()).isEmpty();
            assertThat(journal())
                    .noneMatch(entry -> entry instanceof JournalEntry.StageChanged changed
                            && changed.to().stage() == Stage.DUAL);
        }
    }

    private static void order(Migration migration, Rollout rollout) {
        try {
            migration.set(rollout, "the operator");
        } catch (RolloutRefusedException | StoreException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
