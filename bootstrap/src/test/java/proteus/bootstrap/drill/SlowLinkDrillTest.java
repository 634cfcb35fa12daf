package proteus.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.comparison.GuardSettings;
import proteus.application.contract.Await;
import proteus.application.port.Carrier;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.application.port.StackFigures.EndCause;
import proteus.application.port.Stage;
import proteus.bootstrap.interop.libp2p.DelayProxy;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.comparison.Thresholds;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** The link to a peer becomes slow, but only for libp2p: its session is taken back, and the journal says why. */
@SpeaksLegacy
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere only one IP of loopback is set up")
final class SlowLinkDrillTest {

    /** Where the peer seems to be: whoever dials it there meets the link. */
    private static final String FRONT = "127.0.0.2";

    /** As strict as ever, but looks at seconds instead of minutes. */
    private static final GuardSettings HASTY = new GuardSettings(
            true,
            Duration.ofMillis(1),
            new Thresholds(Duration.ofSeconds(6), 3, 3, Duration.ofMillis(50), 3, 6, 3, Duration.ofMinutes(30)));

    private static final Duration SLOW = Duration.ofMillis(150);

    @TempDir
    private Path directory;

    @Test
    void theGuardTakesASessionBackWhoseLinkGotSlow() throws Exception {
        List<Identity> identities = DrillIdentities.sorted(2);
        DrillIdentities.give(directory.resolve("near"), identities.getFirst());
        DrillIdentities.give(directory.resolve("far"), identities.getLast());
        try (DrillNode far = DrillNode.start(
                        "far", directory, DrillNode.at(Stage.DUAL), Set.of(Carrier.LEGACY_TCP, Carrier.LIBP2P_TCP));
                DelayProxy legacy = front(far, Carrier.LEGACY_TCP);
                DelayProxy libp2p = front(far, Carrier.LIBP2P_TCP);
                DrillNode near = DrillNode.start(
                        "near",
                        directory,
                        DrillNode.migration(DrillNode.at(Stage.DUAL)).guardedBy(HASTY),
                        Set.of(Carrier.LEGACY_TCP, Carrier.LIBP2P_TCP),
                        new PeerTarget(
                                new PeerAddress(
                                        IpAddress.parse(FRONT).orElseThrow(),
                                        legacy.address().getPort()),
                                PeerTarget.Protocol.LEGACY))) {
            near.awaitConnected(far, Stack.LEGACY);
            awaitMeasured(near, Stack.LEGACY);
            ConnectedPeer before = near.session(far.instance()).orElseThrow();

            near.set(DrillNode.share(100));
            near.awaitConnected(far, Stack.LIBP2P);
            libp2p.lengthen(SLOW);
            await(
                    near,
                    "to be taken back",
                    () -> near.isConnected(far, Stack.LEGACY)
                            && near.node().comparison().guard().peersTakenBack() == 1);

            JournalEntry.Moved last = near.moves().getLast();
            assertThat(last.outcome()).isEqualTo(MoveOutcome.SETTLED);
            assertThat(last.to()).isEqualTo(Stack.LEGACY);
            assertThat(last.cause())
                    .matches("guard: round-trip [0-9]{3} ms on libp2p against [0-9.]+ ms on legacy: "
                            + "more than 3 times over 6 seconds, [0-9]+ samples");
            System.out.println("SlowLinkDrillTest: " + last.cause());
            assertThat(near.session(far.instance()).orElseThrow().since()).isEqualTo(before.since());
            StackFigures slow = near.node().comparison().stacks().get(Stack.LIBP2P);
            assertThat(slow.ends()).containsOnlyKeys(EndCause.MOVED);
            assertThat(slow.roundTrip().quantile(1).orElseThrow()).isGreaterThan(0.3);
            assertThat(near.node().migration().status().peers().getFirst().state())
                    .startsWith("taken back: round-trip");
        }
    }

    private static void awaitMeasured(DrillNode near, Stack stack) {
        await(
                near,
                "enough to be measured on " + stack,
                () -> near.node().comparison().peers().stream()
                        .anyMatch(peer -> Optional.ofNullable(peer.stacks().get(stack))
                                .filter(figures -> figures.roundTrip().count() >= 3)
                                .isPresent()));
    }

    private static void await(DrillNode near, String what, BooleanSupplier condition) {
        Await.until(
                () -> what + "; " + near.journal() + near.node().comparison().peers(), condition);
    }

    private static DelayProxy front(DrillNode far, Carrier carrier) throws IOException {
        int port = far.target(carrier).address().port();
        return DelayProxy.tcp(
                new InetSocketAddress(FRONT, port), new InetSocketAddress("127.0.0.1", port), Duration.ZERO);
    }
}
