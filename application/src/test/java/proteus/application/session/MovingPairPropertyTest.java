package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.comparison.Comparison;
import proteus.application.contract.AssertingPeerConnection;
import proteus.application.contract.Await;
import proteus.application.contract.ConnectedPair;
import proteus.application.contract.Descriptions;
import proteus.application.contract.InMemoryPeerConnection;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerStanding;

/** Two sessions that are each other's peer, and are moved while both talk: each message comes once, and in order. */
@Timeout(60)
final class MovingPairPropertyTest {

    private static final int STEPS = 300;

    private final ManualScheduler clock = new ManualScheduler();
    private final PlatformWorkPool pool = new PlatformWorkPool("pair-test", 1, 0);
    private final List<AssertingPeerConnection> connections = new CopyOnWriteArrayList<>();

    /** One of the two. */
    private final class End implements AutoCloseable {

        private final FakeSessionNode node = FakeSessionNode.atGenesis(pool, clock);
        private final PeerSession session;
        private final CompletableFuture<SessionEnd> end = new CompletableFuture<>();
        private final Thread thread;
        private int said;

        private End(PeerConnection connection) {
            session = new PeerSession(
                    connection,
                    new SessionStanding(PeerStanding.neutral(1000)),
                    node,
                    clock,
                    pool,
                    new Comparison(clock, Map::of));
            thread = Thread.ofVirtual().start(() -> {
                try {
                    end.complete(session.run());
                } catch (InterruptedException | RuntimeException | Error failure) {
                    end.completeExceptionally(failure);
                }
            });
        }

        void say() {
            session.post(new NodeEvent.Send(new PeerMessage.PeerListResponse(List.of(
                    new PeerListEntry(new PeerAddress(new IpAddress.V4(said), 9798), new InstanceId(0, said))))));
            said++;
        }

        List<Integer> heard() {
            // Each is asked for peers once.
            return node.heard.stream()
                    .filter(list -> !list.equals(FakeSessionNode.PEERS))
                    .map(list -> ((IpAddress.V4) list.getFirst().address().ip()).bits())
                    .toList();
        }

        @Override
        public void close() {
            session.post(new NodeEvent.Expel("the test is over"));
            Await.until("the session to end", () -> !thread.isAlive());
            node.chain.close();
        }
    }

    private record Two(PeerConnection near, PeerConnection far) {}

    private Two connect(Carrier carrier) {
        ConnectedPair pair = InMemoryPeerConnection.pair(
                Peers.of(carrier, Direction.OUTBOUND, "0.19.4", Descriptions.header(0)),
                Peers.of(carrier, Direction.INBOUND, "0.19.4", Descriptions.header(0)),
                RunningSession.OUTBOUND_BYTES);
        AssertingPeerConnection near = AssertingPeerConnection.over(pair.near());
        AssertingPeerConnection far = AssertingPeerConnection.over(pair.far());
        connections.add(near);
        connections.add(far);
        return new Two(near, far);
    }

    /** A move under way, of which each side hears at a moment of its own. */
    private static final class Move {

        private final RecordedRelocation near = new RecordedRelocation();
        private final RecordedRelocation far = new RecordedRelocation();
        private final List<Runnable> left = new ArrayList<>();

        boolean isSettled() {
            return near.told().contains("arrived") && far.told().contains("arrived");
        }
    }

    /** As nodes do it: both expect it; the one that accepts hears of it first, and over libp2p speaks first. */
    private Move begin(End mover, End other, Carrier carrier, Random random) {
        Move move = new Move();
        Two next = connect(carrier);
        boolean otherFirst = carrier != Carrier.LEGACY_TCP;
        mover.session.post(new NodeEvent.Expect(move.near));
        other.session.post(new NodeEvent.Expect(move.far));
        Await.until(
                "both to be ready",
                () -> move.near.told().contains("ready") && move.far.told().contains("ready"));
        move.left.add(() -> other.session.post(new NodeEvent.Switch(next.far, !otherFirst, move.far)));
        move.left.add(() -> mover.session.post(new NodeEvent.Switch(next.near, otherFirst, move.near)));
        if (random.nextBoolean()) {
            // The one that dialled may hear of it first.
            java.util.Collections.swap(move.left, 0, 1);
        }
        return move;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingIsLostDoubledOrOutOfOrder(long seed) {
        Random random = new Random(seed);
        Two first = connect(Carrier.LEGACY_TCP);
        int moves = 0;
        try (End one = new End(first.near);
                End other = new End(first.far)) {
            Move move = new Move();
            boolean moving = false;
            boolean onLibp2p = false;
            for (int step = 0; step < STEPS; step++) {
                int what = random.nextInt(10);
                if (what < 4) {
                    one.say();
                } else if (what < 8) {
                    other.say();
                } else if (!moving) {
                    onLibp2p = !onLibp2p;
                    Carrier carrier = onLibp2p ? Carrier.LIBP2P_QUIC : Carrier.LEGACY_TCP;
                    move = random.nextBoolean()
                            ? begin(one, other, carrier, random)
                            : begin(other, one, carrier, random);
                    moving = true;
                    moves++;
                } else if (!move.left.isEmpty()) {
                    move.left.removeFirst().run();
                } else {
                    Await.until("the end of the move with seed " + seed, move::isSettled);
                    moving = false;
                }
            }
            move.left.forEach(Runnable::run);
            Await.until(
                    () -> "seed " + seed + ": all to be heard; " + one.heard().size() + " of " + other.said + ", "
                            + other.heard().size() + " of " + one.said + "; ends: " + one.end + other.end,
                    () -> one.heard().size() >= other.said && other.heard().size() >= one.said);

            assertThat(one.heard())
                    .isEqualTo(IntStream.range(0, other.said).boxed().toList());
            assertThat(other.heard())
                    .isEqualTo(IntStream.range(0, one.said).boxed().toList());
            assertThat(one.end).isNotDone();
            assertThat(other.end).isNotDone();
        }
        assertThat(moves).as("moves with seed %d", seed).isGreaterThan(3);
        for (AssertingPeerConnection connection : connections) {
            assertThat(connection.violations()).isEmpty();
            Await.until("frames to be closed", () -> connection.unclosedFrames().isEmpty());
        }
        pool.close();
    }
}
