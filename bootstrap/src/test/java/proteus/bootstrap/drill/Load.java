package proteus.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import proteus.application.contract.Await;
import proteus.application.node.Node;
import proteus.domain.hash.Digest;

/**
 * Lets nodes mine in turn as long as it is open, each when all have the block before: a block that does not get to all in
 * time is a failure, which whoever looks next is told.
 */
final class Load implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final long BETWEEN_BLOCKS_NANOS = 20_000_000;
    private static final long BETWEEN_LOOKS_NANOS = 500_000;

    private final List<Node> nodes;
    private final AtomicInteger blocks = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile long longestNanos;
    private volatile boolean closed;

    private Load(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        thread = Thread.ofVirtual().name("load").start(this::run);
    }

    /** From now on these mine. */
    static Load on(List<DrillNode> nodes) {
        return new Load(nodes.stream().map(DrillNode::node).toList());
    }

    /** The same. */
    static Load onNodes(List<Node> nodes) {
        return new Load(nodes);
    }

    private void run() {
        try {
            for (int turn = 0; !closed; turn++) {
                mine(nodes.get(turn % nodes.size()));
                LockSupport.parkNanos(BETWEEN_BLOCKS_NANOS);
            }
        } catch (Exception | AssertionError failed) {
            failure.set(failed);
        }
    }

    private void mine(Node miner) throws Exception {
        Digest block = miner.mining().mine().digest();
        long mined = System.nanoTime();
        while (!allHave(block)) {
            if (System.nanoTime() - mined > BOUND.toNanos()) {
                throw new AssertionError("block " + blocks + " " + block.toHex() + " is not everywhere after " + BOUND
                        + "; heights: "
                        + nodes.stream()
                                .map(node -> node.tipHeader().height() + " with "
                                        + node.migration().status())
                                .toList());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        longestNanos = Math.max(longestNanos, System.nanoTime() - mined);
        blocks.incrementAndGet();
    }

    private boolean allHave(Digest block) {
        return nodes.stream().allMatch(node -> node.tipDigest().equals(block));
    }

    /** How many blocks got to all nodes until now. */
    int blocks() {
        return blocks.get();
    }

    /** The longest that a block took to all. */
    Duration longest() {
        return Duration.ofNanos(longestNanos);
    }

    /** Waits until so many further blocks got to all. */
    void awaitBlocks(int more) {
        int target = blocks() + more;
        Await.until("block " + target, () -> blocks() >= target || failure.get() != null);
        requireGood();
    }

    private void requireGood() {
        assertThat(failure.get()).isNull();
    }

    /** No more blocks; fails if one did not get to all. */
    @Override
    public void close() {
        closed = true;
        Await.until("the last block", () -> !thread.isAlive());
        requireGood();
    }
}
