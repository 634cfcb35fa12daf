package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import proteus.application.contract.ComposedChain;
import proteus.domain.network.Network;

/** A node in a process of its own that follows a served chain, is killed on its way, and started again. Not thread-safe. */
final class KilledNode {

    /** What a search for the first missing block may ask for twice: two logarithms of the longest chain. */
    private static final int SEARCHED = 20;

    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long BETWEEN_LOOKS_NANOS = 300_000;

    private final Network network;
    private final Path home;
    private final Path temp;
    private final RandomGenerator random;
    private final boolean told;
    private CheckedChain stored = CheckedChain.EMPTY;
    private int kills;
    private int keptBeside;
    private int given;
    private int givenAgain;

    /**
     * A node that never ran.
     *
     * @param told whether to print what each kill left
     */
    KilledNode(Network network, Path home, Path temp, RandomGenerator random, boolean told) {
        this.network = network;
        this.home = home;
        this.temp = temp;
        this.random = random;
        this.told = told;
    }

    /** A chain and the way to the node that serves it. */
    record Source(ComposedChain chain, BlockRelay relay) {}

    /** When to kill. */
    private record Moment(String name, BooleanSupplier isHere, long nanosLater) {}

    /** Lets it fetch the whole chain of {@code source}, with so many kills at most. */
    void follow(Source source, int most) throws Exception {
        int last = kills + most;
        while (!hasArrived(source) && kills < last) {
            killOnTheWay(source);
        }
        if (!hasArrived(source)) {
            finish(source);
        }
        assertThat(stored.tip()).contains(source.chain().tip().digest());
    }

    private boolean hasArrived(Source source) {
        return stored.height() >= source.chain().height();
    }

    private void killOnTheWay(Source source) throws Exception {
        source.relay().forget();
        long acknowledged = -1;
        String when;
        try (NodeProcess node = start(source)) {
            Moment moment = moment(node, source);
            when = "kill " + kills + ", " + moment.name() + ", of " + stored.height() + " stored";
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (!moment.isHere().getAsBoolean()) {
                acknowledged = Math.max(acknowledged, node.height().orElse(-1));
                requireGoingOn(node, deadline, when);
            }
            LockSupport.parkNanos(moment.nanosLater());
            acknowledged = Math.max(acknowledged, node.height().orElse(-1));
            node.kill();
        }
        kills++;
        look(source, acknowledged, when);
    }

    /** Without a kill: it comes to the tip, and ends when it is told. */
    private void finish(Source source) throws Exception {
        source.relay().forget();
        String when = "after " + kills + " kills";
        try (NodeProcess node = start(source)) {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (!isAtTip(node, source)) {
                requireGoingOn(node, deadline, when);
            }
            node.order();
            assertThat(node.exitCode()).as(node.output()).isZero();
        }
        look(source, source.chain().height(), when);
    }

    private static void requireGoingOn(NodeProcess node, long deadline, String when) {
        if (!node.isAlive() || System.nanoTime() - deadline > 0) {
            throw new AssertionError(when + " never came; the node says:\n" + node.output());
        }
        LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }

    private NodeProcess start(Source source) throws Exception {
        return NodeProcess.start(
                network,
                home,
                temp,
                "--legacy=dial",
                // With 10 it also syncs near the tip, where it else goes back from there, storing nothing until the
                // end.
                "--sync-mode-threshold=" + (random.nextBoolean() ? 100 : 10),
                NodeProcess.peer(source.relay().address()));
    }

    private Moment moment(NodeProcess node, Source source) {
        int kind = random.nextInt(stored.tip().isEmpty() ? 4 : 12);
        long fetched = stored.heightsOf(source.chain()).size();
        long missing = source.chain().height() + 1 - fetched;
        if (kind <= 1) {
            return afterTheStart(random.nextLong(3_000));
        }
        if (kind == 11) {
            return atTheTip(node, source);
        }
        if (kind > 3 && isOnBranchOf(source)) {
            // Shortly before and after the branch becomes longer than the own chain.
            long better = stored.height() + 1 - fetched;
            return afterBlocks(Math.max(0, better - 15 + random.nextLong(40)), node, source);
        }
        return afterBlocks(random.nextLong(missing), node, source);
    }

    /** Whether it has to leave blocks of its chain to follow the one of {@code source}. */
    private boolean isOnBranchOf(Source source) {
        return stored.tip()
                .filter(tip -> source.chain().blocks().stream()
                        .noneMatch(block -> block.digest().equals(tip)))
                .isPresent();
    }

    private static Moment afterTheStart(long millis) {
        return new Moment(millis + " ms after the start", () -> true, millis * 1_000_000);
    }

    private Moment atTheTip(NodeProcess node, Source source) {
        return new Moment("at the tip", () -> isAtTip(node, source), random.nextLong(200_000_000));
    }

    private Moment afterBlocks(long blocks, NodeProcess node, Source source) {
        return new Moment(
                blocks + " blocks after the start",
                () -> source.relay().given().size() > blocks || isAtTip(node, source),
                random.nextLong(50_000_000));
    }

    private static boolean isAtTip(NodeProcess node, Source source) {
        return node.height().orElse(-1) >= source.chain().height();
    }

    /** What it has now is sound, is all that it had said and more, and nothing was fetched that it had. */
    private void look(Source source, long acknowledged, String when) throws Exception {
        Set<Long> before = stored.heightsOf(source.chain());
        CheckedChain now = CheckedChain.in(home, network, source.chain().height(), when);
        List<Long> fetched = source.relay().given();
        long again = fetched.stream().filter(before::contains).count();
        if (told) {
            System.out.printf(
                    "%s: %d, said %d; given %d, %d of them stored before; %d of the chain stored, %d in all%n",
                    when,
                    now.height(),
                    acknowledged,
                    fetched.size(),
                    again,
                    now.heightsOf(source.chain()).size(),
                    now.blocks().size());
        }

        assertThat(now.height()).as(when).isGreaterThanOrEqualTo(Math.max(acknowledged, stored.height()));
        assertThat(now.blocks()).as(when).containsAll(stored.blocks());
        assertThat(again).as("%s: fetched again of %s", when, fetched).isLessThanOrEqualTo(SEARCHED);
        given += fetched.size();
        givenAgain += (int) again;
        keptBeside += now.tip().equals(stored.tip())
                        && now.blocks().size() > stored.blocks().size()
                ? 1
                : 0;
        stored = now;
    }

    /** How often it was killed. */
    int kills() {
        return kills;
    }

    /** One line of what was seen. */
    String summary() {
        return kills + " kills; " + given + " blocks fetched, " + givenAgain + " of them that were stored; "
                + keptBeside + " kills between blocks of a branch that was not the chain yet";
    }
}
