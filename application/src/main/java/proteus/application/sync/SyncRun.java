package proteus.application.sync;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import proteus.application.chain.BranchOutcome;
import proteus.application.chain.ChainState;
import proteus.application.port.StoreException;
import proteus.application.port.SyncStatus;
import proteus.application.port.TaskScheduler;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockRule;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.sync.BlockCoverage;

/**
 * One sync, from its anchor to its end.
 *
 * <p>Sessions bring what their peers say; a thread of its own hands the blocks to the chain, in order. Both change the
 * plan under one lock, in which nothing waits: orders go to mailboxes. Safe for use by many threads.
 */
final class SyncRun {

    /** How often it looks at what is due. */
    static final Duration TICK = Duration.ofMillis(250);

    /** Without peers for so long, it ends. */
    static final Duration PEERLESS = Duration.ofSeconds(10);

    /** Without anything useful from any peer for so long, it ends. Upstream waits for ever. */
    static final Duration STALL = Duration.ofMinutes(2);

    /** So long what is told of the blocks that can be given is not looked up again. */
    static final Duration BETWEEN_COVERAGES = Duration.ofSeconds(1);

    /** How often it says in the log how far it is. */
    static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

    /** So many blocks are handed to the chain at once. */
    static final int BATCH = 64;

    /** So many blocks that follow the anchor's tip are held at most. */
    static final int MOST_EXTENSIONS = 64;

    private static final System.Logger LOG = System.getLogger(SyncRun.class.getName());

    private final SyncAnchor anchor;
    private final ChainState chain;
    private final TaskScheduler scheduler;
    private final BiConsumer<SyncRun, SyncEnd> onEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final FetchPlan plan;
    private final Pace pace;
    private final Thread applier;
    /** The anchor's tip, and what was found on top of it since. */
    private final List<Champion> champions = new ArrayList<>();

    private volatile Optional<FetchedBlock> lastApplied = Optional.empty();
    private volatile Optional<Told> told = Optional.empty();
    private Instant reported;
    private Instant peopled;
    private Optional<SyncEnd> end = Optional.empty();

    private record Told(BlockCoverage coverage, Instant at) {}

    /**
     * A sync that has not begun.
     *
     * @param onEnd is told once how it ended, when no more blocks go to the chain; returns at once
     */
    SyncRun(
            SyncAnchor anchor,
            ChainState chain,
            long memory,
            TaskScheduler scheduler,
            BiConsumer<SyncRun, SyncEnd> onEnd) {
        this.anchor = anchor;
        this.chain = chain;
        this.scheduler = scheduler;
        this.onEnd = onEnd;
        champions.add(new Champion(anchor.tip(), anchor.digest()));
        Instant now = scheduler.instant();
        plan = new FetchPlan(
                chain.tip().header().height().value(),
                anchor.height().value(),
                memory,
                PeerLoad.REQUESTS_PER_MINUTE,
                now);
        pace = new Pace(now);
        reported = now;
        peopled = now;
        applier = Thread.ofVirtual().name("sync").unstarted(this::apply);
    }

    SyncAnchor anchor() {
        return anchor;
    }

    /** Begins with these peers, towards the chain that {@code guide} has shown. */
    void start(List<SyncPeer> peers, SyncPeer guide) {
        LOG.log(
                Level.INFO,
                "Syncing to block height {0} from {1}, {2} peers; the chain is that of {3}",
                anchor.height(),
                chain.tip().header().height(),
                peers.size(),
                guide);
        applier.start();
        change(() -> peers.forEach(peer -> plan.join(peer, peer.shown().value())));
        scheduler.schedule(TICK, this::tick);
    }

    /** A peer connected. */
    void join(SyncPeer peer, BlockHeight shown) {
        change(() -> plan.join(peer, shown.value()));
    }

    /** A peer is gone. */
    void leave(SyncPeer peer) {
        change(() -> plan.leave(peer));
    }

    /** A peer showed a block of this height. */
    void showed(SyncPeer peer, BlockHeight height) {
        change(() -> plan.showed(peer, height.value()));
    }

    /** A peer said what it has. */
    void covers(SyncPeer peer, BlockCoverage coverage) {
        change(() -> plan.covers(peer, coverage));
    }

    /** A peer cannot give what it was asked for. */
    void declined(SyncPeer peer) {
        change(() -> plan.declined(peer, scheduler.instant()));
    }

    /** A block came that was shown to be of the anchor's chain. */
    void arrived(FetchedBlock block) throws StoreException {
        // Only the search wants to know, so only then the store is read.
        boolean isStored = read(plan::searching)
                && chain.snapshot().header(block.block().digest()).isPresent();
        change(() -> plan.arrived(block, isStored, scheduler.instant()));
    }

    /** A block of the anchor's chain came that was found to be bad before. */
    void condemn(HashedBlock block) {
        end(new SyncEnd.BadChain(
                "block " + block.header().height() + " was found to be bad before", Optional.of(block.digest())));
    }

    Champion champion() {
        return read(champions::getLast);
    }

    /**
     * A block came whose header is good on top of the champion.
     *
     * @return whether it is the champion now
     */
    boolean extend(FetchedBlock block) {
        return read(() -> {
            boolean follows = block.block()
                    .header()
                    .prevBlockDigest()
                    .equals(champions.getLast().digest());
            boolean fits = champions.size() <= MOST_EXTENSIONS;
            if (end.isPresent() || !follows || !fits || !plan.extend(block)) {
                return false;
            }
            champions.add(new Champion(block.block().header(), block.block().digest()));
            changed.signalAll();
            return true;
        });
    }

    /** A fetched block that is not in the chain yet, and its path. */
    Optional<FetchedBlock> waitingAt(BlockHeight height) {
        return read(() -> plan.waitingAt(height.value()));
    }

    /** The path of this block among the anchor's, if it is the one that was applied last. */
    Optional<MmrMembershipProof> pathOf(Digest tip) {
        return lastApplied.filter(last -> last.block().digest().equals(tip)).flatMap(FetchedBlock::path);
    }

    /** Which blocks this node can give, or could a moment ago. */
    BlockCoverage coverage() {
        Instant now = scheduler.instant();
        Optional<Told> last = told;
        if (last.isPresent() && !isOver(last.get().at, BETWEEN_COVERAGES, now)) {
            return last.get().coverage;
        }
        long height = chain.tip().header().height().value();
        FetchPlan.Served served = read(() -> plan.served(height));
        // Not under the lock: it may be millions of bits.
        BlockCoverage coverage = served.coverage();
        told = Optional.of(new Told(coverage, now));
        return coverage;
    }

    /** The peer sent a block of a height that is not missing any more. */
    void gave(SyncPeer peer, BlockHeight height) {
        change(() -> plan.gave(peer, height.value()));
    }

    /** Whether a block of this height is still to come. */
    boolean isMissing(BlockHeight height) {
        return read(() -> plan.isMissing(height.value()));
    }

    SyncStatus.Syncing status() {
        Instant now = scheduler.instant();
        return read(() -> new SyncStatus.Syncing(
                plan.applied(),
                plan.target(),
                pace.perSecond(now),
                plan.serving(),
                pace.timeFor(plan.target() - plan.applied(), now)));
    }

    long waitingBytes() {
        return read(plan::waitingBytes);
    }

    /** Ends it because the node stops; waits until no more blocks go to the chain. */
    void stop() throws InterruptedException {
        end(new SyncEnd.Stopped());
        applier.interrupt();
        applier.join();
    }

    private void tick() {
        change(this::endIfInVain);
        if (read(() -> end.isEmpty())) {
            report();
            scheduler.schedule(TICK, this::tick);
        }
    }

    private void endIfInVain() {
        Instant now = scheduler.instant();
        boolean isFed = plan.isDone() || !plan.ready(1).isEmpty();
        if (plan.peers() > 0 || isFed) {
            peopled = now;
        }
        if (isOver(peopled, PEERLESS, now)) {
            end(new SyncEnd.Failed("no peers for " + PEERLESS.toSeconds() + " s"));
        } else if (isOver(plan.lastUseful(), STALL, now) && !isFed) {
            end(new SyncEnd.Failed(
                    "no peer gave anything useful for " + STALL.toSeconds() + " s; " + plan.peers() + " connected"));
        }
    }

    private static boolean isOver(Instant since, Duration time, Instant now) {
        return Duration.between(since, now).compareTo(time) > 0;
    }

    private void report() {
        Instant now = scheduler.instant();
        boolean due = read(() -> {
            boolean isDue = isOver(reported, BETWEEN_REPORTS, now);
            reported = isDue ? now : reported;
            return isDue;
        });
        if (due) {
            SyncStatus.Syncing at = status();
            LOG.log(
                    Level.INFO,
                    "Sync loop progress: {0}%: block {1} of {2}, {3} blocks/s, {4} peers{5}",
                    (int) (100 * at.fraction()),
                    Long.toString(at.height()),
                    Long.toString(at.target()),
                    Long.toString(Math.round(at.blocksPerSecond())),
                    at.peers(),
                    at.timeLeft()
                            .map(left -> ", about " + left.toSeconds() + " s left")
                            .orElse(""));
        }
    }

    /** Changes the plan, then does what it wants done. */
    private void change(Runnable change) {
        lock.lock();
        try {
            if (end.isPresent()) {
                return;
            }
            change.run();
            if (end.isEmpty()) {
                plan.due(scheduler.instant()).forEach(this::follow);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private void follow(Order order) {
        switch (order) {
            case Order.Ask(var peer, long height) ->
                peer.send(new PeerMessage.ValidatedBlockRequestByHeight(new BlockHeight(height), anchor.blocks()));
            case Order.Charge(var peer) -> peer.punish(new NegativePeerSanction.SynchronizationTimeout());
            case Order.AskForTip(var peer) -> peer.send(new PeerMessage.BlockNotificationRequest());
        }
    }

    /** No more is asked for or taken. The applier tells that it is over: what it has in hand goes to the chain first. */
    private void end(SyncEnd how) {
        lock.lock();
        try {
            if (end.isEmpty()) {
                end = Optional.of(how);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void apply() {
        applyAll();
        onEnd.accept(this, read(() -> end).orElseThrow());
    }

    private void applyAll() {
        try {
            for (List<FetchedBlock> run = awaitReady(); !run.isEmpty(); run = awaitReady()) {
                apply(run);
            }
        } catch (StoreException failure) {
            end(new SyncEnd.StoreFailed(failure));
        } catch (InterruptedException stopped) {
            end(new SyncEnd.Stopped());
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.ERROR, "the sync failed", defect);
            end(new SyncEnd.Failed("a defect in this program"));
        }
    }

    /** The next blocks to apply; none if the sync is over. */
    private List<FetchedBlock> awaitReady() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (end.isEmpty()) {
                if (plan.isDone()) {
                    end(new SyncEnd.Finished(plan.target()));
                    return List.of();
                }
                List<FetchedBlock> ready = plan.ready(BATCH);
                if (!ready.isEmpty()) {
                    return ready;
                }
                changed.await();
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private void apply(List<FetchedBlock> run) throws StoreException, InterruptedException {
        if (!standOnEachOther(run)) {
            end(new SyncEnd.BadChain(
                    "its blocks do not stand on each other at height "
                            + run.getFirst().height(),
                    Optional.empty()));
            return;
        }
        List<HashedBlock> blocks = run.stream().map(FetchedBlock::block).toList();
        BranchOutcome outcome = chain.submitHashed(blocks, ChainState.Losers.KEEP);
        switch (outcome) {
            case BranchOutcome.Adopted _, BranchOutcome.Kept _, BranchOutcome.Known _, BranchOutcome.NotBetter _ ->
                applied(run);
            case BranchOutcome.Invalid(var digest, var rule) -> invalid(find(run, digest), rule);
            case BranchOutcome.NotVerified(var digest, var _) ->
                end(new SyncEnd.NotVerified(find(run, digest).height(), digest));
            case BranchOutcome.UnknownParent(var parent) ->
                end(new SyncEnd.BadChain(
                        "the parent " + parent + " of block " + run.getFirst().height() + " is not of it",
                        Optional.empty()));
        }
    }

    private boolean standOnEachOther(List<FetchedBlock> run) {
        Optional<Digest> parent = lastApplied.map(last -> last.block().digest());
        for (FetchedBlock block : run) {
            Digest named = block.block().header().prevBlockDigest();
            if (parent.filter(digest -> !digest.equals(named)).isPresent()) {
                return false;
            }
            parent = Optional.of(block.block().digest());
        }
        return true;
    }

    private static FetchedBlock find(List<FetchedBlock> run, Digest digest) {
        return run.stream()
                .filter(block -> block.block().digest().equals(digest))
                .findAny()
                .orElseThrow();
    }

    private void applied(List<FetchedBlock> run) {
        FetchedBlock last = run.getLast();
        lastApplied = Optional.of(last);
        change(() -> {
            Instant now = scheduler.instant();
            plan.applied(last.height(), now);
            pace.applied(run.size(), now);
        });
    }

    /** The hash covers the whole block, its proof too: what is wrong with a block of the anchor's chain is the chain's fault. */
    private void invalid(FetchedBlock bad, BlockRule rule) {
        String what = "block " + bad.height() + " breaks " + rule.numberAndName();
        if (bad.path().isPresent()) {
            end(
                    rule == BlockRule.FUTURE_DATING
                            ? new SyncEnd.Failed(what)
                            : new SyncEnd.BadChain(what, Optional.of(bad.block().digest())));
            return;
        }
        bad.from()
                .punish(new NegativePeerSanction.InvalidBlock(
                        bad.block().header().height(), bad.block().digest()));
        change(() -> {
            plan.cut(bad.height());
            champions.removeIf(champion -> champion.height().value() >= bad.height());
        });
    }
}
