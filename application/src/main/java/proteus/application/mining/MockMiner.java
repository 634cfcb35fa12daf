package proteus.application.mining;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import proteus.application.chain.ChainSnapshot;
import proteus.application.port.MiningControl.MinerActivity;
import proteus.application.port.TaskScheduler;
import proteus.domain.block.Block;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.network.Network;
import proteus.domain.transaction.Timestamp;

/**
 * The miner of networks with mock proofs, where composing costs nothing.
 *
 * <p>One thread decides: whenever something was told, found or due it looks at how things are, and does what follows from
 * that alone, so that nothing is lost if two things come at once. Source: rules of neptune-cash 0.19.4, {@code
 * mine_loop.rs}; protocol page "behaviour", section 7.2.
 */
public final class MockMiner implements Miner {

    /** Guessing begins anew after so long, with the time and the difficulty of then. */
    static final Duration REFRESH = Duration.ofSeconds(30);

    /** So often it looks whether a sync is over. */
    static final Duration LOOK = Duration.ofSeconds(5);

    static final Duration DELAY_ON_REGTEST = Duration.ofSeconds(1);
    static final Duration DELAY = Duration.ofSeconds(60);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(MockMiner.class.getName());

    private final MiningSettings settings;
    private final Duration delay;
    private final MinerNode node;
    private final MockBlocks blocks;
    private final GuessingThreads threads;
    private final TaskScheduler scheduler;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("miner").daemon().unstarted(this::runUntilClosed);

    private volatile boolean begun;
    private volatile boolean paused;
    private volatile int waits;
    private volatile boolean closed;
    private volatile MinerActivity activity = MinerActivity.INACTIVE;
    private @Nullable Guess guess;
    /** For the miner's thread. */
    private TaskScheduler.Timeout due = () -> {};

    /**
     * A miner that does nothing yet.
     *
     * @param threads guess for it; closed with it, by who made both
     */
    MockMiner(
            Network network,
            MiningSettings settings,
            MinerNode node,
            MockBlocks blocks,
            GuessingThreads threads,
            TaskScheduler scheduler) {
        this.settings = settings;
        this.delay = network instanceof Network.RegTest ? DELAY_ON_REGTEST : DELAY;
        this.node = node;
        this.blocks = blocks;
        this.threads = threads;
        this.scheduler = scheduler;
    }

    /** What is being guessed on, since when. For the miner's thread. */
    private record Guess(Proposal proposal, GuessingThreads.Search search, Instant since) {}

    @Override
    public void start() {
        thread.start();
        TaskScheduler.Timeout _ = scheduler.schedule(delay, () -> {
            begun = true;
            look();
        });
    }

    @Override
    public void tell(MinerOrder order) {
        switch (order) {
            case MinerOrder.NewTip(), MinerOrder.NewProposal _ -> {}
            case MinerOrder.Pause() -> paused = true;
            case MinerOrder.Resume() -> paused = false;
            case MinerOrder.Wait() -> wait(1);
            case MinerOrder.Continue() -> wait(-1);
        }
        look();
    }

    private synchronized void wait(int one) {
        waits += one;
    }

    private void look() {
        changes.release();
    }

    @Override
    public MinerActivity activity() {
        return activity;
    }

    private void runUntilClosed() {
        try {
            while (!closed) {
                changes.acquire();
                int _ = changes.drainPermits();
                step();
            }
        } catch (InterruptedException closing) {
            LOG.log(Level.DEBUG, "the miner ends");
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.ERROR, "the miner failed; this node mines no more", defect);
        } finally {
            stopGuessing();
        }
    }

    private void step() throws InterruptedException {
        takeSolution();
        if (!begun || paused || waits > 0) {
            stopGuessing();
            return;
        }
        if (node.syncing()) {
            stopGuessing();
            lookIn(LOOK);
            return;
        }
        Timestamp now = new Timestamp(scheduler.millis());
        Optional<Proposal> worth =
                node.proposal().filter(settings::isWorthGuessing).filter(proposal -> !proposal.hasRetired(now));
        if (settings.guesses() && worth.isPresent()) {
            guessOn(worth.get());
            return;
        }
        stopGuessing();
        if (settings.composes() && !holdsOwn()) {
            compose();
        }
    }

    private void takeSolution() throws InterruptedException {
        Optional<Block> solution = Optional.ofNullable(guess).flatMap(current -> current.search.solution());
        if (solution.isPresent()) {
            stopGuessing();
            boolean _ = node.take(new MinerReport.Solved(solution.get()));
        }
    }

    private boolean holdsOwn() {
        return node.proposal()
                .filter(proposal -> proposal.origin() == Proposal.Origin.OWN)
                .isPresent();
    }

    private void guessOn(Proposal proposal) {
        Guess current = guess;
        Instant now = scheduler.instant();
        if (current != null && current.proposal.equals(proposal)) {
            Duration left = REFRESH.minus(Duration.between(current.since, now));
            if (left.isPositive()) {
                lookIn(left);
                return;
            }
        }
        stopGuessing();
        ParentBlock parent = node.chain().tipBlock();
        if (!proposal.parent().equals(parent.digest())) {
            // Another tip came since the proposal was looked at, and will be told.
            return;
        }
        Block block = blocks.guessable(parent, proposal.block());
        guess = new Guess(proposal, threads.search(block, _ -> look()), now);
        activity = MinerActivity.GUESSING;
        lookIn(REFRESH);
    }

    private void stopGuessing() {
        if (guess != null) {
            guess.search.stop();
            guess = null;
        }
        activity = MinerActivity.INACTIVE;
    }

    private void compose() throws InterruptedException {
        activity = MinerActivity.COMPOSING;
        ChainSnapshot chain = node.chain();
        boolean taken = node.take(new MinerReport.Composed(blocks.next(chain)));
        activity = MinerActivity.INACTIVE;
        if (taken) {
            look();
        } else {
            lookIn(LOOK);
        }
    }

    /** One look is due at most: the next one replaces it. */
    private void lookIn(Duration when) {
        due.cancel();
        due = scheduler.schedule(when, this::look);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            boolean _ = thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
