package proteus.application.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.ManualScheduler;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.network.Network;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.sync.BlockCoverage;

/** Whatever peers do, the plan keeps to its limits; and it comes to its end if one of them is good. */
class FetchPlanPropertyTest {

    private static final int HEIGHT = 150;
    private static final List<HashedBlock> BLOCKS =
            ComposedChain.of(new Network.TestnetMock()).grow(HEIGHT, 1).plain(0, HEIGHT).stream()
                    .map(HashedBlock::of)
                    .toList();
    private static final long GREATEST_BLOCK = BLOCKS.stream()
            .mapToLong(block -> (long) Long.BYTES * block.size() + 4096)
            .max()
            .orElseThrow();
    private static final int PER_MINUTE = 40;
    private static final int MOST_LOOKED_AT = 18;
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration ENOUGH = Duration.ofMinutes(10);

    /** A peer with habits; what it is sent is looked at by the test. */
    private static final class Peer implements SyncPeer {
        private final int number;
        private final long has;
        private final long latencyMillis;
        private final int answersOfTen;
        private final boolean declines;
        private final List<Instant> asked = new ArrayList<>();

        Peer(int number, RandomGenerator random) {
            this.number = number;
            boolean isGood = number == 0;
            has = isGood ? HEIGHT : random.nextLong(HEIGHT + 1);
            latencyMillis = isGood ? random.nextLong(1, 100) : random.nextLong(1, 8000);
            answersOfTen = isGood ? 10 : random.nextInt(11);
            declines = !isGood && random.nextBoolean();
        }

        @Override
        public BlockHeight shown() {
            return new BlockHeight(has);
        }

        @Override
        public void send(PeerMessage message) {}

        @Override
        public void punish(NegativePeerSanction sanction) {}

        @Override
        public String toString() {
            return "peer " + number;
        }
    }

    private record Answer(Instant at, Peer peer, long height, boolean declined) {}

    /** A sync in a time of its own. */
    private static final class Simulation {
        private final RandomGenerator random;
        private final long stored;
        private final long memory;
        private final FetchPlan plan;
        private final PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparing(Answer::at));
        private final Map<Long, Integer> asks = new HashMap<>();
        private final List<Peer> peers = new ArrayList<>();
        private Instant now = ManualScheduler.START;
        private long most;

        Simulation(RandomGenerator random) {
            this.random = random;
            stored = random.nextLong(HEIGHT);
            memory = 20_000 + random.nextLong(1_000_000);
            plan = new FetchPlan(random.nextLong(2 * HEIGHT), HEIGHT, memory, PER_MINUTE, now);
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                peers.add(new Peer(i, random));
                plan.join(peers.get(i), peers.get(i).has);
            }
        }

        void run() {
            while (!plan.isDone()) {
                assertThat(Duration.between(ManualScheduler.START, now))
                        .as("time")
                        .isLessThan(ENOUGH);
                step();
            }
        }

        private void step() {
            plan.due(now).forEach(this::follow);
            applyReady();
            Answer next = answers.peek();
            Instant tick = now.plus(TICK);
            if (next == null || next.at.isAfter(tick)) {
                now = tick;
                return;
            }
            answers.remove();
            now = next.at.isAfter(now) ? next.at : now;
            if (next.declined) {
                plan.declined(next.peer, now);
            } else {
                plan.arrived(block(next), next.height <= stored, now);
            }
            assertThat(plan.waitingBytes()).isLessThanOrEqualTo(mostBytes());
            mayDo();
        }

        /** What was looked at in search of the first block is kept; and the block that all wait for is always taken. */
        private long mostBytes() {
            return memory + MOST_LOOKED_AT * GREATEST_BLOCK;
        }

        private void mayDo() {
            if (random.nextInt(200) == 0 && peers.size() > 1) {
                Peer peer = peers.get(1 + random.nextInt(peers.size() - 1));
                plan.leave(peer);
                // Its next session serves it anew.
                peer.asked.clear();
                plan.join(peer, peer.has);
            }
            if (random.nextInt(200) == 0 && peers.size() > 1) {
                Peer peer = peers.get(1 + random.nextInt(peers.size() - 1));
                plan.covers(peer, BlockCoverage.of(1, HEIGHT + 1L, height -> height % 3 != 0 && height <= peer.has));
            }
        }

        private static FetchedBlock block(Answer answer) {
            return new FetchedBlock(
                    BLOCKS.get((int) answer.height), Optional.of(new MmrMembershipProof(List.of())), answer.peer);
        }

        private void follow(Order order) {
            Peer peer = (Peer) order.peer();
            switch (order) {
                case Order.Charge _ ->
                    assertThat(peer.number).as("who is charged for silence").isPositive();
                case Order.AskForTip _ -> {}
                case Order.Ask(var _, long height) -> {
                    assertThat(height).isBetween(1L, peer.has);
                    asks.merge(height, 1, Integer::sum);
                    noteAsk(peer);
                    if (random.nextInt(10) < peer.answersOfTen) {
                        Instant at = now.plusMillis(1 + random.nextLong(peer.latencyMillis));
                        answers.add(new Answer(at, peer, height, peer.declines && random.nextBoolean()));
                    }
                }
            }
        }

        private void noteAsk(Peer peer) {
            peer.asked.add(now);
            long lately = peer.asked.stream()
                    .filter(at -> Duration.between(at, now).compareTo(Duration.ofMinutes(1)) <= 0)
                    .count();
            most = Math.max(most, lately);
            assertThat(lately).as("requests in a minute").isLessThanOrEqualTo(PER_MINUTE);
        }

        private void applyReady() {
            if (random.nextInt(4) > 0) {
                return;
            }
            List<FetchedBlock> ready = plan.ready(1 + random.nextInt(16));
            for (int i = 0; i < ready.size(); i++) {
                assertThat(ready.get(i).height()).isEqualTo(plan.applied() + 1 + i);
            }
            if (!ready.isEmpty()) {
                plan.applied(ready.getLast().height(), now);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSyncEndsAndKeepsToItsLimits(long seed) {
        Simulation simulation = new Simulation(new SplittableRandom(seed));

        simulation.run();

        assertThat(simulation.plan.applied()).isEqualTo(HEIGHT);
        assertThat(simulation.plan.waitingBytes()).isZero();
        assertThat(simulation.peers.getFirst().asked).hasSizeLessThan(3 * HEIGHT);
        for (long height = simulation.stored + 1; height <= HEIGHT; height++) {
            assertThat(simulation.asks).as("block " + height).containsKey(height);
        }
    }

    @Test
    void theLimitOfRequestsInAMinuteIsReached() {
        assertThat(seeds().map(seed -> {
                            Simulation simulation = new Simulation(new SplittableRandom(seed));
                            simulation.run();
                            return simulation.most;
                        })
                        .max())
                .hasValue(PER_MINUTE);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }
}
