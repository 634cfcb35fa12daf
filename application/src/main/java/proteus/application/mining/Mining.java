package proteus.application.mining;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import proteus.application.chain.BranchOutcome;
import proteus.application.chain.ChainSnapshot;
import proteus.application.chain.ChainState;
import proteus.application.port.MiningControl;
import proteus.application.port.MiningControl.CannotMineException.Reason;
import proteus.application.port.Randomness;
import proteus.application.port.StoreException;
import proteus.application.port.TaskScheduler;
import proteus.application.sync.Synchronisation;
import proteus.domain.block.Block;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;

/**
 * What a node has to do with mining: it looks after the miner, if there is one, takes what it makes, and makes blocks by
 * order. Safe for use by many threads.
 *
 * <p>Source: behaviour of neptune-cash 0.19.4, {@code main_loop.rs} and {@code regtest_impl.rs}; protocol page "behaviour",
 * sections 7.3 and 7.4.
 */
public final class Mining implements MiningControl, MinerNode, AutoCloseable {

    /** So long an ordered block may take to be on the chain. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final System.Logger LOG = System.getLogger(Mining.class.getName());

    private final Network network;
    private final MiningSettings settings;
    private final ChainState chain;
    private final Synchronisation sync;
    private final Proposals proposals;
    private final TaskScheduler scheduler;
    private final GuessingThreads threads;
    private final Optional<MockBlocks> blocks;
    private final Optional<Miner> miner;
    private final List<Consumer<Proposal>> announcers = new CopyOnWriteArrayList<>();
    private final List<Consumer<StoreException>> chainFailures = new CopyOnWriteArrayList<>();
    private final ReentrantLock ordered = new ReentrantLock(true);

    /**
     * Nothing is mined yet.
     *
     * @param scheduler the node's clock, which says what time a block has
     * @param randomness where guesses begin
     * @throws IllegalArgumentException if the node is to mine on a network that needs real proofs
     */
    public Mining(
            Network network,
            MiningSettings settings,
            ChainState chain,
            Synchronisation sync,
            Proposals proposals,
            TaskScheduler scheduler,
            Randomness randomness) {
        this.network = network;
        this.settings = settings;
        this.chain = chain;
        this.sync = sync;
        this.proposals = proposals;
        this.scheduler = scheduler;
        boolean mock = NetworkParameters.of(network).usesMockProofs();
        if (settings.mines() && !mock) {
            throw new IllegalArgumentException("this node makes no proofs, and " + network.id() + " needs them");
        }
        threads = new GuessingThreads(settings.guesserThreads(), randomness);
        blocks = mock ? Optional.of(new MockBlocks(network, settings.receiver(), scheduler)) : Optional.empty();
        miner = settings.mines() ? blocks.map(this::miner) : Optional.empty();
    }

    private Miner miner(MockBlocks made) {
        return new MockMiner(network, settings, this, made, threads, scheduler);
    }

    /** Begins to mine if it was asked for. Called once. */
    public void start() {
        if (miner.isEmpty()) {
            return;
        }
        if (settings.receiver().equals(MiningSettings.NOBODY)) {
            LOG.log(Level.WARNING, "Rewards of mining are lost: no --guesser-receiver says who gets them.");
        }
        chain.addListener(_ -> tell(new MinerOrder.NewTip()));
        proposals.addListener(proposal -> tell(new MinerOrder.NewProposal(proposal)));
        miner.get().start();
        LOG.log(
                Level.INFO,
                "Mining: {0}{1}",
                settings.composes() ? "composes" : "does not compose",
                settings.guesses() ? ", guesses with " + settings.guesserThreads() + " threads" : ", does not guess");
    }

    private void tell(MinerOrder order) {
        miner.ifPresent(there -> there.tell(order));
    }

    /** From now on {@code announcer} gets each proposal that peers are to be told of once more. */
    public void onAnnouncement(Consumer<Proposal> announcer) {
        announcers.add(announcer);
    }

    /** From now on {@code listener} is told when the chain cannot be read or written any more. */
    public void onChainFailure(Consumer<StoreException> listener) {
        chainFailures.add(listener);
    }

    /** The proposal that the node holds. */
    public Proposals proposals() {
        return proposals;
    }

    @Override
    public ChainSnapshot chain() {
        return chain.snapshot();
    }

    @Override
    public Optional<Proposal> proposal() {
        return proposals.held();
    }

    @Override
    public boolean syncing() {
        return sync.active();
    }

    @Override
    public boolean take(MinerReport report) throws InterruptedException {
        return switch (report) {
            case MinerReport.Composed(var block) -> takeComposed(block);
            case MinerReport.Solved(var block) -> takeSolved(block);
        };
    }

    private boolean takeComposed(Block block) throws InterruptedException {
        HashedBlock hashed = chain.hashed(block);
        Optional<BlockVerdict> verdict = proposals.judge(hashed);
        if (!verdict.equals(Optional.of(new BlockVerdict.Valid()))) {
            verdict.ifPresent(bad -> LOG.log(Level.ERROR, "the miner made a proposal that is not valid: {0}", bad));
            return false;
        }
        return proposals.offer(new Proposal(hashed, Proposal.Origin.OWN));
    }

    private boolean takeSolved(Block block) throws InterruptedException {
        try {
            return adopted(block);
        } catch (StoreException failure) {
            chainFailures.forEach(listener -> listener.accept(failure));
            return false;
        }
    }

    private boolean adopted(Block block) throws StoreException, InterruptedException {
        BranchOutcome outcome = chain.submit(List.of(block), ChainState.Losers.FORGET);
        return switch (outcome) {
            case BranchOutcome.Adopted(var change) -> {
                LOG.log(
                        Level.INFO,
                        "Locally-mined block is new tip: {0}",
                        change.chain().tip().digest().toHex());
                yield true;
            }
            case BranchOutcome.Kept(), BranchOutcome.NotBetter(), BranchOutcome.Known() -> {
                LOG.log(Level.INFO, "A block was found, but others were faster.");
                yield false;
            }
            case BranchOutcome.Invalid _, BranchOutcome.NotVerified _, BranchOutcome.UnknownParent _ -> {
                LOG.log(Level.WARNING, "a block was found that is not valid; its proposal is dropped: {0}", outcome);
                proposals.forget();
                yield false;
            }
        };
    }

    @Override
    public void mine(long count) throws CannotMineException, InterruptedException {
        if (count < 0 || count > MOST_BLOCKS) {
            throw new CannotMineException(
                    Reason.TOO_MANY, "from 0 to " + MOST_BLOCKS + " blocks can be ordered at once, not " + count);
        }
        for (long made = 0; made < count; made++) {
            MinedBlock _ = mine();
        }
    }

    @Override
    public MinedBlock mine() throws CannotMineException, InterruptedException {
        MockBlocks made = blocks.orElseThrow(() -> new CannotMineException(
                Reason.REAL_PROOFS, "this node makes no proofs, and the blocks of " + network.id() + " need them"));
        ordered.lockInterruptibly();
        tell(new MinerOrder.Wait());
        try {
            return mine(made);
        } finally {
            tell(new MinerOrder.Continue());
            ordered.unlock();
        }
    }

    /** Again and again if another block comes first, since that is no fault of this one. */
    private MinedBlock mine(MockBlocks made) throws CannotMineException, InterruptedException {
        Instant began = scheduler.instant();
        for (Duration left = PATIENCE; left.isPositive(); left = PATIENCE.minus(since(began))) {
            if (sync.active()) {
                throw new CannotMineException(
                        Reason.SYNCING, "this node catches up with the network, so its tip is not one to mine on");
            }
            Optional<Block> solved = threads.solve(made.next(chain.snapshot()), left);
            if (solved.isPresent() && takeOrdered(solved.get())) {
                HashedBlock block = HashedBlock.of(solved.get());
                LOG.log(
                        Level.INFO,
                        "Mined RegTest block of height {0}",
                        block.header().height());
                return new MinedBlock(block.header().height(), block.digest());
            }
        }
        throw new CannotMineException(
                Reason.FAILED, "block not in blockchain after " + PATIENCE.toSeconds() + " seconds");
    }

    private Duration since(Instant began) {
        return Duration.between(began, scheduler.instant());
    }

    private boolean takeOrdered(Block block) throws CannotMineException, InterruptedException {
        try {
            return adopted(block);
        } catch (StoreException failure) {
            chainFailures.forEach(listener -> listener.accept(failure));
            throw new CannotMineException(Reason.FAILED, String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public void pause() {
        if (miner.isEmpty()) {
            LOG.log(Level.INFO, "Cannot pause miner since it was never started");
            return;
        }
        tell(new MinerOrder.Pause());
        LOG.log(Level.INFO, "Miner paused.");
    }

    @Override
    public void resume() {
        if (miner.isEmpty()) {
            LOG.log(Level.INFO, "Cannot restart miner since it was never started");
            return;
        }
        tell(new MinerOrder.Resume());
        LOG.log(Level.INFO, "Miner restarted.");
    }

    @Override
    public Optional<Block> heldProposal() {
        return proposals.held().map(Proposal::block);
    }

    @Override
    public boolean announceProposal() {
        Optional<Proposal> held = proposals.held();
        held.ifPresent(proposal -> announcers.forEach(announcer -> announcer.accept(proposal)));
        return held.isPresent();
    }

    @Override
    public MinerActivity activity() {
        return miner.map(Miner::activity).orElse(MinerActivity.INACTIVE);
    }

    /** Stops mining, and waits a little until nothing of it runs. */
    @Override
    public void close() {
        miner.ifPresent(Miner::close);
        threads.close();
    }
}
