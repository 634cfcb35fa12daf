package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.comparison.Comparison;
import proteus.application.comparison.MeasuredPeers;
import proteus.application.comparison.StackGuard;
import proteus.application.contract.Await;
import proteus.application.contract.InMemoryMigrationStore;
import proteus.application.port.JournalEntry;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;

/** A migration whose peers all do worse on libp2p. */
@Timeout(60)
final class GuardedMigrationTest {

    private static final Duration FAST = Duration.ofMillis(20);
    private static final Duration SLOW = Duration.ofMillis(400);
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
        List<MeasuredPeers.Peer> all = new ArrayList<>();
        try (Migration migration = migration(peers.comparison)) {
            for (int host = 0; host < 8; host++) {
                MeasuredPeers.Peer peer = peers.peer(host % 4, host);
                for (int i = 0; i < 12; i++) {
                    peer.roundTrip(FAST);
                }
                peer.moveTo(Stack.LIBP2P);
                all.add(peer);
            }
            Await.until("the node to go back", () -> {
                all.forEach(peer -> peer.roundTrip(SLOW));
                peers.clock.advance(Duration.ofSeconds(30));
                return migration.status().rollout().stage() == Stage.DUAL;
            });
            assertThat(migration.status().rollout()).isEqualTo(new Rollout(Stage.DUAL, 25));
        }
        assertThat(journal().getLast()).isInstanceOfSatisfying(JournalEntry.StageChanged.class, changed -> {
            assertThat(changed.from()).isEqualTo(QUARTER);
            assertThat(changed.cause())
                    .startsWith(StackGuard.CAUSE + "round-trip on libp2p ")
                    .contains(" in the median of 8 peers in 4 networks; the threshold is 3 times over 10 minutes");
        });

        Comparison afterRestart = new Comparison(peers.clock, Map::of);
        try (Migration _ = migration(afterRestart)) {
            assertThat(afterRestart.guard().nodeTakenBack()).isPresent();
        }
    }
}
