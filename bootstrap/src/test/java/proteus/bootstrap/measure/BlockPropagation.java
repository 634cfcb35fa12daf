package proteus.bootstrap.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.TestNodes;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.PeerAddress;

/** How long a block takes along a line of ten nodes in one process, each of which knows only its neighbours. */
public final class BlockPropagation {

    private static final int NODES = 10;
    private static final int WARM_UP = 10;
    private static final int BLOCKS = 40;
    private static final long INBOUND_MEMORY = 64L << 20;

    private BlockPropagation() {}

    /** Measures. */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("propagation-");
        List<RunningNode> line = new ArrayList<>();
        try {
            for (int i = 0; i < NODES; i++) {
                line.add(start(directory.resolve("node-" + i), line));
            }
            awaitConnected(line);
            double[][] millis = new double[NODES][BLOCKS];
            for (int block = -WARM_UP; block < BLOCKS; block++) {
                long[] at = mineAndWatch(line);
                for (int node = 1; node < NODES && block >= 0; node++) {
                    millis[node][block] = (at[node] - at[0]) / 1e6;
                }
            }
            for (int node = 1; node < NODES; node++) {
                Arrays.sort(millis[node]);
                System.out.printf(
                        "%d hops: median %.1f ms, greatest %.1f ms, of %d blocks%n",
                        node, millis[node][BLOCKS / 2], millis[node][BLOCKS - 1], BLOCKS);
            }
        } finally {
            for (RunningNode node : line) {
                node.close();
            }
        }
    }

    private static RunningNode start(Path directory, List<RunningNode> line) throws IOException, StoreException {
        ConnectionSettings connections =
                line.isEmpty() ? TestNodes.places(NODES) : TestNodes.places(NODES, address(line.getLast()));
        return TestNodes.start(directory, connections, INBOUND_MEMORY);
    }

    private static PeerAddress address(RunningNode node) {
        return node.node().listening().getFirst().address();
    }

    private static void awaitConnected(List<RunningNode> line) throws InterruptedException {
        for (int i = 0; i < NODES; i++) {
            int neighbours = i == 0 || i == NODES - 1 ? 1 : 2;
            while (line.get(i).node().peers().size() < neighbours) {
                Thread.sleep(20);
            }
        }
    }

    /** When each node had the next block, which the first one mines. */
    private static long[] mineAndWatch(List<RunningNode> line) throws Exception {
        long next = height(line.getFirst()) + 1;
        Thread miner = Thread.ofPlatform().start(() -> {
            try {
                line.getFirst().node().mining().mine();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        long[] at = new long[NODES];
        int missing = NODES;
        while (missing > 0) {
            for (int i = 0; i < NODES; i++) {
                if (at[i] == 0 && height(line.get(i)) >= next) {
                    at[i] = System.nanoTime();
                    missing--;
                }
            }
            Thread.sleep(0, 200_000);
        }
        miner.join();
        return at;
    }

    private static long height(RunningNode node) {
        return node.node().tipHeader().height().value();
    }
}
