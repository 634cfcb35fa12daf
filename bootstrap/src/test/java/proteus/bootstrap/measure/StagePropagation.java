package proteus.bootstrap.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import proteus.application.migration.MigrationSettings;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.TestNodes;
import proteus.domain.peer.PeerAddress;

/**
 * How long a block takes to twenty nodes in one process, when all their sessions are on the legacy stack, half of them, and
 * none: the same nodes and links in one run, moved from phase to phase, there and back.
 */
public final class StagePropagation {

    private static final int NODES = 20;
    private static final int WARM_UP = 60;
    private static final int BLOCKS = 60;
    private static final int LINKS_BEFORE = 2;
    private static final long SEED = 20;

    private static final List<Phase> PHASES =
            List.of(Phase.LEGACY, Phase.MIXED, Phase.LIBP2P, Phase.LIBP2P, Phase.MIXED, Phase.LEGACY);

    private final List<RunningNode> nodes = new ArrayList<>();
    private final Map<Long, Arrivals> arrivals = new ConcurrentHashMap<>();
    private int links;

    private enum Phase {
        LEGACY(0),
        MIXED(50),
        LIBP2P(100);

        private final int share;

        Phase(int share) {
            this.share = share;
        }
    }

    /** When each node had one block. */
    private static final class Arrivals {
        private final long[] at = new long[NODES];
        private final CountDownLatch missing = new CountDownLatch(NODES);
    }

    private StagePropagation() {}

    /** Measures. */
    public static void main(String[] args) throws Exception {
        StagePropagation measured = new StagePropagation();
        try {
            measured.start();
            measured.run();
        } finally {
            for (RunningNode node : measured.nodes) {
                node.close();
            }
        }
    }

    private void start() throws IOException, StoreException, InterruptedException {
        Path directory = Files.createTempDirectory("stages-");
        Random random = new Random(SEED);
        MigrationSettings dual =
                new MigrationSettings(Optional.of(Stage.DUAL), Optional.empty(), false, 100, 0, 10_000, Map.of());
        for (int i = 0; i < NODES; i++) {
            PeerAddress[] peers = IntStream.range(0, i)
                    .boxed()
                    .sorted((one, other) -> random.nextBoolean() ? 1 : one.compareTo(other))
                    .limit(LINKS_BEFORE)
                    .map(other -> nodes.get(other).node().ownListenAddress().orElseThrow())
                    .toArray(PeerAddress[]::new);
            links += peers.length;
            RunningNode node =
                    TestNodes.startMigrating(directory.resolve("node-" + i), TestNodes.places(NODES, peers), dual);
            int number = i;
            node.node()
                    .addTipListener(change -> arrived(
                            number, change.chain().tip().header().height().value()));
            nodes.add(node);
        }
        while (sessions().values().stream().mapToInt(Integer::intValue).sum() < 2 * links) {
            Thread.sleep(20);
        }
    }

    private void arrived(int node, long height) {
        Arrivals block = arrivals.computeIfAbsent(height, _ -> new Arrivals());
        synchronized (block) {
            if (block.at[node] == 0) {
                block.at[node] = System.nanoTime();
                block.missing.countDown();
            }
        }
    }

    private Map<Stack, Integer> sessions() {
        Map<Stack, Integer> count = new EnumMap<>(Stack.class);
        for (RunningNode node : nodes) {
            for (ConnectedPeer peer : node.node().peers()) {
                count.merge(peer.connection().stack(), 1, Integer::sum);
            }
        }
        return count;
    }

    private void run() throws Exception {
        System.out.printf("%d nodes, %d links%n", NODES, links);
        mine(WARM_UP, new ArrayList<>());
        Map<Phase, List<Double>> delays = new EnumMap<>(Phase.class);
        for (Phase phase : PHASES) {
            long began = System.nanoTime();
            for (RunningNode node : nodes) {
                node.node().migration().set(new Rollout(Stage.MIGRATE, phase.share), phase.toString());
            }
            awaitMoved(phase);
            System.out.printf(
                    "%s: sessions %s, moved within %.1f s%n", phase, sessions(), (System.nanoTime() - began) / 1e9);
            List<Double> ofPhase = delays.computeIfAbsent(phase, _ -> new ArrayList<>());
            List<Double> now = new ArrayList<>();
            mine(BLOCKS, now);
            tell("  " + phase, now);
            ofPhase.addAll(now);
        }
        delays.forEach((phase, all) -> tell("all of " + phase, all));
    }

    private static void tell(String what, List<Double> millis) {
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                "%s: median %.2f ms, p95 %.2f ms, greatest %.1f ms, of %d arrivals%n",
                what,
                sorted[sorted.length / 2],
                sorted[sorted.length * 95 / 100],
                sorted[sorted.length - 1],
                sorted.length);
    }

    /** Until nothing has moved for some seconds, since which sessions are in a share is not known here. */
    private void awaitMoved(Phase phase) throws InterruptedException {
        Map<Stack, Integer> last = Map.of();
        int same = 0;
        while (same < 50) {
            Map<Stack, Integer> now = sessions();
            same = now.equals(last) && isPossible(phase, now) ? same + 1 : 0;
            last = now;
            Thread.sleep(100);
        }
    }

    private boolean isPossible(Phase phase, Map<Stack, Integer> now) {
        int all = now.values().stream().mapToInt(Integer::intValue).sum();
        return all == 2 * links
                && switch (phase) {
                    case LEGACY -> !now.containsKey(Stack.LIBP2P);
                    case LIBP2P -> !now.containsKey(Stack.LEGACY);
                    case MIXED -> true;
                };
    }

    /** Each in turn mines one, and all get it before the next. */
    private void mine(int count, List<Double> delays) throws Exception {
        for (int i = 0; i < count; i++) {
            int miner = i % NODES;
            long next = nodes.get(miner).node().tipHeader().height().value() + 1;
            Arrivals block = arrivals.computeIfAbsent(next, _ -> new Arrivals());
            nodes.get(miner).node().mining().mine();
            if (!block.missing.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("block " + next + " did not reach all: " + Arrays.toString(block.at));
            }
            for (int node = 0; node < NODES; node++) {
                if (node != miner) {
                    delays.add((block.at[node] - block.at[miner]) / 1e6);
                }
            }
            arrivals.remove(next);
        }
    }
}
