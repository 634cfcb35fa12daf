package proteus.application.sync;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.chain.ChainState;
import proteus.application.port.Randomness;
import proteus.application.port.StoreException;
import proteus.application.port.SyncStatus;
import proteus.application.port.TaskScheduler;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.ProofOfWork;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.sync.BlockCoverage;
import proteus.domain.sync.ChallengeHeights;

/**
 * How a node catches up with a chain that is far better than its own: the sync that goes on, if one does, and what is
 * known of how far this node is behind.
 *
 * <p>Sessions bring what their peers say. Nothing here waits, but {@link #arrived} during the search for the first block,
 * which reads the store, and {@link #close}. Safe for use by many threads.
 *
 * <p>Source: behaviour of neptune-cash 0.19.4, {@code main_loop.rs} and {@code sync_loop.rs}; protocol page "behaviour",
 * section 5.
 */
public final class Synchronisation implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Synchronisation.class.getName());

    /** So long after a sync what was asked for in it may still come. */
    static final Duration AFTERMATH = Duration.ofSeconds(15);

    private final SyncSettings settings;
    private final ChainState chain;
    private final TaskScheduler scheduler;
    private final Randomness randomness;
    private final Set<SyncPeer> peers = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable SyncRun> current = new AtomicReference<>();
    private final ChallengeTurns turns;
    private final AtomicBoolean toldOfUnverifiable = new AtomicBoolean();
    private final BadBlocks badBlocks = new BadBlocks();
    private final List<Consumer<StoreException>> chainFailures = new CopyOnWriteArrayList<>();
    private volatile Optional<Ended> last = Optional.empty();
    private volatile boolean isSynced;
    private volatile boolean closed;

    /** A sync that is over: of what chain it was, and until when blocks of it may still come. */
    private record Ended(MmrAccumulator blocks, Instant until) {}

    /**
     * No sync yet.
     *
     * @param chain to catch up with others
     * @param randomness draws what peers have to show
     */
    public Synchronisation(SyncSettings settings, ChainState chain, TaskScheduler scheduler, Randomness randomness) {
        this.settings = settings;
        this.chain = chain;
        this.scheduler = scheduler;
        this.randomness = randomness;
        turns = new ChallengeTurns(scheduler, this::askForTips);
        // What is adopted while no sync goes on came as the newest block of a peer, or from here.
        chain.addListener(_ -> isSynced = isSynced || !active());
    }

    /** How this node catches up. */
    public SyncSettings settings() {
        return settings;
    }

    /** From now on {@code listener} is told when the chain cannot be read or written any more. */
    public void onChainFailure(Consumer<StoreException> listener) {
        chainFailures.add(listener);
    }

    private Optional<SyncRun> run() {
        return Optional.ofNullable(current.get());
    }

    /** Whether a sync goes on, which is when there is a sync anchor. */
    public boolean active() {
        return current.get() != null;
    }

    /** How far this node is behind the network. */
    public SyncStatus status() {
        Optional<SyncRun> run = run();
        if (run.isPresent()) {
            return run.get().status();
        }
        if (isSynced) {
            return new SyncStatus.Synced();
        }
        int open = turns.open();
        return open > 0 ? new SyncStatus.Challenging(open) : new SyncStatus.Unknown();
    }

    /** A peer announced a tip that is not better than this node's. */
    public void announcedNoBetter(BlockHeight announced, BlockHeight own) {
        if (announced.equals(own)) {
            isSynced = true;
        }
    }

    /** At which heights a peer has to show the chain that it claims; the claimed one is far above the own. */
    public List<BlockHeight> challengeHeights(BlockHeight own, BlockHeight claimed) {
        return ChallengeHeights.draw(own, claimed, randomness::nextLong);
    }

    /**
     * Whether a peer with this address may be challenged to show its chain now. If others have to be waited for, it is asked
     * for its tip again.
     */
    public boolean mayChallenge(IpAddress who) {
        return turns.isFree(who);
    }

    /**
     * A peer is to be challenged.
     *
     * @return its turn, which ends with {@link #challengePassed} or {@link #challengeFailed}; empty if it may not be
     */
    public Optional<ChallengeTurn> challenged(IpAddress who) {
        Optional<ChallengeTurn> turn = turns.take(who);
        isSynced = isSynced && turn.isEmpty();
        return turn;
    }

    /** A challenge was passed, and {@link #begin} told of it if it is to lead to a sync. */
    public void challengePassed(ChallengeTurn turn) {
        turns.passed(turn, active());
    }

    /** A challenge was not passed, or nobody waits for its answer any more. */
    public void challengeFailed(ChallengeTurn turn) {
        turns.failed(turn);
    }

    /** Whether a tip with this work and height is so far above this node's that its chain is to be fetched in a sync. */
    public boolean isFarBetter(ProofOfWork work, BlockHeight height) {
        BlockHeader own = chain.tip().header();
        return work.compareTo(own.cumulativeProofOfWork()) > 0
                && height.compareTo(own.height()) > 0
                && Long.compareUnsigned(height.value() - own.height().value(), settings.threshold()) > 0;
    }

    /** Whether this block, or tip, was found to be of no chain to follow. */
    public boolean isBad(Digest block) {
        return badBlocks.contains(block);
    }

    /** A block was met whose proof this node has no means to verify: an operator is told, once. */
    public void cannotVerify(BlockHeight height) {
        if (toldOfUnverifiable.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "This node cannot verify the proof of block {0}, so it follows no chain with that block.",
                    height);
        }
    }

    /** A peer connected; until it has {@link #left} it may be asked for blocks. */
    public void joined(SyncPeer peer) {
        peers.add(peer);
        run().ifPresent(run -> run.join(peer, peer.shown()));
    }

    /** A peer is gone. */
    public void left(SyncPeer peer) {
        peers.remove(peer);
        run().ifPresent(run -> run.leave(peer));
    }

    /** A connected peer showed a block of this height. */
    public void showed(SyncPeer peer, BlockHeight height) {
        run().ifPresent(run -> run.showed(peer, height));
    }

    /**
     * A peer has shown the chain of this anchor. Begins a sync towards it with all peers, unless one goes on, the own chain
     * has come close by now, or the anchor's turned out to be bad before.
     */
    public void begin(SyncAnchor anchor, SyncPeer peer) {
        if (closed || isBad(anchor.digest()) || !isFarBetter(anchor.tip().cumulativeProofOfWork(), anchor.height())) {
            return;
        }
        SyncRun run = new SyncRun(anchor, chain, settings.memory(), scheduler, this::ended);
        if (!current.compareAndSet(null, run)) {
            return;
        }
        List<SyncPeer> connected = List.copyOf(peers);
        run.start(connected, peer);
        run.showed(peer, anchor.height());
        connected.stream().filter(other -> !peers.contains(other)).forEach(run::leave);
        if (closed) {
            close();
        }
    }

    /** What the blocks of the sync are shown to be of; empty if none goes on. */
    public Optional<MmrAccumulator> anchor() {
        return run().map(run -> run.anchor().blocks());
    }

    /** The last block of the chain that is fetched; empty if no sync goes on. */
    public Optional<Champion> champion() {
        return run().map(SyncRun::champion);
    }

    /**
     * A peer sent a block that says of itself that it has this height. Cheap: the caller need not look at it any further if
     * there is nothing to get from it.
     *
     * @return whether a block of this height is still to come
     */
    public boolean isMissing(SyncPeer peer, BlockHeight height) {
        Optional<SyncRun> run = run();
        boolean isMissing = run.isPresent() && run.get().isMissing(height);
        if (!isMissing) {
            run.ifPresent(active -> active.gave(peer, height));
        }
        return isMissing;
    }

    /** Whether this block is of the chain of a sync that ended a moment ago, and so may have been asked for. */
    public boolean wasOfLastAnchor(HashedBlock block, MmrMembershipProof path) {
        return last.filter(ended -> scheduler.instant().isBefore(ended.until()))
                .filter(ended -> ended.blocks().contains(block.header().height().value(), block.digest(), path))
                .isPresent();
    }

    /**
     * A peer sent a block.
     *
     * @param path shows that it is of the {@link #anchor}'s chain; the caller has checked it
     * @throws StoreException if the store had to be looked into and cannot be read
     */
    public void arrived(SyncPeer peer, HashedBlock block, MmrMembershipProof path) throws StoreException {
        Optional<SyncRun> run = run();
        if (run.isPresent() && isBad(block.digest())) {
            run.get().condemn(block);
        } else if (run.isPresent()) {
            run.get().arrived(new FetchedBlock(block, Optional.of(path), peer));
        }
    }

    /**
     * A peer sent a block that follows the {@link #champion}; the caller has checked its header.
     *
     * @return whether it is the champion now; if not, it came too late, or is one too many to hold
     */
    public boolean extended(SyncPeer peer, HashedBlock block) {
        Optional<SyncRun> run = run();
        return run.isPresent() && run.get().extend(new FetchedBlock(block, Optional.empty(), peer));
    }

    /** A peer said which blocks it has. */
    public void covers(SyncPeer peer, BlockCoverage coverage) {
        run().ifPresent(run -> run.covers(peer, coverage));
    }

    /** A peer cannot give what it was asked for. */
    public void declined(SyncPeer peer) {
        run().ifPresent(run -> run.declined(peer));
    }

    /** What a peer that asks for a block above the own chain is answered with; empty if no sync goes on. */
    public Optional<Held> held(BlockHeight height) {
        return run().map(run -> run.waitingAt(height)
                .<Held>map(block -> new Held.Here(block.block(), block.path()))
                .orElseGet(() -> new Held.Missing(run.coverage())));
    }

    /** The path of the own tip among the {@link #anchor}'s blocks; empty if it is not known, or none of them. */
    public Optional<MmrMembershipProof> pathOf(Digest tip) {
        return run().flatMap(run -> run.pathOf(tip));
    }

    /** What a sync has of a block above the own chain. */
    public sealed interface Held {

        /**
         * It waits for those before it.
         *
         * @param path relative to the {@link #anchor}; empty if the block is above that
         */
        record Here(HashedBlock block, Optional<MmrMembershipProof> path) implements Held {}

        /**
         * It is not here.
         *
         * @param coverage what is
         */
        record Missing(BlockCoverage coverage) implements Held {}
    }

    /** What the blocks that wait take of memory, in bytes. */
    public long waitingBytes() {
        return run().map(SyncRun::waitingBytes).orElse(0L);
    }

    private void ended(SyncRun run, SyncEnd how) {
        last = Optional.of(new Ended(run.anchor().blocks(), scheduler.instant().plus(AFTERMATH)));
        if (!current.compareAndSet(run, null)) {
            return;
        }
        switch (how) {
            case SyncEnd.Finished(long height) -> {
                isSynced = true;
                turns.syncFinished();
                LOG.log(Level.INFO, "Finished syncing to block height {0}.", Long.toString(height));
                // What was found meanwhile and did not fit nobody announces again.
                askForTips();
            }
            case SyncEnd.Failed(var reason) -> failed(run, reason);
            case SyncEnd.BadChain(var reason, var block) -> {
                badBlocks.add(run.anchor().digest());
                block.ifPresent(badBlocks::add);
                failed(run, reason + "; this chain will not be followed again");
            }
            case SyncEnd.NotVerified(long height, var block) -> {
                badBlocks.add(run.anchor().digest());
                badBlocks.add(block);
                cannotVerify(new BlockHeight(height));
                failed(run, "the proof of block " + height + " cannot be verified here");
            }
            case SyncEnd.StoreFailed(var failure) -> {
                isSynced = false;
                chainFailures.forEach(listener -> listener.accept(failure));
            }
            case SyncEnd.Stopped() ->
                LOG.log(Level.INFO, "Syncing was stopped; it goes on from there after the start.");
        }
    }

    private void failed(SyncRun run, String reason) {
        isSynced = false;
        turns.syncFailed();
        LOG.log(
                Level.WARNING,
                "Syncing to block height {0} ended at {1}: {2}. All peers are asked for their tips.",
                run.anchor().height(),
                chain.tip().header().height(),
                reason);
        askForTips();
    }

    private void askForTips() {
        if (!closed) {
            peers.forEach(peer -> peer.send(new PeerMessage.BlockNotificationRequest()));
        }
    }

    /** Ends the sync that goes on, and begins none any more. Waits until no more blocks go to the chain. */
    @Override
    public void close() {
        closed = true;
        Optional<SyncRun> run = run();
        if (run.isEmpty()) {
            return;
        }
        try {
            run.get().stop();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
